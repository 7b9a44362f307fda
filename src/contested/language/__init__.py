"""What a user writes, read once into values that cannot be wrong."""
