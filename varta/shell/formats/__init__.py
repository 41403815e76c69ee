"""How the languages write days and numbers here, where Django would write them otherwise."""
