"""Attributed claims of news articles, matched across outlets."""

__version__ = "0.1.0"
