"""How the article of a claim came to its facts: relays, credits, first-hand reporting."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from factcheck import outlets
from factcheck.attribution.identity import same_speaker
from factcheck.provenance.crediting import Placed, placed_credits
from factcheck.provenance.names import mentions
from factcheck.provenance.relays import Relay, relays
from factcheck.records import Article, Claim, Evidence, OriginKind, Speaker, Via

# Sentences that a relay's own telling goes on for, and the sentences of a lead.
_REACH, _LEAD = 2, 3
# Talks with outlets that are followed through an article.
_MOST_TALKS = 50


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
    unnamed source of which nothing tells through whom the article reached it.
    """

    claim: Claim
    outlet: str
    family: str
    hands: tuple[Hand, ...]
    first_hand: Evidence | None
    unplaced: bool
    sentences: frozenset[int]

    @property
    def voice(self) -> Speaker | None:
        """Who vouches: the outermost source that is no outlet."""
        return self.claim.voice or self.claim.speaker

    @property
    def stated(self) -> Hand | None:
        """The relay that the claim's own attribution names, one named on the spot first."""
        named = [hand for hand in self.hands if hand.stated]
        return min(named, key=lambda hand: hand.carried, default=None)


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
    result: dict[str, Access] = {}
    for article in articles:
        for access in _of_article(article, by_article.get(article.id, []), families):
            result[access.claim.id] = access
    return result


def _of_article(
    article: Article, claims: Sequence[Claim], families: Mapping[str, str]
) -> Iterable[Access]:
    whole = [_from_credit(article, placed, families) for placed in placed_credits(article)]
    sentences = {claim.id: _sentences(article, claim) for claim in claims}
    near = _Near(article, claims, sentences)
    for claim in claims:
        held = sentences[claim.id]
        reaching = near.relays(claim, held)
        named = [_from_via(article, claim, via, families) for via in claim.via]
        hands = [
            *(hand for hand in named if hand),
            *(_from_relay(article, r, held, families) for r in reaching if not r.own),
            *whole,
        ]
        first_hand = next(
            (
                Evidence(article=article.id, span=span, note="told to the outlet itself")
                for span in (
                    *(r.span for r in reaching if r.own and r.form == "told"),
                    *(
                        hand.evidence.span
                        for hand in hands
                        if hand.stated and hand.evidence and hand.family == article.family
                    ),
                )
            ),
            None,
        )
        kept = tuple(hand for hand in hands if hand.family != article.family)
        voice = claim.voice or claim.speaker
        placed = first_hand or any(
            hand.stated or (hand.kind == "agency" and not hand.distant) for hand in kept
        )
        unplaced = bool(voice and voice.kind == "unnamed" and not placed)
        yield Access(claim, article.outlet, article.family, kept, first_hand, unplaced, held)


class _Near:
    """Finds the relays of an article that reach a claim."""

    def __init__(
        self, article: Article, claims: Sequence[Claim], sentences: Mapping[str, frozenset[int]]
    ) -> None:
        blocks = article.blocks
        body = (n for n, s in enumerate(article.sentences) if blocks[s.block].kind == "body")
        lead = frozenset(itertools.islice(body, _LEAD))
        self._in: dict[int, list[Relay]] = defaultdict(list)
        reports: dict[str, Relay] = {}
        leading: dict[str, Relay] = {}
        for relay in relays(article):
            self._in[relay.sentence].append(relay)
            if relay.form == "reports":
                reports.setdefault(relay.name, relay)
                if relay.sentence in lead:
                    leading.setdefault(relay.name, relay)
        self._reports, self._leading = tuple(reports.values()), tuple(leading.values())
        talks: dict[tuple[str, Speaker], Relay] = {}
        for claim in claims:
            voice = claim.voice or claim.speaker
            for number in sorted(sentences[claim.id]) if voice else ():
                for relay in self._in.get(number, ()):
                    if voice and relay.form == "told":
                        talks.setdefault((relay.name, voice), relay)
        self._talks = [(voice, relay) for (_, voice), relay in talks.items()][:_MOST_TALKS]
        self._same: dict[tuple[Speaker, Speaker], bool] = {}

    def relays(self, claim: Claim, held: frozenset[int]) -> list[Relay]:
        """The relays in the claim's sentences, just before, in the lead, and of a talk.

        A talk that a speaker had with an outlet reaches to what the same speaker says later. What
        an article tells in its own voice it may owe to any telling that it passes on.
        """
        first = min(held)
        found = [relay for number in sorted(held) for relay in self._in.get(number, ())]
        for number in range(first - _REACH, first):
            found += [relay for relay in self._in.get(number, ()) if relay.form == "reports"]
        found += self._reports if claim.kind == "report" else self._leading
        voice = claim.voice or claim.speaker
        if voice:
            found += [
                relay
                for teller, relay in self._talks
                if relay.sentence <= first + _REACH and self._is(teller, voice)
            ]
        return list(dict.fromkeys(found))

    def _is(self, a: Speaker, b: Speaker) -> bool:
        if (a, b) not in self._same:
            self._same[a, b] = bool(same_speaker(a, b))
        return self._same[a, b]


def _sentences(article: Article, claim: Claim) -> frozenset[int]:
    """The sentences that a claim's content and source stand in."""
    spans = (*claim.spans, *claim.source_spans, *claim.cue_spans)
    found = {claim.sentence}
    for number in range(claim.sentence, len(article.sentences)):
        sentence = article.sentences[number]
        if sentence.start >= claim.end and all(sentence.start >= end for _, end in spans):
            break
        if any(sentence.start < end and start < sentence.end for start, end in spans):
            found.add(number)
    return frozenset(found)


def _from_via(article: Article, claim: Claim, via: Via, families: Mapping[str, str]) -> Hand | None:
    info = outlets.lookup(via.name) or next((m.outlet for m in mentions(via.name)), None)
    if info is None and via.kind not in ("agency", "outlet"):
        return None  # a public place or document: everybody could witness it
    name = info.name if info else via.name
    kind: OriginKind = info.kind if info else ("agency" if via.kind == "agency" else "relay")
    note = f"{name}, named earlier" if via.carried else f"through {name}"
    return Hand(
        name,
        _family(name, families),
        kind,
        note,
        Evidence(article=article.id, span=via.span, note=note),
        stated=True,
        carried=via.carried,
    )


def _from_relay(
    article: Article, relay: Relay, held: frozenset[int], families: Mapping[str, str]
) -> Hand:
    kind: OriginKind = "agency" if relay.agency else "outlet"
    note = f"passes on {relay.name}"
    return Hand(
        relay.name,
        _family(relay.name, families),
        kind,
        note,
        Evidence(article=article.id, span=relay.span, note=note),
        distant=relay.sentence not in held,
    )


def _from_credit(article: Article, placed: Placed, families: Mapping[str, str]) -> Hand:
    credit = placed.credit
    kind: OriginKind = "agency" if credit.kind == "agency" else "outlet"
    note = f"{placed.place} credits {credit.name}"
    evidence = Evidence(article=article.id, span=credit.span, note=note) if credit.span else None
    return Hand(credit.name, _family(credit.name, families), kind, note, evidence, whole=True)


def _family(name: str, families: Mapping[str, str]) -> str:
    """The family of a relay: that of an article by the same outlet first (the ledger's word)."""
    key = outlets.key(name)
    info = outlets.lookup(name)
    return families.get(key) or (info.family if info else key)
