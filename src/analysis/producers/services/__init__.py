"""What to ask the public services of producers, page by page, and how to tell that all came."""
