"""What authors write: project, editions, grids, parameters, prose, settings."""
