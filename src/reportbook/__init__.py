"""How a report is run and published: notebooks, editions, one book."""
