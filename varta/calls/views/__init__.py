"""Pages of the duty desk. A view reads the clock, calls an action or a query, and renders; it decides nothing."""
