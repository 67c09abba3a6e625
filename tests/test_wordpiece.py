"""Our WordPiece against the library that everybody uses, on ordinary and on hostile text."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from factcheck.wordpiece import LONGEST, WordPiece

ROOT = Path(__file__).parents[1]
FILES = [ROOT / "factcheck/models" / name for name in ("tokenizer.json", "reader-tokenizer.json")]
TEXTS = sorted([*(ROOT / "corpus").glob("*.*"), *(ROOT / "docs").glob("*.md")])
OURS = [WordPiece.from_file(path) for path in FILES]
ORACLES = [Tokenizer.from_file(str(path)) for path in FILES]
# The library knows the letters of an older Unicode: what is newer it takes for no mark and no
# control. Its special pieces are pieces wherever a text has them.
OLD = unicodedata.ucd_3_2_0
known = st.characters(codec="utf-8").filter(lambda char: OLD.category(char) not in ("Cn", "Cs"))


def agree(text: str) -> None:
    for ours, oracle in zip(OURS, ORACLES, strict=True):
        expected = oracle.encode(text, add_special_tokens=False)
        found = ours.encode(text)
        assert list(found.ids) == expected.ids
        assert list(found.offsets) == [tuple(offset) for offset in expected.offsets]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_ordinary_text(path: Path) -> None:
    agree(path.read_bytes().decode("utf-8"))


@given(st.text(known, max_size=40))
@example("İstanbul’da “Çağrı”\r\nﬁne naïve ½ 12,5 % 北京 e\u0301a\u200bb \x1bx\x1cy")
@example("A" * LONGEST + " " + "b" * (LONGEST + 1))
@example("a\ufffdb \u00ad\u2028c\u0085d")
@settings(max_examples=400, deadline=None)
def test_any_text(text: str) -> None:
    agree(text)


@given(st.text(max_size=60))
def test_pieces_stand_in_order_inside_the_text(text: str) -> None:
    found = OURS[0].encode(text)
    assert len(found.ids) == len(found.offsets)
    starts = [start for start, _ in found.offsets]
    assert starts == sorted(starts)
    assert all(0 <= start < end <= len(text) for start, end in found.offsets)


def test_no_text_is_a_special_piece() -> None:
    special = {OURS[0].id_of(name) for name in ("[CLS]", "[SEP]", "[MASK]", "[PAD]")}
    assert None not in special
    assert not special & set(OURS[0].encode("[CLS] he said [SEP] no [MASK][PAD]").ids)
