"""The steps of a build, in the order in which they are taken: check, run, make, publish."""
