"""Text and metadata → an `Article`, with blocks, sentences, outlet and date."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import PurePath

from factcheck import segment
from factcheck.dates import is_edtf, parse_date
from factcheck.errors import UnreadableError
from factcheck.ingest.frontmatter import FrontMatter
from factcheck.ingest.language import is_english
from factcheck.ingest.reading import as_read
from factcheck.outlets import lookup, outlet_of
from factcheck.records import Article, Block, Credit

_URL_LINE = re.compile(r"https?://[^\s<>\"]{4,2000}")


def article_from_text(
    filed: str,
    path: str,
    meta: FrontMatter | None = None,
    *,
    families: Mapping[str, str] | None = None,
    markdown: bool = False,
) -> Article:
    """Build the article of a decoded text, as it is read (`reading`).

    The outlet comes from the front matter, else the URL's domain, else the file name; the date
    from the front matter, else a date line, else a dateline. Raises `UnreadableError` where there
    is no text to measure, the language is not English, or the date cannot be read.
    """
    meta = meta or FrontMatter()
    text, places = as_read(filed, meta.end, markdown=markdown)
    blocks = segment.blocks(text, meta.end, markdown=markdown)
    if not any(block.kind == "body" for block in blocks):
        raise UnreadableError("no-text", "holds no paragraph of text", "nothing to measure in it")
    language = (meta.get("language") or "en").lower()
    told = (text[b.start : b.end] for b in blocks if b.kind in ("title", "body"))
    if language.split("-")[0] not in ("en", "eng", "english") or not is_english(told):
        raise UnreadableError(
            "language",
            "is not in English"
            if language.startswith("en")
            else f"is in '{language}', not English",
            "only English is measured in this version",
        )
    url = meta.get("url") or _url(text, blocks)
    outlet, family = outlet_of(meta.get("outlet"), url, path, families or {})
    title = next((block for block in blocks if block.kind == "title"), None)
    title_span = meta.span("title") or (title and (title.start, title.end))
    byline = next((block for block in blocks if block.kind == "byline"), None)
    byline_span = meta.span("byline") or (byline and (byline.start, byline.end))
    return Article(
        id=slug(PurePath(path).stem),
        path=path,
        outlet=outlet,
        family=family,
        title=meta.get("title") or (segment.body_text(title_span, text) if title_span else None),
        published=_published(meta) or segment.date_of(text, blocks) or None,
        language="en" if language in ("eng", "english") else language,
        credits=_stated_credits(meta),
        text=text,
        filed=places,
        blocks=blocks,
        sentences=segment.sentences(text, blocks),
        url=url,
        byline=meta.get("byline")
        or (segment.body_text(byline_span, text) if byline_span else None),
        title_span=title_span,
        byline_span=byline_span,
    )


def _stated_credits(meta: FrontMatter) -> tuple[Credit, ...]:
    stated = []
    for name, span in meta.values.get("credit", ()):
        known = lookup(name)
        kind = known.kind if known else "agency"
        stated.append(Credit(name=known.name if known else name, kind=kind, span=span))
    return tuple(stated)


def _published(meta: FrontMatter) -> str | None:
    value = meta.get("published")
    if value is None:
        return None
    candidate = value.replace(" ", "T", 1) if re.match(r"\d{4}-\d\d-\d\d \d", value) else value
    date = candidate if is_edtf(candidate) else parse_date(value)
    if date is None:
        raise UnreadableError(
            "broken-front-matter",
            f"'published: {value}' is no date",
            "write it as 2025-04-11 or 2025-04-11T14:54",
        )
    return date


def _url(text: str, blocks: Sequence[Block]) -> str | None:
    """The address of the page, where the raw copy starts with it on a line of its own."""
    for block in blocks[:3]:
        if match := _URL_LINE.fullmatch(text[block.start : block.end]):
            return match.group()
    return None


def slug(name: str) -> str:
    """A name as an id: lower-case ASCII letters, digits and hyphens, at most 60."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "article"
