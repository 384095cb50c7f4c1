"""A number with its range: estimate, expression, phrasing, tables."""
