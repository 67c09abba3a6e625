"""Bytes of a page → text, whatever charset it claims."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"(?i)(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{1,40})")


def decoded(data: bytes, told: str | None = None) -> str:
    """The text of a page; `told` is the charset that the server named.

    What decodes as UTF-8 is UTF-8, whatever is claimed; else what the page claims counts, then the
    server, then Windows-1252. What no charset explains is replaced, so that a page is never lost.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    declared = _DECLARED.search(data[:4_000])
    claimed = [declared[1].decode("ascii", "ignore")] if declared else []
    wide = [] if b"\0" not in data[:400] else ["utf-16"]
    for encoding in (*wide, "utf-8", *claimed, *([told] if told else []), "cp1252"):
        try:
            # What is no charset but another codec ("zlib") is a `LookupError` to `decode`.
            return data.decode(encoding)
        except (LookupError, UnicodeError, ValueError):
            continue
    return data.decode("utf-8", "replace")
