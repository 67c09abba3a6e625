"""Bytes of a page → text, whatever charset it claims."""

from __future__ import annotations

import re

from factcheck.ingest.decode import encoding_of

_DECLARED = re.compile(rb"(?i)(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{1,40})")


def decoded(data: bytes, told: str | None = None) -> str:
    """The text of a page; `told` is the charset that the server named.

    What decodes as UTF-8 is UTF-8, whatever is claimed; else what the page claims counts, then the
    server, then Windows-1252. What no charset explains is replaced, so that a page is never lost.
    """
    likely, start = encoding_of(data)
    if start:
        return data[start:].decode(likely, "replace")
    declared = _DECLARED.search(data[:4_000])
    claimed = [declared[1].decode("ascii", "ignore")] if declared else []
    for encoding in (likely, "utf-8", *claimed, *([told] if told else []), "cp1252"):
        try:
            # What is no charset but another codec ("zlib") is a `LookupError` to `decode`.
            return data.decode(encoding)
        except (LookupError, UnicodeError, ValueError):
            continue
    return data.decode("utf-8", "replace")
