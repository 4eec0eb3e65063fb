"""Processes that hold the model, one a GPU."""
