"""Tables that producers publish, as they were on a day: read from files, kept, and recorded."""
