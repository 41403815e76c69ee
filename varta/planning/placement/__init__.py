"""Where officers should serve: maximal covering and p-median problems, with a proven bound for each answer."""
