"""Maps: the outlines of countries and what is drawn on them."""
