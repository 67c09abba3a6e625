"""A statement in a sentence of its own, held against claims by the same scores as two claims."""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.matching.features import Rivals, measure
from factcheck.matching.profiles import Profile, profiles
from factcheck.matching.score import load_model, probability
from factcheck.records import Article, Block, Claim, Sentence, Speaker


def alone(name: str, text: str, speaker: str | None = None) -> tuple[Article, Claim]:
    """An article with the id `name` that is one sentence, and the claim that is all of it."""
    article = Article(
        id=name,
        path=name,
        outlet=name,
        family=name,
        title=None,
        published=None,
        language="en",
        text=text,
        blocks=(Block(start=0, end=len(text), kind="body"),),
        sentences=(Sentence(start=0, end=len(text), block=0),),
    )
    claim = Claim(
        id=name,
        fingerprint=name,
        article=name,
        start=0,
        end=len(text),
        spans=((0, len(text)),),
        text=text,
        reading=text,
        kind="utterance" if speaker else "report",
        quote="none",
        speaker=Speaker(name=speaker, as_written=speaker, kind="named") if speaker else None,
    )
    return article, claim


def scores(statement: str, speaker: str | None, claims: Sequence[Profile]) -> list[float]:
    """The probabilities that claims state a statement, by the features alone.

    The statement is scored as the only claim of an article of its own.
    """
    if not claims:
        return []
    article, claim = alone("", statement, speaker)
    prepared = [*profiles({"": article}, [claim]), *claims]
    pairs = [(0, number) for number in range(1, len(prepared))]
    features = measure(prepared, pairs, Rivals(prepared, pairs))
    return [float(value) for value in probability(load_model().log_odds(features))]
