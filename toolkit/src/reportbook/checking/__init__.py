"""What is asked of a report before and after it is built."""
