"""Model files, tokenizers, networks."""
