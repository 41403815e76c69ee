"""Files of calls from elsewhere: reading, mapping to our words, loading without doubles."""
