"""Copies of an article as outlets make them, planted so that what is one origin is known.

`copies` takes a real article apart into its sentences and writes it anew: verbatim, cut, under a
new headline and lead, with its paragraphs moved, with a share of its words replaced, without its
credits. Each sentence of a copy keeps the number of the sentence it was made of.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from factcheck.access.crediting import placed_credits
from factcheck.records import Article, Span

KINDS = (
    "verbatim",
    "cut",
    "new lead",
    "moved",
    "replaced 5",
    "replaced 15",
    "no credit",
    "replaced 30",
)
# Not a copy of an article: three paragraphs of it inside another one.
EXCERPT = "excerpt"
_WORD = re.compile(r"\b[a-z]+(?:['’][a-z]+)?\b")


@dataclass(frozen=True)
class Copy:
    """A text made from an article; `made_of[i]` is (sentence of the article, span in `text`)."""

    kind: str
    text: str
    made_of: tuple[tuple[int, Span], ...]


@dataclass
class _Draft:
    text: str = ""
    made_of: list[tuple[int, Span]] = field(default_factory=list)

    def add(self, sentence: int | None, words: str, before: str) -> None:
        self.text += before if self.text else ""
        start = len(self.text)
        self.text += words
        if sentence is not None:
            self.made_of.append((sentence, (start, len(self.text))))


def paragraphs(article: Article) -> list[list[tuple[int, str]]]:
    """The body of an article: its paragraphs as numbered sentences, credits and all."""
    found: dict[int, list[tuple[int, str]]] = {}
    for number, sentence in enumerate(article.sentences):
        if article.blocks[sentence.block].kind == "body":
            text = " ".join(article.text[sentence.start : sentence.end].split())
            found.setdefault(sentence.block, []).append((number, text))
    return list(found.values())


def copies(
    article: Article, others: Sequence[str], vocabulary: Sequence[str], rng: random.Random
) -> list[Copy]:
    """Make one copy of every kind.

    `others` are sentences to make new headlines and leads of, `vocabulary` the words that replace
    others, as often as they are used.
    """
    body = paragraphs(article)
    made = [_excerpt(body, others, vocabulary, rng)]
    for kind in KINDS:
        title: str | None = article.title
        parts = [list(part) for part in body]
        if kind == "cut":
            parts = parts[: max(2, round(len(parts) * rng.uniform(0.3, 0.7)))]
        elif kind == "new lead":
            title = rng.choice(others)[:70].rstrip(".")
            parts[0] = [(-1, rng.choice(others))]
        elif kind == "moved":
            rng.shuffle(parts)
        elif kind == "no credit":
            parts = _without_credits(article, parts)
        elif kind.startswith("replaced"):
            share = int(kind.split()[1]) / 100
            parts = [[(n, replaced(s, share, vocabulary, rng)) for n, s in part] for part in parts]
        made.append(_written(kind, title, parts))
    return made


def _excerpt(
    body: Sequence[list[tuple[int, str]]],
    others: Sequence[str],
    vocabulary: Sequence[str],
    rng: random.Random,
) -> Copy:
    """Another text of its own that takes over three paragraphs in a row, lightly reworded."""
    first = rng.randrange(max(1, len(body) - 2))
    taken = [
        [(n, replaced(s, 0.1, vocabulary, rng)) for n, s in part]
        for part in body[first : first + 3]
    ]
    # Sentences cut from a longer quotation would leave marks open, and hide what follows.
    whole = [sentence for sentence in others if not re.search('["“”]', sentence)]
    own = [[(-1, sentence)] for sentence in rng.sample(whole, 20)]
    return _written(EXCERPT, rng.choice(others)[:70].rstrip("."), [*own[:12], *taken, *own[12:]])


def replaced(sentence: str, share: float, vocabulary: Sequence[str], rng: random.Random) -> str:
    """Replace `share` of all words by others; names and figures stay, or it were another story."""
    words = re.findall(r"\w+", sentence)
    changeable = list(_WORD.finditer(sentence))
    count = min(len(changeable), int(share * len(words) + rng.random()))
    result, at = [], 0
    for match in sorted(rng.sample(changeable, count), key=lambda m: m.start()):
        result += [sentence[at : match.start()], rng.choice(vocabulary)]
        at = match.end()
    return "".join([*result, sentence[at:]])


def _without_credits(
    article: Article, parts: Sequence[list[tuple[int, str]]]
) -> list[list[tuple[int, str]]]:
    """Take the dateline off, and every sentence that holds another credit."""
    spans = [p.credit.span for p in placed_credits(article) if p.credit.span]
    kept = []
    for part in parts:
        sentences = []
        for number, text in part:
            sentence = article.sentences[number]
            holds = any(sentence.start <= s < sentence.end for s, _ in spans)
            bare = re.sub(r"^[^()]{0,90}\([^()]{2,40}\)\s*[-–—]+\s*", "", text)
            if not holds or bare != text:
                sentences.append((number, bare))
        if sentences:
            kept.append(sentences)
    return kept


def _written(kind: str, title: str | None, parts: Sequence[Sequence[tuple[int, str]]]) -> Copy:
    draft = _Draft()
    if title:
        draft.add(None, title, "")
    for part in parts:
        for place, (number, text) in enumerate(part):
            draft.add(number if number >= 0 else None, text, "\n\n" if place == 0 else " ")
    return Copy(kind, draft.text, tuple(draft.made_of))
