"""Blocks get the kind a reader would give them, and every offset is exact."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from factcheck import bylines, segment, sentences
from factcheck.dates import parse_date_line
from tests.growing import MOST, exponent

CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    """A case file holds `kind<TAB>text` lines; blank lines are blank lines of the article."""
    expected, lines = [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        kind, _, text = line.partition("\t")
        lines.append(text)
        if text and kind != "+":
            expected.append((kind, text))
        elif text:
            # A hard-wrapped paragraph goes on.
            expected[-1] = (expected[-1][0], expected[-1][1] + "\n" + text)
    text = "\n".join(lines)
    blocks = segment.blocks(text, markdown=path.stem.startswith("markdown"))
    assert [(block.kind, text[block.start : block.end]) for block in blocks] == expected


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("- 11 April, 14:54", "XXXX-04-11T14:54"),
        ("April 11, 2025", "2025-04-11"),
        ("Published: Friday, 11 April 2025 at 2:05 PM ET", "2025-04-11T14:05"),
        ("Updated 2025-04-11 08:30", "2025-04-11T08:30"),
        ("11th Apr. 2025", "2025-04-11"),
        ("Updated 3 hours ago", ""),
        ("31 April 2025", None),
        ("April 11 was a Friday", None),
        ("On 11 April 2025 the ministers met", None),
        ("May we go", None),
    ],
)
def test_date_lines(line: str, date: str | None) -> None:
    assert parse_date_line(line) == date


def test_sentences_split_inside_long_quotations() -> None:
    text = "“We met in Baku. We will meet again,” Mr. Smith of the U.S. team said. He left."
    blocks = segment.blocks(text)
    assert [text[s.start : s.end] for s in sentences.sentences(text, blocks)] == [
        "“We met in Baku.",
        "We will meet again,” Mr. Smith of the U.S. team said.",
        "He left.",
    ]


@given(st.text(alphabet=st.sampled_from("aB1.?!\"“” \n\r\t-—:|#'😀é"), max_size=300), st.booleans())
def test_offsets_hold_for_any_text(text: str, markdown: bool) -> None:
    blocks = segment.blocks(text, markdown=markdown)
    end = 0
    for block in blocks:
        assert end <= block.start < block.end <= len(text)
        assert text[block.start : block.end].strip() == text[block.start : block.end]
        # Between blocks stand marks of lists and of headings alone.
        assert not text[end : block.start].strip("# \t\r\n*-•–—·").rstrip(".)").strip("0123456789")
        end = block.end
    assert not text[end:].strip()
    last = 0
    for sentence in sentences.sentences(text, blocks):
        block = blocks[sentence.block]
        assert block.start <= sentence.start < sentence.end <= block.end
        assert last <= sentence.start
        last = sentence.end


@pytest.mark.growth
@pytest.mark.parametrize(
    "unit", ["word ", '"a. ', "( ", "| ", "April 11 ", "LOUD NEWS. ", "a\n", "1. ", "😀"]
)
def test_time_is_linear(unit: str) -> None:
    def of(size: int) -> Callable[[], object]:
        text = unit * (size // len(unit))
        return lambda: sentences.sentences(text, segment.blocks(text))

    assert exponent(of, 10_000) < MOST


LINES = YAML(typ="safe").load(Path(__file__).with_name("lines.yaml").read_text(encoding="utf-8"))
CLUTTER = [line for lines in LINES["clutter"].values() for line in lines]
BEFORE = "Nine boats lost in storm\n\nNine boats were lost in Marby, the coast guard said.\n\n"
AFTER = "\n\nTwo more of them ran aground, and nobody on board was hurt, police said.\n"


@pytest.fixture
def known(request: pytest.FixtureRequest) -> None:
    """Marks the test of a line that is known to come out wrong: strict, so that a mend is seen."""
    params = request.node.callspec.params.values()
    if any(line in params for lines in LINES["missed"].values() for line in lines):
        request.applymarker(pytest.mark.xfail(strict=True, reason="known to come out wrong"))


def kinds_of(line: str, after: str = AFTER) -> set[str]:
    """The kinds of a line that stands among paragraphs; all of it is in some block."""
    text = BEFORE + line + after
    start, end = len(BEFORE), len(BEFORE) + len(line)
    found = [b for b in segment.blocks(text) if b.start < end and start < b.end]
    assert "".join(text[b.start : b.end] for b in found).replace(" ", "") in line.replace(" ", "")
    return {block.kind for block in found}


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("line", CLUTTER)
def test_what_stands_beside_an_article_holds_no_claims(line: str) -> None:
    assert "body" not in kinds_of(line)


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("line", LINES["news"])
def test_news_is_not_taken_for_what_stands_beside_it(line: str) -> None:
    assert kinds_of(line) == {"body"}
    assert kinds_of(line, "") == {"body"}


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("By Una Price una.price@marby.example", True),
        ("Exclusive by Una Price, Health Editor", True),
        ("By Una Price, Political correspondent", True),
        ("Words by Una Price", True),
        ("By Una Price @unaprice", True),
        ("Written by Una Price, staff writer at the Marby Post", True),
        ("By Una Price and Osk Lind, Health Reporters", True),
        ("EXCLUSIVE: By Una Price, chief reporter", True),
        ("by Una Price, senior editor", True),
        ("Una Price Education correspondent", True),
        ("Una Price, Health Editor", True),
        ("Una M. Price, chief foreign correspondent", True),
        ("Una Price Reporter", True),
        ("Una Price Political editor", True),
        ("The Newspaper Editor", False),
        ("Osk Lind meets newspaper editor", False),
        ("Wall broke, says reporter", False),
        ("By Friday the ferry had been repaired", False),
        ("Reported by neighbours on Monday, the leak grew", False),
        ("Text by text the affair came out", False),
        ("By law the mayor has to resign", False),
    ],
)
def test_a_byline_is_told_with_what_stands_behind_the_name(line: str, wanted: bool) -> None:
    assert bylines.is_byline(line) is wanted


@pytest.mark.parametrize(
    "line",
    [
        "MARBY. (Calder) - Mayor Osk Lind Has Left.",
        "Marby, May 14 – President Osk Lind Met Prime Minister Aune Rask.",
        "SUND/MARBY (Calder) -- Two Ministers Met in Secret.",
        "PORT MARBY, Maine, May 14 (Calder) - Mayor Osk Lind Left.",
        "Marby (Calder) — Mayor Osk Lind Has Resigned.",
        "ST. MARBY, 14 May (BNW) — Ministers Lind and Rask Met.",
    ],
)
def test_a_paragraph_with_a_dateline_is_no_title(line: str) -> None:
    blocks = segment.blocks(f"{line}\n\nNine boats were lost, the coast guard said.\n")
    assert [block.kind for block in blocks] == ["body", "body"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The reef is the richest in the U.S.", "Officials said it was safe."),
        ("The ferry left at 5 p.m.", "Whitcomb called it a routine trip."),
        ("He was flown to Washington, D.C.", "Doctors there gave up."),
        ("It belongs to Sund Lines Inc.", "Investigators searched its offices."),
        ("They came from the E.U.", "Police stopped them."),
        ("The wall broke at 9:12 a.m.", "Two men drowned."),
        ("The ferry left the U.S. Coast Guard station at 5 p.m. EDT on Monday.", "It sank."),
        ("The vote is at 8 p.m. Wednesday in Marby.", "It is open."),
        ("It left at 5 p.m. Eastern time.", "It sank."),
        ("The U.S. Marines and the U.S. Virgin Islands agreed.", "They met."),
    ],
)
def test_abbreviations_end_sentences_where_another_begins(first: str, second: str) -> None:
    text = f"{first} {second}"
    found = sentences.sentences(text, segment.blocks(text))
    assert [text[s.start : s.end] for s in found] == [first, second]


def test_the_items_of_a_numbered_list_are_without_their_numbers() -> None:
    text = "1. The wall broke on Monday night.\n2) Nine boats were lost.\n\nIt rained.\n"
    blocks = [text[block.start : block.end] for block in segment.blocks(text)]
    assert blocks == ["The wall broke on Monday night.", "Nine boats were lost.", "It rained."]


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    ("byline", "told"),
    [
        (
            "Una Price\nEducation reporter",
            "Una has worked for the Post since 2019.",
        ),
        ("By Una Price", "Una Price covers the coast. She grew up in Sund and has two cats."),
        ("Una Price\nReporter", "Una also writes about boats."),
        ("By Una Price una@marby.example", "Una Price covers Sund. Her dog is called Tide."),
        ("Una Price, Health Editor", "Una Price joined the Post in 2019. She lives in Sund."),
    ],
)
def test_what_is_told_of_the_author_at_the_end_is_no_claim(byline: str, told: str) -> None:
    text = f"Nine boats lost in storm\n\n{byline}\n\nNine boats were lost, police said.\n\n{told}\n"
    kinds = [block.kind for block in segment.blocks(text)]
    assert kinds.count("body") == 1
    assert set(kinds) == {"title", "byline", "body", "credit"}


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Ann Cole quit Monday.", "body"),
        ("Mayor Ann Cole ran from Marby Hall.", "body"),
        ("King Olav died Sunday.", "body"),
        ("MPs Ann Cole and Tom Webb wed Sunday.", "body"),
        ("Snow fell on Sund.", "body"),
        ("Ann Cole Quits.", "title"),
        ("“We Won!”", "title"),
        ("King Olav of Norland Is Dead at 91.", "title"),
        ("Ann Cole quits", "title"),
    ],
)
def test_a_short_sentence_is_no_title(line: str, kind: str) -> None:
    text = f"{line}\n\nShe had led the town for nine years, and was tired of it, a friend said.\n"
    assert segment.blocks(text)[0].kind == kind
