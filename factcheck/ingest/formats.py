"""Formats that are no text of an article, told by how their content begins.

Their names often say nothing ("page", "saved.txt"), and their tags, keys and headers would be
taken for what somebody says.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from factcheck.ingest.decode import encoding_of

_KEY = rb'"[\w@:.$-]{1,60}"\s*:'
_FIELDS = rb"(?:title|headline|url|link|text|body|content|date|published|author|outlet|source|id)"
_HEADER = rb"(?:[A-Za-z][A-Za-z-]{1,40}:[ \t][^\r\n]*\r?\n(?:[ \t]+[^\r\n]*\r?\n)*)"
# XML's declaration and comments before the first tag: what was read as one is not read otherwise.
_BEFORE = rb"(?is)(?><\?xml[^>]*>\s*|<!--.*?-->\s*)*+"
_LOOKED_AT = 20_000


class Format(NamedTuple):
    """A format by the name that people know, and what its first bytes match."""

    name: str
    begins: re.Pattern[bytes]


_FORMATS = (
    Format("a PDF file", re.compile(rb"%PDF-\d")),
    Format("a Word or other zipped file", re.compile(rb"PK\x03\x04")),
    Format("a compressed file", re.compile(rb"\x1f\x8b")),
    Format("rich text", re.compile(rb"\{\\rtf")),
    Format("a web archive", re.compile(rb"WARC/\d")),
    Format("a feed", re.compile(_BEFORE + rb"<(?:rss|feed|rdf)\b")),
    Format("HTML", re.compile(_BEFORE + rb"<(?:!doctype\s+html|html|head|body)\b")),
    Format("XML", re.compile(rb"<\?xml\b")),
    Format("JSON", re.compile(rb"(?:\[\s*)?\{\s*" + _KEY)),
    # Two fields of mail among its headers: an article may begin with "From: our desk".
    Format(
        "a mail",
        re.compile(
            rb"(?i)(?="
            + _HEADER
            + rb"{0,40}?(?:message-id|mime-version|received|return-path):)"
            + _HEADER
            + rb"{2,}\r?\n"
        ),
    ),
    Format(
        "a table",
        re.compile(
            rb'(?i)"?'
            + _FIELDS
            + rb'"?(?P<by>[,;\t])(?:"?[\w .-]{1,30}"?(?P=by))*"?'
            + _FIELDS
            + rb'"?[ \t]*\r?\n'
        ),
    ),
)


def other_format(data: bytes) -> str | None:
    """The name of the format that a file is in, `None` where it may be an article's text."""
    encoding, start = encoding_of(data[:_LOOKED_AT])
    head = data[start:_LOOKED_AT]
    if encoding != "utf-8":
        head = head.decode(encoding, "ignore").encode()
    head = head.lstrip()
    return next((form.name for form in _FORMATS if form.begins.match(head)), None)
