"""Bytes → text: UTF-8 and UTF-16 with and without byte order mark, else Windows-1252."""

from __future__ import annotations

import codecs
import re

from factcheck.errors import UnreadableError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    # UTF-32 first: its little-endian mark starts with the one of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes) -> str:
    """Decode an article's bytes; line ends stay as they are, a byte order mark is dropped.

    Raises `UnreadableError` for an empty input, for binary data, and for text in an encoding
    that is none of these.
    """
    if not data.strip():
        raise UnreadableError("empty", "is empty", "nothing to measure in it")
    encoding, start = encoding_of(data)
    try:
        text = data[start:].decode(encoding)
    except UnicodeDecodeError as error:
        text = _windows_1252(data, error) if encoding == "utf-8" and not start else ""
        if not text:
            raise UnreadableError(
                "bad-encoding",
                f"reads as {encoding.upper()} but breaks at byte {start + error.start:,}",
                "save it again as UTF-8",
            ) from error
    if _is_binary(text):
        raise UnreadableError("binary", "is not text", "export the article as text first")
    if not text.strip():
        raise UnreadableError("empty", "holds no text", "nothing to measure in it")
    return text


def _windows_1252(data: bytes, broken: UnicodeDecodeError) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        if _is_binary(data[:65_536].decode("latin-1")):
            raise UnreadableError(
                "binary", "is not text", "export the article as text first"
            ) from broken
        return ""


def _is_binary(text: str) -> bool:
    # One stray control character is dirt, many are a program's data. Escape (0x1b) is not
    # counted: coloured terminal output that was pasted is text.
    return len(_CONTROL.findall(text)) > len(text) / 200


def encoding_of(data: bytes) -> tuple[str, int]:
    """The encoding that bytes seem to be in, and how many of them are its mark."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    head = data[:4096]
    # UTF-16 without a mark: every other byte of western text is zero.
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        others = head[::2] if encoding == "utf-16-le" else head[1::2]
        if len(head) >= 4 and zeros.count(0) > 0.7 * len(zeros) and others.count(0) == 0:
            return encoding, 0
    return "utf-8", 0
