"""Checks of a report before it is built, and of its pages afterwards."""
