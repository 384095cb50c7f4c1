"""How many people left, where they live, how fast that grows."""
