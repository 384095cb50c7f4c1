"""Two editions, number by number, and why they differ."""
