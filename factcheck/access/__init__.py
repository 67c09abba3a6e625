"""Article and claims → how the article came to know each of them."""

from factcheck.access.crediting import credits  # noqa: A004 - the word of the report
from factcheck.access.public import described, findable, in_public, is_party, speaks_in_public
from factcheck.access.reading import read
from factcheck.access.run import Run

__all__ = [
    "Run",
    "credits",
    "described",
    "findable",
    "in_public",
    "is_party",
    "read",
    "speaks_in_public",
]
