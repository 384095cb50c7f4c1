"""How a report is run and published: notebooks, editions, one book."""

from reportbook.results.publishing import publish

__all__ = ["publish"]
