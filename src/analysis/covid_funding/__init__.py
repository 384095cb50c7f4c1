"""What COVID-19 appeals asked, what they got, and from whom."""
