"""One statement as one distribution."""
