"""Open311 GeoReport v2: non-urgent matters from the applications of hromadas."""
