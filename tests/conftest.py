"""Settings of all tests."""

from hypothesis import settings

# The first example of a test pays for lazy imports, and shared machines stall: time is no sign of a defect.
settings.register_profile("contested", deadline=None)
settings.load_profile("contested")
