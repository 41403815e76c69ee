"""The live process: changes of boards as server-sent events, beside the web server."""
