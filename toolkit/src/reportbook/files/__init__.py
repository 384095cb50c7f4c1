"""Files as they lie on disk: notebooks, YAML with its lines, exchange, lock."""
