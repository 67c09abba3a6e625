"""PDF, Word documents and archives of web pages → drafts."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from factcheck.intake.drafts import Left, Request, Taken, Where, draft, moment, one_line
from factcheck.intake.lookup import library

_MOST_PAGES = 1_000
# So few letters on all pages are stamps on pictures of pages.
_NO_LAYER = 50
# What a document unpacks to.
_UNPACKED = 100_000_000
_PAGE = 10_000_000
_LOOKED_AT = 65_536


def read_pdf(data: bytes, where: Where) -> Taken:
    """The text layer of a PDF; pages are told by a form feed.

    What a PDF says of its title, author and date is its typesetter's more often than the
    article's, and is not used: the text's own title and date line are.
    """
    pypdf = library("pypdf")
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return Left(where.place, "is a PDF that asks for a password")
        pages = [
            page.extract_text() for page, _ in zip(reader.pages, range(_MOST_PAGES), strict=False)
        ]
    except (
        pypdf.errors.PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
    ) as error:
        return Left(where.place, f"is a PDF that cannot be read: {one_line(str(error))}"[:200])
    text = "\n\f".join(pages)
    if sum(character.isalpha() for character in text) < _NO_LAYER:
        return Left(where.place, "is a PDF without a text layer: recognise its text first")
    return draft(where.place, text.encode("utf-8", "ignore").decode().strip(), url=where.url)


def read_word(data: bytes, where: Where) -> Taken:
    """The paragraphs of a Word document, with its headings."""
    docx = library("docx")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > _UNPACKED:
                return Left(where.place, f"unpacks to more than {_UNPACKED / 1e6:g} MB")
            if "word/document.xml" not in packed.namelist():
                return Left(where.place, "is a zipped file, but no Word document")
        document = docx.Document(io.BytesIO(data))
    # The parser of its XML raises errors of syntax.
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, KeyError, SyntaxError) as error:
        return Left(where.place, f"is a Word document that cannot be read: {one_line(str(error))}")
    title, lines = document.core_properties.title or None, []
    for paragraph in document.paragraphs:
        style = (paragraph.style.name or "") if paragraph.style is not None else ""
        text = " ".join(paragraph.text.split())
        if style == "Title" and text:
            title = text
        elif text:
            lines.append(f"## {text}" if style.startswith("Heading") else text)
    if not lines:
        return Left(where.place, "is a Word document without text")
    return draft(where.place, lines, title=title, url=where.url)


def pages_of(stream: BinaryIO, where: Where) -> Iterator[Request | Left]:
    """The pages of a WARC file, unread, one after the other: never more than one is held."""
    iterator = library("warcio.archiveiterator")
    failed = library("warcio.exceptions").ArchiveLoadFailed
    pages, cut = 0, False
    try:
        records = iterator.ArchiveIterator(stream)
        for record in records:
            page = _page_of(record, where)
            pages += page is not None
            if isinstance(page, Left):
                yield page
                continue
            # The library ends an archive that is cut off as if it had ended there.
            cut = _is_cut(record)
            if page is not None and not cut:
                yield page
        stream.seek(records.offset)
        cut = cut or stream.read(_LOOKED_AT).strip() != b""
    # A line of its header that is none is no error to the library, which then looks into it.
    except (failed, EOFError, OSError, ValueError, AttributeError):
        cut = True
    if cut:
        yield Left(where.place, "is an archive that is damaged: it cannot be read further")
    elif not pages:
        yield Left(where.place, "is an archive without pages")


def _page_of(record: Any, where: Where) -> Request | Left | None:
    """The page that a record of an archive holds, if it holds one."""
    headers = record.http_headers
    if record.rec_type != "response" or headers is None:
        return None
    kind = (headers.get_header("Content-Type") or "").lower()
    if headers.get_statuscode() != "200" or "html" not in kind:
        return None
    url = record.rec_headers.get_header("WARC-Target-URI")
    data = record.content_stream().read(_PAGE + 1)
    charset = kind.partition("charset=")[2].strip("\"' ") or None
    if len(data) > _PAGE:
        return Left(url or where.place, f"larger than {_PAGE / 1e6:g} MB")
    seen = moment(record.rec_headers.get_header("WARC-Date"))
    return Request(Where(url or where.place, url, charset, seen), data=data, kind="HTML")


def _is_cut(record: Any) -> bool:
    """Whether a record ends before it is as long as it says."""
    while record.raw_stream.read(_LOOKED_AT):
        pass
    # One whose header ends too early tells no length.
    return record.length is None or getattr(record.raw_stream, "limit", 0) > 0
