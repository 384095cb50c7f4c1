"""The published site: editions put in place, the front page, and what was published before."""
