"""Partner systems: their keys, their limits, and the gate through which each of their requests goes."""
