"""Places: where things happen (territories) and who answers there (units)."""
