"""What was run and made before, and whether it still holds."""
