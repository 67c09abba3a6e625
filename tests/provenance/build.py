"""Articles and claims from a few words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from factcheck.access import Run, credits, read  # noqa: A004
from factcheck.ingest import article_from_text
from factcheck.records import Article, Claim, Speaker, Via


def article(text: str, path: str = "case.txt", **changes: Any) -> Article:
    """An article as ingest makes it of a text, with some fields set, and its credits placed."""
    page = article_from_text(text, path).model_copy(update=changes)
    return page.model_copy(update={"credits": credits(page)})


def claim(page: Article, words: str, number: int = 0, **changes: Any) -> Claim:
    """The claim that stands in these words."""
    start = page.text.index(words)
    end = start + len(words)
    sentence = next(n for n, s in enumerate(page.sentences) if s.start <= start < s.end)
    speaker = changes.get("speaker")
    return Claim.model_validate(
        {
            "id": f"{page.id}:{number}",
            "fingerprint": f"{page.id}:{number}",
            "article": page.id,
            "start": start,
            "end": end,
            "spans": ((start, end),),
            "text": words,
            "reading": words,
            "kind": "utterance" if speaker else "report",
            "quote": "indirect" if speaker else "none",
            "voice": speaker,
            "sentence": sentence,
            **changes,
        }
    )


def telling(entry: dict[str, Any]) -> tuple[Article, list[Claim]]:
    """The article of a case's telling, and its claims: the marked statement comes first."""
    words = re.search(r"\[\[(.+?)\]\]", entry["text"])
    assert words
    outlet = entry["outlet"]
    page = article(
        entry["text"].replace("[[", "").replace("]]", ""),
        id=outlet,
        outlet=outlet,
        family=entry.get("family", _family(outlet)),
        published=entry.get("published"),
    )
    speaker = None
    if "speaker" in entry:
        name = entry["speaker"]
        side = entry.get("organisation")
        speaker = Speaker(
            name=name,
            as_written=name,
            kind=entry["kind"],
            organisation=side,
            role=entry.get("role"),
        )
    via = tuple(
        Via(name=name, kind=kind, span=_find(page.text, name), carried=carried)
        for name, kind, carried in entry.get("via", ())
    )
    quote = {"quote": entry["quote"]} if "quote" in entry else {}
    claims = [claim(page, words[1], speaker=speaker, via=via, **quote)]
    for number, before in enumerate(entry.get("before", ()), 1):
        claims.append(claim(page, before, number, speaker=speaker))
    return page, claims


def tellings(entries: Sequence[dict[str, Any]]) -> list[tuple[Article, list[Claim]]]:
    """The articles and claims of tellings, their access read where the case gives no relay."""
    made = [telling(entry) for entry in entries]
    run = Run(page for page, _ in made)
    return [
        (page, claims if "via" in entry else list(read(page, claims, run)))
        for entry, (page, claims) in zip(entries, made, strict=True)
    ]


def _find(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def _family(outlet: str) -> str:
    from factcheck.outlets import family_of

    return family_of(outlet)
