"""Lines, columns, excerpts and diffs against slow and obvious ways to get the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from factcheck.records import Article, Block, Sentence, Span
from factcheck.reports.diff import differing, inline
from factcheck.reports.places import cut, excerpt, neighbourhood, place

TEXT = st.text(st.sampled_from("ab\n\r .“”é"), min_size=1, max_size=60)
WORDS = st.lists(
    st.sampled_from(["the", "captain", "did", "not", "15", "ago,", "“so”"]), max_size=8
)


def _article(text: str) -> Article:
    return Article(
        id="a",
        path="a.txt",
        outlet="a",
        family="a",
        title=None,
        published=None,
        language="en",
        text=text,
        blocks=(Block(start=0, end=len(text), kind="body"),),
        sentences=tuple(Sentence(start=start, end=end, block=0) for start, end in _sentences(text)),
    )


def _sentences(text: str) -> list[Span]:
    ends = [index + 1 for index, char in enumerate(text) if char == "."]
    return list(zip([0, *ends], ends, strict=False))


@st.composite
def article_and_span(draw: st.DrawFn) -> tuple[Article, Span]:
    text = draw(TEXT)
    start = draw(st.integers(0, len(text) - 1))
    return _article(text), (start, draw(st.integers(start + 1, len(text))))


@given(article_and_span())
def test_lines_and_columns(case: tuple[Article, Span]) -> None:
    article, (start, end) = case
    found = place(article, (start, end))
    assert found.line == article.text[:start].count("\n") + 1
    assert found.column == len(article.text[:start].split("\n")[-1]) + 1
    assert found.end_line == article.text[: end - 1].count("\n") + 1
    last = article.text[: end - 1].split("\n")[-1]
    assert found.end_column == len(last) + 2


@given(article_and_span(), st.integers(0, 40))
def test_an_excerpt_holds_its_span_and_is_part_of_the_text(
    case: tuple[Article, Span], room: int
) -> None:
    article, span = case
    pieces = excerpt(article, span, room)
    assert [piece.text for piece in pieces if piece.mark == "hit"] == [article.text[slice(*span)]]
    told = "".join(piece.text for piece in pieces).removeprefix("… ").removesuffix(" …")
    # But for marks that the cut left open, at its ends.
    whole = [told, told[1:], *(told[:-n] for n in range(1, 4)), *(told[1:-n] for n in range(1, 4))]
    told = next((words for words in whole if words in article.text), told)
    assert told in article.text
    assert len(told) <= max(room, span[1] - span[0]) + 1


@given(article_and_span(), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4))
def test_cutting_keeps_the_text_and_marks_every_character(
    case: tuple[Article, Span], raw: list[tuple[int, int]]
) -> None:
    article, window = case
    marks = [((min(pair), max(pair)), str(index)) for index, pair in enumerate(raw)]
    pieces = cut(article.text, window, marks)
    assert "".join(piece.text for piece in pieces) == article.text[slice(*window)]
    told = [piece.mark for piece in pieces for _ in piece.text]
    expected = [
        next((name for (start, end), name in marks if start <= at < end), "")
        for at in range(*window)
    ]
    assert told == expected


def test_neighbours_are_body_sentences() -> None:
    text = "Caption. One. Two. Three."
    article = _article(text).model_copy(
        update={
            "blocks": (
                Block(start=0, end=8, kind="caption"),
                Block(start=9, end=len(text), kind="body"),
            ),
            "sentences": (
                Sentence(start=0, end=8, block=0),
                Sentence(start=9, end=13, block=1),
                Sentence(start=14, end=18, block=1),
                Sentence(start=19, end=25, block=1),
            ),
        }
    )
    assert neighbourhood(article, (14, 17)) == ((9, 13), (19, 25))
    assert neighbourhood(article, (9, 12)) == ((9, 9), (14, 18))


@given(WORDS, WORDS)
def test_without_the_differing_words_both_texts_are_the_same(a: list[str], b: list[str]) -> None:
    left, right = " ".join(a), " ".join(b)
    sides = []
    for text, spans in zip((left, right), differing(left, right), strict=True):
        assert spans == sorted(spans)
        assert all(0 <= start < end <= len(text) for start, end in spans)
        kept = [c for i, c in enumerate(text) if not any(s <= i < e for s, e in spans)]
        sides.append("".join(kept).replace(" ", ""))
    assert sides[0] == sides[1]


@given(WORDS, WORDS)
def test_an_inline_diff_holds_both_texts(a: list[str], b: list[str]) -> None:
    left, right = " ".join(a), " ".join(b)
    pieces = inline(left, right)
    for text, other in ((left, "added"), (right, "removed")):
        told = "".join(piece.text for piece in pieces if piece.mark != other)
        assert told.replace(" ", "") == text.replace(" ", "")


def test_the_same_words_do_not_differ() -> None:
    assert differing("We did NOT go.", "we did not go .") == ([], [])


def test_a_dropped_not_is_found() -> None:
    left, right = "he did not ignore it", "he did ignore it"
    assert differing(left, right) == ([(7, 10)], [])


def test_very_long_texts_differ_as_a_whole() -> None:
    long = "word " * 500
    assert differing(long, "word") == ([(0, len(long))], [(0, 4)])
