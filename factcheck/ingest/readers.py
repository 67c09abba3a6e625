"""One reader per kind of file, in one explicit registry: a new kind is a new entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from factcheck.errors import UnreadableError
from factcheck.ingest.build import article_from_text
from factcheck.ingest.frontmatter import split
from factcheck.ingest.own import is_report
from factcheck.ingest.several import parts
from factcheck.records import Article


def not_read(name: str) -> UnreadableError:
    """What is told of a file in a format that no reader is for."""
    return UnreadableError(
        "unsupported",
        f"is {name}: it is not read in this format",
        "take it in with 'factcheck add FILE', or save the article's text as .txt or .md",
    )


class Reader(Protocol):
    """Turns a decoded file into an article; raises `UnreadableError` where it cannot."""

    def __call__(self, text: str, path: str, families: Mapping[str, str]) -> Article:
        """`path` is the path as given; `families` the ledger's."""


def read_text(text: str, path: str, families: Mapping[str, str]) -> Article:
    """Plain text, with optional front matter."""
    refuse_other(text)
    return article_from_text(text, path, split(text), families=families)


def read_markdown(text: str, path: str, families: Mapping[str, str]) -> Article:
    """Markdown with optional front matter; offsets count in the file's own text."""
    refuse_other(text)
    return article_from_text(text, path, split(text), families=families, markdown=True)


def refuse_markup(text: str, path: str, families: Mapping[str, str]) -> Article:
    """Markup is no article yet: its tags and keys would be taken for words."""
    raise not_read("markup or data")


def refuse_other(text: str) -> None:
    """Raise `UnreadableError` for what is text, but not that of one article."""
    if is_report(text):
        raise UnreadableError(
            "report", "is a report of this program, not an article", "keep it in another folder"
        )
    if several := parts(text):
        raise UnreadableError(
            "several-articles",
            f"holds {len(several)} articles",
            "take them apart with 'factcheck add FILE'",
        )


READERS: dict[str, Reader] = {".txt": read_text, ".md": read_markdown, ".markdown": read_markdown}
# Read only where they are named: a folder may hold such files for other ends.
MARKUP: dict[str, Reader] = dict.fromkeys(
    (".html", ".htm", ".xhtml", ".json", ".xml", ".rtf"), refuse_markup
)
