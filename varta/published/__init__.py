"""What was told to everybody, kept for good: every later publication is protected together with it."""
