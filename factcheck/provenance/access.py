"""How the article of a claim came to its facts: relays, credits, first-hand reporting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from factcheck import outlets
from factcheck.provenance.crediting import Placed, placed_credits
from factcheck.provenance.names import mentions
from factcheck.provenance.relays import Relay, relays
from factcheck.provenance.voices import same_speaker
from factcheck.records import Article, Claim, Evidence, OriginKind, Speaker, Via

# Sentences that a relay's own telling goes on for, and the sentences of a lead.
_REACH, _LEAD = 2, 3


class Hand(NamedTuple):
    """An agency or outlet that facts passed through on the way to an article.

    `stated`: the claim's own attribution names it. Other hands are credits of the article and
    relays near the claim; they can show that two tellings depend on each other, never that they
    do not. `distant`: a relay of another sentence than the claim's.
    """

    name: str
    family: str
    kind: OriginKind
    note: str
    evidence: Evidence | None = None
    stated: bool = False
    carried: bool = False
    distant: bool = False


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
    families = {outlets.key(article.outlet): article.family for article in articles}
    result: dict[str, Access] = {}
    for article in articles:
        for access in _of_article(article, by_article.get(article.id, []), families):
            result[access.claim.id] = access
    return result


def _of_article(
    article: Article, claims: Sequence[Claim], families: Mapping[str, str]
) -> Iterable[Access]:
    whole = [_from_credit(article, placed, families) for placed in placed_credits(article)]
    named = relays(article)
    body = [n for n, s in enumerate(article.sentences) if article.blocks[s.block].kind == "body"]
    lead = frozenset(body[:_LEAD])
    sentences = {claim.id: _sentences(article, claim) for claim in claims}
    tellers = {
        relay: [
            claim.voice or claim.speaker
            for claim in claims
            if relay.sentence in sentences[claim.id] and (claim.voice or claim.speaker)
        ]
        for relay in named
        if relay.form == "told"
    }
    for claim in claims:
        held = sentences[claim.id]
        hands = [_from_via(article, claim, via, families) for via in claim.via]
        near = [r for r in named if _bears_on(r, held, lead, claim, tellers)]
        hands += [_from_relay(article, r, held, families) for r in near if not r.own]
        hands += whole
        kept = [hand for hand in hands if hand and hand.family != article.family]
        own = next((r for r in near if r.own and r.form == "told"), None)
        told_us = any(hand and hand.family == article.family and hand.stated for hand in hands)
        first_hand = None
        if own or told_us:
            span = own.span if own else claim.via[0].span
            first_hand = Evidence(article=article.id, span=span, note="told to the outlet itself")
        voice = claim.voice or claim.speaker
        unplaced = bool(voice and voice.kind == "unnamed" and not kept and not first_hand)
        yield Access(claim, article.outlet, article.family, tuple(kept), first_hand, unplaced, held)


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


def _bears_on(
    relay: Relay,
    held: frozenset[int],
    lead: frozenset[int],
    claim: Claim,
    tellers: Mapping[Relay, Sequence[Speaker | None]],
) -> bool:
    """Whether a relay reaches a claim: in its sentence, just before it, in the lead, or by a talk.

    A talk that a speaker had with an outlet reaches to what the same speaker says later.
    """
    if relay.sentence in held:
        return True
    first = min(held)
    if relay.form == "reports":
        if claim.kind == "report":
            # An article that passes on another's telling may owe it whatever it tells itself.
            return True
        return relay.sentence in lead or first - _REACH <= relay.sentence < first
    voice = claim.voice or claim.speaker
    return (
        relay.sentence <= first + _REACH
        and voice is not None
        and any(teller and same_speaker(teller, voice) for teller in tellers.get(relay, ()))
    )


def _from_via(article: Article, claim: Claim, via: Via, families: Mapping[str, str]) -> Hand | None:
    info = outlets.lookup(via.name) or next((m.outlet for m in mentions(via.name)), None)
    if info is None and via.kind not in ("agency", "outlet"):
        return None  # a public place or document: everybody could witness it
    name = info.name if info else via.name
    kind: OriginKind = info.kind if info else ("agency" if via.kind == "agency" else "relay")
    note = f"named earlier as {name}'s" if via.carried else f"through {name}"
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
    return Hand(credit.name, _family(credit.name, families, placed.family), kind, note, evidence)


def _family(name: str, families: Mapping[str, str], known: str | None = None) -> str:
    """The family of a relay: that of an article by the same outlet first (the ledger's word)."""
    return families.get(outlets.key(name)) or known or outlets.family_of(name)
