"""Results and prospects: the report of a period."""
