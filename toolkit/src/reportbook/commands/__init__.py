"""The commands: build, why, diff, accept, check, list, preview; `cli` has their words."""
