"""Text and metadata → an `Article`, with blocks, sentences, outlet and date."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import PurePath

from factcheck import segment, sentences
from factcheck.corrections import is_correction
from factcheck.dates import is_edtf, parse_date
from factcheck.errors import UnreadableError
from factcheck.ingest.frontmatter import FrontMatter
from factcheck.ingest.language import is_english
from factcheck.ingest.reading import as_read
from factcheck.outlets import lookup, outlet_of
from factcheck.records import Article, Block, Credit, Filed, Span

_ENGLISH = re.compile(r"(?:en|eng|english)\b")
# Fractions of a second, as programs write them.
_FRACTION = re.compile(r"(?<=:[0-9]{2})[.,][0-9]+")
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
    from the front matter, else a date line, else a dateline. What the front matter holds and cannot
    be read is told in the article's notes. Raises `UnreadableError` where there is no text to
    measure or the language is not English.
    """
    meta = meta or FrontMatter()
    language = _tag(meta.get("language"))
    text, places, blocks = measurable(filed, meta.end, language, markdown=markdown)
    url = meta.get("url") or _url(text, blocks)
    outlet, family = outlet_of(meta.get("outlet"), url, path, families or {})
    title = next((block for block in blocks if block.kind == "title"), None)
    title_span = meta.span("title") or (title and (title.start, title.end))
    byline, byline_span = _byline(text, meta, blocks)
    published, undated = _published(meta)
    return Article(
        id=slug(PurePath(path).stem),
        path=path,
        outlet=outlet,
        family=family,
        title=meta.get("title") or (segment.body_text(title_span, text) if title_span else None),
        published=published or segment.date_of(text, blocks) or None,
        language=language if re.fullmatch(r"en(?:-[a-z0-9]{2,8})*", language) else "en",
        credits=_stated_credits(meta),
        text=text,
        filed=places,
        blocks=blocks,
        sentences=sentences.sentences(text, blocks),
        url=url,
        byline=byline,
        corrections=_corrections(text, meta, blocks),
        retrieved=read_date(meta.get("retrieved") or ""),
        title_span=title_span,
        byline_span=byline_span,
        notes=(*meta.notes, *undated),
    )


def measurable(
    filed: str, start: int, language: str | None, *, markdown: bool = False
) -> tuple[str, Filed | None, tuple[Block, ...]]:
    """The text that is filed, as it is read, with the map back, and the blocks behind `start`.

    `language` is what is told of it. Raises `UnreadableError` where there is nothing to measure or
    the language is not English.
    """
    language = _tag(language)
    text, places = as_read(filed, start, markdown=markdown)
    blocks = segment.blocks(text, start, markdown=markdown)
    if not any(block.kind == "body" for block in blocks):
        raise UnreadableError("no-text", "holds no paragraph of text", "nothing to measure in it")
    told = (text[b.start : b.end] for b in blocks if b.kind in ("title", "body"))
    if not _ENGLISH.match(language) or not is_english(told):
        raise UnreadableError(
            "language",
            "is not in English" if _ENGLISH.match(language) else f"is in '{language}', not English",
            "only English is measured in this version",
        )
    return text, places, blocks


def _tag(language: str | None) -> str:
    """The tag of a language as it is compared; English where nothing is told."""
    return (language or "en").lower().replace("_", "-")


def _stated_credits(meta: FrontMatter) -> tuple[Credit, ...]:
    stated = []
    for name, span in meta.values.get("credit", ()):
        known = lookup(name)
        kind = known.kind if known else "agency"
        stated.append(Credit(name=known.name if known else name, kind=kind, span=span))
    return tuple(stated)


def _byline(
    text: str, meta: FrontMatter, blocks: Sequence[Block]
) -> tuple[str | None, Span | None]:
    """Who wrote it; a list of names stands in no one place."""
    if names := meta.values.get("byline"):
        return ", ".join(name for name, _ in names), names[0][1] if len(names) == 1 else None
    block = next((block for block in blocks if block.kind == "byline"), None)
    if block is None:
        return None, None
    return segment.body_text((block.start, block.end), text), (block.start, block.end)


def _corrections(text: str, meta: FrontMatter, blocks: Sequence[Block]) -> tuple[str, ...]:
    """What the front matter tells, then the notes in the text that tell of a change."""
    told = [value for value, _ in meta.values.get("correction", ())]
    beside = (text[b.start : b.end].strip() for b in blocks if b.kind not in ("body", "title"))
    return tuple(dict.fromkeys([*told, *filter(is_correction, beside)]))


def _published(meta: FrontMatter) -> tuple[str | None, tuple[str, ...]]:
    """The first date of the front matter that can be read, else why there is none."""
    told = [value for value, _ in meta.values.get("published", ())]
    for value in told:
        if date := read_date(value):
            return date, ()
    return None, tuple(
        f"'published: {value}' is no date: write it as 2025-04-11 or 2025-04-11T14:54"
        for value in told[:1]
    )


def read_date(value: str) -> str | None:
    """A date as metadata writes it as an EDTF date, `None` where it is none that can be."""
    candidate = _FRACTION.sub("", value, count=1)
    if re.match(r"\d{4}-\d\d-\d\d \d", candidate):
        candidate = candidate.replace(" ", "T", 1).replace(" ", "")
    return candidate if is_edtf(candidate) else parse_date(value)


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
