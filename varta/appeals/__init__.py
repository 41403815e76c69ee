"""Appeals under law 393/96: register, terms, letters, personal reception."""
