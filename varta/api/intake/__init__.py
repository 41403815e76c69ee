"""What all doors for partners share: texts without traps, the place meant, and the entry that follows."""
