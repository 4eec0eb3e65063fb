"""The HTTP side: parse, refuse, answer."""
