"""What sources derive from their own figures, recomputed."""
