"""What a user asks."""
