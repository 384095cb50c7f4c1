"""What begins a report, and each further part of one, as the smallest right file."""
