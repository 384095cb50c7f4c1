"""What can be asked for: build, why, diff, accept, check, list, preview."""
