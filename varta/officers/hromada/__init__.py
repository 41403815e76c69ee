"""The officer and the hromada: the officer's own page, the report, the meetings."""
