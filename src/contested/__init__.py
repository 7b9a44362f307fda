"""Credible intervals from disputed figures."""

from contested._version import __version__

__all__ = ["__version__"]
