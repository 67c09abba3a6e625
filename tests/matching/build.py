"""Articles and claims for tests, from plain data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NotRequired, TypedDict

from factcheck.matching import Matched
from factcheck.records import Article, Block, Claim, QuoteKind, Sentence, Speaker


class Line(TypedDict):
    """A sentence, and where it is attributed: who says it and which of its words are said."""

    sentence: str
    speaker: NotRequired[str]
    content: NotRequired[str]
    quote: NotRequired[QuoteKind]


def article(name: str, sentences: list[str], published: str | None = None) -> Article:
    """An article whose body is one line per sentence."""
    blocks, start = [], 0
    for sentence in sentences:
        blocks.append(Block(start=start, end=start + len(sentence), kind="body"))
        start += len(sentence) + 1
    return Article(
        id=name,
        path=f"{name}.txt",
        outlet=name,
        family=name,
        title=None,
        published=published,
        language="en",
        text="\n".join(sentences),
        blocks=tuple(blocks),
        sentences=tuple(
            Sentence(start=block.start, end=block.end, block=number)
            for number, block in enumerate(blocks)
        ),
    )


def claim(article: Article, number: int, line: Line) -> Claim:
    """The claim of one sentence: its content where it is attributed, else all of it."""
    sentence = article.sentences[number]
    content = line.get("content", line["sentence"])
    start = article.text.index(content, sentence.start, sentence.end)
    speaker = line.get("speaker")
    # Who says it and that it is said stand before the content, or after it.
    around = ((sentence.start, start), (start + len(content), sentence.end))
    return Claim(
        id=f"{article.id}:{number}",
        fingerprint=f"{article.id}:{content}",
        article=article.id,
        start=start,
        end=start + len(content),
        spans=((start, start + len(content)),),
        text=content,
        reading=content,
        kind="utterance" if speaker else "report",
        quote=line.get("quote", "indirect" if speaker else "none"),
        speaker=Speaker(name=speaker, as_written=speaker, kind="named") if speaker else None,
        source_spans=around if speaker else (),
        sentence=number,
    )


def corpus(data: dict[str, list[Line]]) -> tuple[dict[str, Article], list[Claim]]:
    """Articles by name, and the claims of all of them."""
    articles = {
        name: article(name, [line["sentence"] for line in lines]) for name, lines in data.items()
    }
    return articles, [
        claim(articles[name], number, line)
        for name, lines in data.items()
        for number, line in enumerate(lines)
    ]


def one_story(names: Iterable[str]) -> dict[str, frozenset[str]]:
    """Every article told of the same event."""
    every = frozenset(names)
    return {name: every - {name} for name in every}


def together(matched: Matched, a: str, b: str) -> bool:
    """Whether two claims stand in one group."""
    return any({a, b} <= set(group) for group in matched.groups)
