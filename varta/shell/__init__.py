"""The shell: the frame of every page, the start page, health, metrics and the log of requests."""
