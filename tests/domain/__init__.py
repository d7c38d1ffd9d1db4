"""What the desk's nouns and rules promise."""
