"""Fine-tuning on labelled pairs."""
