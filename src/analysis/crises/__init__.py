"""The largest displacements beside each other."""
