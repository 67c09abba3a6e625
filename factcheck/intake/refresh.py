"""Pages that send their reader on (`<meta http-equiv="refresh">`) → where to."""

from __future__ import annotations

import contextlib
import html
import re
from urllib.parse import urljoin

# So much of a page is looked at: what stands behind its head sends nobody on.
LOOKED_AT = 50_000
# What a browser does not act on: comments, and what is for readers without scripts.
_UNSEEN = re.compile(
    r"(?is)<!--.*?(?:-->|\Z)|<(noscript|script|style|template)\b.*?(?:</\1\s*>|\Z)"
)
_BODY = re.compile(r"(?i)<(?:body|article|main|p)\b")
_META = re.compile(r"(?i)<meta\b(?P<inside>[^<>]{0,3000})>")
_ATTRIBUTE = re.compile(
    r"(?i)(?P<name>[a-z-]{1,20})\s*=\s*"
    r"(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'>]+))"
)
# "0; url=/news/1", as browsers read it: the word, the marks around the address and the semicolon
# may be missing.
_TOLD = re.compile(
    r"(?is)(?P<seconds>\d{1,6})(?:\.[\d.]*+)?[;,\s]++(?:url\s*+=\s*+)?+(?P<mark>[\"']?)(?P<url>.+)"
)
# Who has to wait longer was given something to read.
_AT_ONCE = 10


def sends_on(text: str) -> str | None:
    """The address, as it is written, that the head of a page sends its reader to at once.

    A page that only loads itself again from time to time sends nobody on.
    """
    head = _UNSEEN.sub(" ", text[:LOOKED_AT])
    body = _BODY.search(head)
    for tag in _META.finditer(head[: body.start() if body else None]):
        told = {
            match["name"].lower(): match["double"] or match["single"] or match["bare"] or ""
            for match in _ATTRIBUTE.finditer(tag["inside"])
        }
        if told.get("http-equiv", "").strip().lower() != "refresh":
            continue
        match = _TOLD.match(html.unescape(told.get("content", "")).strip())
        if match and int(match["seconds"]) <= _AT_ONCE:
            url = match["url"].partition(match["mark"])[0] if match["mark"] else match["url"]
            return url.strip() or None
    return None


def leads_to(text: str, address: str | None) -> str | None:
    """Where a page at an address sends its reader, `None` where that is nowhere else.

    As it is written where the address is not known, or where it is no address of the web.
    """
    told = sends_on(text)
    if told is None:
        return None
    with contextlib.suppress(ValueError):
        there = urljoin(address or "", told)
        return None if there.partition("#")[0] == (address or "").partition("#")[0] else there
    return told
