"""Warm execution: one process that has imported the third-party stack forks a clean child a run."""
