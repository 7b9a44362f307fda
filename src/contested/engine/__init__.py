"""Worlds and strata: drawn once, weighed as often as anybody asks."""
