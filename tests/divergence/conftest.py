"""Articles and claims made of one sentence each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from factcheck import divergence, slots
from factcheck.records import Article, Block, Claim, Divergence, QuoteKind, Sentence, Speaker

Tell = Callable[..., tuple[Article, Claim]]


def tell(
    name: str,
    text: str,
    *,
    published: str | None = None,
    quote: QuoteKind = "none",
    speaker: str = "",
    event: int | None = None,
) -> tuple[Article, Claim]:
    """One sentence as an article of its own, and the claim it makes, with slots.

    The speaker stands behind the sentence, as in "…", said X.
    """
    end = len(text)
    text = f"{text} – {speaker}" if speaker else text
    article = Article(
        id=name,
        path=f"{name}.txt",
        outlet=name,
        family=name,
        title=None,
        published=published,
        language="en",
        text=text,
        blocks=(Block(start=0, end=len(text), kind="body"),),
        sentences=(Sentence(start=0, end=len(text), block=0),),
    )
    kind = "named" if speaker[:1].isupper() else "unnamed"
    claim = Claim(
        id=f"{name}-1",
        fingerprint=name,
        article=name,
        start=0,
        end=end,
        spans=((0, end),),
        text=text[:end],
        reading=text[:end],
        kind="utterance" if speaker or quote != "none" else "report",
        quote=quote,
        speaker=Speaker(name=speaker, as_written=speaker, kind=kind) if speaker else None,
        source_spans=((end + 3, len(text)),) if speaker else (),
        event=event,
    )
    return article, slots.fill(article, [claim])[0]


def hold(a: str, b: str, options: dict[str, Any] | None = None) -> list[Divergence]:
    """The divergences between two tellings of one thing."""
    options = options or {}
    published = options.get("published", [None, None])
    speakers = options.get("speakers", ["", ""])
    made = [
        tell(name, text, published=day, speaker=who, quote=options.get("quote", "none"))
        for name, text, day, who in zip("ab", (a, b), published, speakers, strict=True)
    ]
    articles = {article.id: article for article, _ in made}
    return divergence.find([[claim for _, claim in made]], articles)[0]


@pytest.fixture(name="tell")
def _tell() -> Tell:
    return tell


@pytest.fixture(name="hold")
def _hold() -> Callable[..., list[Divergence]]:
    return hold
