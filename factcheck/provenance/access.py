"""How the article of a claim came to its facts: relays, credits, first-hand reporting."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from factcheck import outlets
from factcheck.access.evidence import sentences
from factcheck.access.names import mentions
from factcheck.access.run import Run
from factcheck.access.same import same_outlet
from factcheck.records import Article, Claim, Credit, Evidence, OriginKind, Speaker, Via

_PLAIN = re.compile(r"\s+(?:\([^()]{0,60}\)|\d[\d.]*(?:\s?(?:FM|AM|fm|am))?)$")

_NUMBER = re.compile(r" \d{1,2}\b(?![.,:]?\d)(?! ?%)")


class Hand(NamedTuple):
    """An agency or outlet that facts passed through on the way to an article.

    `stated`: the claim's own attribution names it. Other hands are credits of the article and
    relays near the claim; they can show that two tellings depend on each other, never that they
    do not. `distant`: a relay of another sentence than the claim's.
    `whole`: a credit of the whole article.
    """

    name: str
    family: str
    kind: OriginKind
    note: str
    evidence: Evidence | None = None
    stated: bool = False
    carried: bool = False
    distant: bool = False
    whole: bool = False


class Access(NamedTuple):
    """One claim's access to the facts.

    `first_hand`: where the article tells that the source spoke to its own outlet. `unplaced`: an
    unnamed source of which nothing tells through whom, or where, the article reached it.
    """

    claim: Claim
    outlet: str
    family: str
    hands: tuple[Hand, ...]
    first_hand: Evidence | None
    unplaced: bool
    sentences: frozenset[int]

    def has_from(self, hand: Hand) -> bool:
        """Whether a hand is this claim's own outlet."""
        return hand.family == self.family or one_outlet(hand.name, self.outlet)

    @property
    def voice(self) -> Speaker | None:
        """Who vouches: the outermost source that is no outlet."""
        return self.claim.voice or self.claim.speaker

    @property
    def stated(self) -> Hand | None:
        """The relay that the claim's own attribution names, one named on the spot first."""
        named = [hand for hand in self.hands if hand.stated]
        return min(named, key=lambda hand: hand.carried, default=None)


def one_outlet(one: str, other: str) -> bool:
    """Whether two names can be one outlet's, editions and frequencies left out ("Radio 98.3")."""
    return same_outlet(_PLAIN.sub("", one), _PLAIN.sub("", other))


def accesses(articles: Iterable[Article], claims: Iterable[Claim]) -> dict[str, Access]:
    """Return the access of every claim, by claim id."""
    by_article: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_article[claim.article].append(claim)
    articles = list(articles)
    families = {
        outlets.key(name): article.family
        for article in articles
        for name in (article.family, article.outlet)
    }
    run = Run(articles)
    result: dict[str, Access] = {}
    for article in articles:
        for access in _of_article(article, by_article.get(article.id, []), run, families):
            result[access.claim.id] = access
    return result


def _of_article(
    article: Article, claims: Sequence[Claim], run: Run, families: Mapping[str, str]
) -> Iterable[Access]:
    whole = [_from_credit(article, credit, run, families) for credit in article.credits]
    for claim in claims:
        stated = [_from_via(article, claim, via, run, families) for via in claim.via]
        distant = [
            _from_via(article, claim, via, run, families, perhaps=True)
            for via in claim.access.perhaps
        ]
        hands = [*(hand for hand in stated if hand), *(hand for hand in distant if hand), *whole]
        first_hand = _first_hand(article, claim, hands)
        kept = tuple(hand for hand in hands if hand.family != article.family)
        voice = claim.voice or claim.speaker
        placed = (
            first_hand
            or claim.access.kind in ("public", "document")
            or any(hand.stated or (hand.kind == "agency" and not hand.distant) for hand in kept)
        )
        unplaced = bool(voice and voice.kind == "unnamed" and not placed)
        held = frozenset(sentences(article, claim))
        yield Access(claim, article.outlet, article.family, kept, first_hand, unplaced, held)


def _first_hand(article: Article, claim: Claim, hands: Sequence[Hand]) -> Evidence | None:
    """Where the article tells that its own outlet was told, or saw, what it states."""
    note = "told to the outlet itself"
    if claim.access.kind in ("interview", "witnessed") and claim.access.spans:
        return Evidence(article=article.id, span=claim.access.spans[0], note=note)
    own = (h.evidence for h in hands if h.stated and h.evidence and h.family == article.family)
    return next((Evidence(article=e.article, span=e.span, note=note) for e in own), None)


def _from_via(
    article: Article,
    claim: Claim,
    via: Via,
    run: Run,
    families: Mapping[str, str],
    perhaps: bool = False,
) -> Hand | None:
    info = outlets.lookup(via.name) or next((m.outlet for m in mentions(via.name)), None)
    if info is None and via.kind not in ("agency", "outlet"):
        return None  # a public place or document: everybody could witness it
    name = info.name if info else via.name + _number_behind(article.text, via)
    kind: OriginKind = info.kind if info else ("agency" if via.kind == "agency" else "relay")
    note = f"{name}, named earlier" if via.carried else f"through {name}"
    note = f"passes on {name}" if perhaps else note
    # What an article calls "the Guardian" is its own outlet, whoever else has that name.
    own = any(one_outlet(n, article.outlet) for n in (name, via.name))
    return Hand(
        name,
        article.family if own else _family(name, run, families),
        kind,
        note,
        Evidence(article=article.id, span=via.span, note=note),
        stated=not perhaps,
        carried=via.carried,
        distant=perhaps,
    )


def _number_behind(text: str, via: Via) -> str:
    """The number of a name that was read without it: of "Channel", where "Channel 4" stands."""
    start, end = via.span
    found = _NUMBER.match(text, end) if text[start:end] == via.name else None
    return found[0] if found else ""


def _from_credit(article: Article, credit: Credit, run: Run, families: Mapping[str, str]) -> Hand:
    kind: OriginKind = "agency" if credit.kind == "agency" else "outlet"
    note = f"the article credits {credit.name}"
    evidence = Evidence(article=article.id, span=credit.span, note=note) if credit.span else None
    return Hand(credit.name, _family(credit.name, run, families), kind, note, evidence, whole=True)


def _family(name: str, run: Run, families: Mapping[str, str]) -> str:
    """The family of a relay: that of an article by the same outlet first (the ledger's word)."""
    key = run.key(name)
    info = outlets.lookup(name)
    return families.get(key) or (info.family if info else key)
