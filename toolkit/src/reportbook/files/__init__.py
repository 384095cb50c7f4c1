"""Reading and writing files: notebooks, YAML with line numbers, swapping folders, a lock."""
