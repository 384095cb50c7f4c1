"""What was run before, kept on disk, and whether a run now would give the same."""
