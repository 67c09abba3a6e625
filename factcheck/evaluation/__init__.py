"""Annotated events × reports → figures: how well the program, or another system, read the news."""
