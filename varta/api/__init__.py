"""The API: what the pages show and do, for programs. It decides nothing by itself."""
