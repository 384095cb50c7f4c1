"""One edition's book: its staged source, and a writer for each format."""
