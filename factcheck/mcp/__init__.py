"""A server for assistants (Model Context Protocol): the Python API as tools, over standard input.

What it may read is what its user allowed, and every word that an article could have chosen is
marked as quoted material.
"""
