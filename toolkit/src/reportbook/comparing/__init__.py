"""Two editions compared number by number, with the causes of each change."""
