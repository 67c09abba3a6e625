"""One reader per kind of source, in one explicit registry: a new kind is a new entry."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from factcheck.errors import UnreadableError
from factcheck.ingest import article_from_text
from factcheck.ingest.decode import decode
from factcheck.ingest.formats import other_format
from factcheck.ingest.frontmatter import split
from factcheck.ingest.own import is_report
from factcheck.ingest.several import parts
from factcheck.intake import binaries, feeds, mail
from factcheck.intake.charset import decoded
from factcheck.intake.drafts import Draft, Left, Request, Taken, Where, draft, web_address
from factcheck.intake.exports import exported
from factcheck.intake.fields import draft_of, fields_of
from factcheck.intake.lookup import table
from factcheck.intake.pages import read_pages
from factcheck.intake.rounds import apart

# The whole of a file is read; archives of pages are read record by record and may be larger.
LARGEST = 50_000_000
_LOOKED_AT = 20_000
_FIRST_LINES = 20
_ARCHIVE = "a web archive"
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f]")
_TAG = re.compile(rb"\s*<[a-zA-Z]")

Reader = Callable[[bytes, Request], Iterator[Taken]]


def read(request: Request) -> Iterator[Taken]:
    """The articles of a source, and what of it was left out. Each item is read when asked for."""
    for part in pages(request) if is_archive(request) else [request]:
        if isinstance(part, Left):
            yield part
            continue
        for taken in _read(part):
            if isinstance(taken, Draft):
                seen = taken.retrieved or part.where.seen
                yield from apart(replace(taken, retrieved=seen))
            else:
                yield taken


def is_archive(request: Request) -> bool:
    """Whether a source is an archive of pages, which are read one by one."""
    try:
        return not request.kind and kind_of(_head(request), request.where.place) == _ARCHIVE
    except OSError:
        return False


def pages(request: Request) -> Iterator[Request | Left]:
    """The pages of an archive, unread, and what of it cannot be one."""
    try:
        with request.file.open("rb") if request.file else io.BytesIO(request.data) as stream:
            yield from binaries.pages_of(stream, request.where)
    except OSError as error:
        yield _closed(request.where.place, error)


def _head(request: Request) -> bytes:
    if request.file is None:
        return request.data[:_LOOKED_AT]
    with request.file.open("rb") as stream:
        return stream.read(_LOOKED_AT)


def _read(request: Request) -> Iterator[Taken]:
    data = request.data
    if request.file is not None:
        try:
            with request.file.open("rb") as stream:
                data = stream.read(LARGEST + 1)
        except OSError as error:
            yield _closed(request.where.place, error)
            return
    yield from _of(data, request)


def _closed(place: str, error: OSError) -> Left:
    return Left(place, f"cannot be read: {error.strerror or error}")


def _of(data: bytes, request: Request) -> Iterator[Taken]:
    place = request.where.place
    if len(data) > LARGEST:
        yield Left(place, f"larger than {LARGEST / 1e6:g} MB")
        return
    none = True
    try:
        kind = request.kind or kind_of(data[:_LOOKED_AT], place)
        for taken in READERS[kind](data, request):
            none = False
            yield taken
    except UnreadableError as error:
        yield Left(place, error.message)
    else:
        if none:
            yield Left(place, "holds no article")


def kind_of(head: bytes, name: str) -> str:
    """The kind of a source by how it begins, else by the ending of its name, else text."""
    lower = name.lower()
    if lower.endswith((".warc", ".warc.gz")):
        return _ARCHIVE
    known = other_format(head)
    if known == "XML" and re.search(rb"<(?:\w+:)?(?:rss|feed|rdf)\b", head[:5_000], re.I):
        known = "a feed"
    ending = re.sub(r"[?#].*", "", lower).rpartition(".")[2]
    return known or ENDINGS.get(ending) or ("HTML" if _TAG.match(head) else "text")


def _page(data: bytes, request: Request) -> Iterator[Taken]:
    # The parser would end at some of them.
    text = _CONTROLS.sub("", decoded(data, request.where.charset))
    yield from read_pages(text, request.where)


def _feed(data: bytes, request: Request) -> Iterator[Taken]:
    yield from feeds.read_feed(data, request.where)


def _mail(data: bytes, request: Request) -> Iterator[Taken]:
    yield mail.read_mail(data, request.where)


def _pdf(data: bytes, request: Request) -> Iterator[Taken]:
    yield binaries.read_pdf(data, request.where)


def _word(data: bytes, request: Request) -> Iterator[Taken]:
    yield binaries.read_word(data, request.where)


def _text(data: bytes, request: Request) -> Iterator[Taken]:
    """Text or Markdown, with front matter of any program, as it stands."""
    where = request.where
    text = decode(data)
    if is_report(text):
        yield Left(where.place, "is a report of this program, not an article")
        return
    if links_of(text):
        yield Left(where.place, "is a list of addresses: name the file itself to have them fetched")
        return
    several = parts(text)
    if not several:
        yield _article(text, where)
    for number, (start, end) in enumerate(several, start=1):
        place = f"{where.place}:{number}"
        part = text[start:end].lstrip("\r\n")
        try:
            yield exported(part, place) or _article(part, replace(where, place=place))
        except UnreadableError as error:
            yield Left(place, error.message)


def links_of(text: str) -> list[str]:
    """The addresses of a list of links: nothing else stands on its lines, but for comments."""
    lines = [line.strip() for line in text.splitlines()]
    told = [line for line in lines if line and not line.startswith("#")]
    return told if all(map(web_address, told)) else []


def _article(text: str, where: Where) -> Draft:
    """The article of a text. Raises `UnreadableError` where there is none."""
    meta = split(text)
    article = article_from_text(text, where.place, meta, markdown=True)
    named = meta.get("outlet") or (None if article.url or where.url else article.outlet)
    return draft(
        where.place,
        text[meta.end :].strip("\r\n"),
        title=article.title,
        outlet=named,
        dates=[article.published] if article.published else [],
        url=article.url or where.url,
        bylines=[article.byline] if article.byline else [],
        language=meta.get("language"),
        credited=[name for name, _ in meta.values.get("credit", ())],
        corrections=[said for said, _ in meta.values.get("correction", ())],
        links=[url for url, _ in meta.values.get("links", ())],
        entry=meta.get("entry"),
        retrieved=article.retrieved,
        notes=article.notes,
    )


def _json(data: bytes, request: Request) -> Iterator[Taken]:
    """One record, a list of them, an object that holds a list, or one record a line."""
    text = decode(data)
    try:
        loaded = json.loads(text)
    except RecursionError:
        yield Left(request.where.place, "is JSON that is nested too deeply")
        return
    except ValueError as error:
        if not _has_records(text):
            yield Left(request.where.place, f"is JSON that cannot be read: {error}")
            return
        yield from _json_lines(text, request)
        return
    records = _listed(loaded)
    for number, record in enumerate(records, start=1):
        yield _record(record, request, number if len(records) > 1 else None)


def _has_records(text: str) -> bool:
    """Whether one of the first lines is a record: else it is one broken document, not its lines."""
    lines = [line for line in text.splitlines() if line.strip()][:_FIRST_LINES]
    for line in lines:
        with contextlib.suppress(ValueError, RecursionError):
            if isinstance(json.loads(line), Mapping):
                return True
    return False


def _json_lines(text: str, request: Request) -> Iterator[Taken]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            yield _record(json.loads(line), request, number)
        except (ValueError, RecursionError):
            yield Left(f"{request.where.place}:{number}", "is no JSON that can be read")


def _listed(loaded: Any) -> list[Any]:
    if isinstance(loaded, dict):
        for key in table("lists")["keys"]:
            if isinstance(loaded.get(key), list):
                return list(loaded[key])
        return [loaded]
    return loaded if isinstance(loaded, list) else [loaded]


def _record(record: object, request: Request, number: int | None) -> Taken:
    place = f"{request.where.place}:{number}" if number else request.where.place
    if not isinstance(record, Mapping):
        return Left(place, "is no record of an article")
    told = fields_of(record, request.fields)
    if number is None and request.where.url:
        told.setdefault("url", [request.where.url])
    return draft_of(place, told)


def _table(data: bytes, request: Request) -> Iterator[Taken]:
    text = decode(data)
    first = text.partition("\n")[0]
    by = max("\t;,", key=first.count)
    csv.field_size_limit(10_000_000)
    try:
        for number, row in enumerate(csv.DictReader(io.StringIO(text), delimiter=by), start=2):
            told = {key: value for key, value in row.items() if key and isinstance(value, str)}
            yield _record(told, request, number)
    except csv.Error as error:
        yield Left(request.where.place, f"is a table that cannot be read further: {error}")


def _refused(name: str, advice: str) -> Reader:
    def refuse(data: bytes, request: Request) -> Iterator[Taken]:
        yield Left(request.where.place, f"is {name}: {advice}")

    return refuse


READERS: dict[str, Reader] = {
    "text": _text,
    "HTML": _page,
    "a feed": _feed,
    "JSON": _json,
    "a table": _table,
    "a mail": _mail,
    "a PDF file": _pdf,
    "a Word or other zipped file": _word,
    "XML": _refused("XML", "only feeds are read in it"),
    "rich text": _refused("rich text", "save it as .docx or .txt"),
    "a compressed file": _refused("a compressed file", "unpack it first"),
}
ENDINGS = {
    **dict.fromkeys(("html", "htm", "xhtml"), "HTML"),
    **dict.fromkeys(("json", "jsonl", "ndjson"), "JSON"),
    **dict.fromkeys(("csv", "tsv"), "a table"),
    **dict.fromkeys(("eml", "mhtml", "mht"), "a mail"),
    **dict.fromkeys(("rss", "atom"), "a feed"),
    "xml": "XML",
    "pdf": "a PDF file",
    "docx": "a Word or other zipped file",
    "warc": _ARCHIVE,
    "gz": "a compressed file",
    "rtf": "rich text",
    **dict.fromkeys(("txt", "md", "markdown"), "text"),
}
