"""From texts to vectors: cache and single flight."""
