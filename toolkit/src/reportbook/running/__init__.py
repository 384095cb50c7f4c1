"""Notebooks: tasks, execution, and the watch over what a run reads."""
