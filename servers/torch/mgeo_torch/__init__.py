"""An address-similarity service on PyTorch, with the API of servers/reference."""

__version__ = "0.1.0"
