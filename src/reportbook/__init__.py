"""How a report is run and published: notebooks, editions, one book."""

from reportbook.publish import publish

__all__ = ["publish"]
