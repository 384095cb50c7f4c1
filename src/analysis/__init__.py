"""What the numbers mean: pure functions on published figures, no Jupyter, no network."""
