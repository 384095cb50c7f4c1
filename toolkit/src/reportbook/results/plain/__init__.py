"""What people have, as records of the book: plain numbers, data frames, drawn figures."""
