"""Pages in the structures of news sites: each is read whole, and nothing of what is around it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from benchmarks.page_patterns import PATTERNS, Story
from benchmarks.pages import ours, right, stories, text_f1
from factcheck.intake.drafts import Draft, Where
from factcheck.intake.pages import read_page
from tests.intake.server import TEXT

STORIES = stories()


@pytest.mark.parametrize("make", PATTERNS.values(), ids=PATTERNS)
def test_a_page_is_read(make: Callable[[Story], str]) -> None:
    story = STORIES[0]
    found = ours(make(story))
    assert text_f1(found["text"], story.paragraphs) >= 0.95, found["text"]
    assert right(found, story) == dict.fromkeys(("title", "outlet", "byline", "date"), True)


def text_of(page: str) -> str:
    taken = read_page(page, Where("page.html"))
    assert isinstance(taken, Draft)
    return taken.text


def test_a_table_of_data_is_not_taken_for_layout() -> None:
    rows = "".join(f"<tr><td>Pier {n}</td><td>{n} cracks</td></tr>" for n in range(1, 9))
    paragraphs = "".join(f"<p>{text}</p>" for text in TEXT)
    told = text_of(
        f"<html><body><article>{paragraphs}<table>{rows}</table></article></body></html>"
    )
    assert told == "\n\n".join(TEXT)


def test_an_article_in_an_element_called_like_a_box_is_kept() -> None:
    paragraphs = "".join(f"<p>{text}</p>" for text in TEXT)
    told = text_of(f'<html><body><div class="related main">{paragraphs}</div></body></html>')
    assert told == "\n\n".join(TEXT)
