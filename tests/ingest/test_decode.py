"""Every encoding gives the same text; everything that is no text gives a reason."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.errors import UnreadableError
from factcheck.ingest.decode import decode

TEXT = "“Both sides met,” the minister said.\r\nErdoğan was not there.\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_unicode_encodings_are_detected_and_newlines_kept(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


def test_windows_1252_is_the_fallback() -> None:
    text = "“Both sides met”, the café owner said – twice."
    assert decode(text.encode("cp1252")) == text


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"\xef\xbb\xbf  \n", "empty"),
        (bytes(range(256)) * 20, "binary"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 100, "binary"),
        (b"\xff\xfeA\x00\x00\xd8B\x00", "bad-encoding"),
        (b"ascii text " * 50 + b"\x81 \x8d", "bad-encoding"),
    ],
)
def test_what_is_no_text_has_a_reason(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        decode(data)
    assert caught.value.code == code
    assert caught.value.hint


def test_random_bytes_never_crash() -> None:
    for _ in range(200):
        try:
            decode(os.urandom(64))
        except UnreadableError as error:
            assert error.code in ("binary", "bad-encoding", "empty")


@given(st.text(min_size=1).filter(lambda text: text.strip() and "\x00" not in text))
def test_any_utf8_text_comes_back_or_is_refused(text: str) -> None:
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError:
        return
    try:
        assert decode(data) == text.removeprefix("\ufeff")
    except UnreadableError as error:
        assert error.code in ("binary", "empty", "bad-encoding")
