"""How many dollars of investment came with each dollar of grant money."""
