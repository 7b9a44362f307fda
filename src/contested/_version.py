"""The one place where the version is written (read by the build; importlib.metadata would cost 50 ms)."""

__version__ = "0.1.0"
