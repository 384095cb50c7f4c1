"""One number as it was known at each date."""
