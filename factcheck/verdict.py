"""Claims, origins, voices and conflicts of a group → status, qualifiers and the reason in words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from factcheck.access import described, findable
from factcheck.attribution.labelled import UNKNOWN
from factcheck.attribution.lexicon import fold, lexicon
from factcheck.config import Provenance as Policy
from factcheck.provenance.voices import another_said
from factcheck.records import (
    Claim,
    Divergence,
    Independence,
    Link,
    Origin,
    Qualifier,
    Status,
    Voice,
)

# How independent origins are, the surest first.
_GRADES: tuple[Independence, ...] = ("shown", "likely", "assumed")
_WORD = re.compile(r"\w+")
_SEVERAL = re.compile(r"(?:\w{2}[^\Ws]s|people|men|women)$")


class Verdict(NamedTuple):
    """What a group comes to. `qualifiers` are in the order of the report format."""

    status: Status
    qualifiers: tuple[Qualifier, ...]
    reason: str


def decide(
    claims: Sequence[Claim],
    outlets: Mapping[str, str],
    origins: Sequence[Origin],
    voices: Sequence[Voice],
    divergences: Sequence[Divergence],
    policy: Policy,
    caveat: str = "",
    links: Sequence[Link] | None = None,
    *,
    several: float = 1.0,
    disputed: bool = False,
) -> Verdict:
    """Return the verdict on a group: the first status that applies, and what qualifies it.

    `claims` are those that carry the statement; `disputed` is whether others of the group deny it
    or leave it open. `outlets` maps article ids to outlets. `caveat` is put behind the reason as it
    is. Origins corroborate each other where a pair of their claims is the same statement at least
    as probably as the policy asks, by `links` (those of one thing); without these all claims are
    taken to state the same. `several` is the probability of at least two origins.
    """
    carriers = sorted({outlets[claim.article] for claim in claims})
    material = [divergence for divergence in divergences if divergence.material]
    grades = _GRADES[: _GRADES.index(policy.independence) + 1]
    counted = [origin for origin in origins if origin.independence in grades]
    enough = several >= (policy.likely if policy.independence == "likely" else policy.independent)
    status: Status
    if material:
        status = "divergent"
    elif enough and _together(counted, claims, links, policy.same) >= policy.minimum_origins:
        status = "corroborated"
    else:
        status = "single-sourced"

    one_voice = _one_voice(claims, origins, voices) if len(carriers) > 1 else None
    speakers = _two_speakers(claims) if status == "single-sourced" else None
    best = grade(origins)
    qualifiers: dict[Qualifier, bool] = {
        "echoed": status == "single-sourced" and len(origins) == 1 and len(carriers) > 1,
        "one-voice": one_voice is not None,
        "anonymous": _anonymous(claims, origins, voices),
        "assumed": best == "assumed",
        "contested": any(divergence.contested for divergence in material),
        "updated": any(divergence.updated for divergence in divergences),
    }
    reason = "; ".join(
        part
        for part in (
            _headline(
                status,
                one_voice,
                claims,
                material,
                policy,
                len(origins),
                len(counted),
                None if enough else several,
                speakers,
            ),
            _counts(carriers, origins, "told by " * disputed, "" if enough else "perhaps "),
            ""
            if speakers and len(origins) > 1
            else _independence(origins, best, doubted=status == "single-sourced" and not enough),
            caveat,
        )
        if part
    )
    return Verdict(status, tuple(name for name, holds in qualifiers.items() if holds), reason)


def grade(origins: Sequence[Origin]) -> Independence | None:
    """How independent the surest of several origins is."""
    return min((o.independence for o in origins if o.independence), key=_GRADES.index, default=None)


def _together(
    origins: Sequence[Origin], claims: Sequence[Claim], links: Sequence[Link] | None, least: float
) -> int:
    """The number of origins that probable links hold together; the most that do.

    Those that give the same words to two speakers count once: one of them has it wrong.
    """
    member = {claim: number for number, origin in enumerate(origins) for claim in origin.claims}
    told = [claim for claim in claims if claim.id in member]
    first = list(range(len(origins)))
    for a, b in itertools.combinations(told, 2):
        low, high = sorted((first[member[a.id]], first[member[b.id]]))
        if low != high and another_said(a, b):
            first = [low if number == high else number for number in first]
    if links is None or len(set(first)) < 2:
        return len(set(first))
    with_whom = {number: {number} for number in first}
    for link in links:
        if link.a in member and link.b in member and (link.decided or link.score >= least):
            both = with_whom[first[member[link.a]]] | with_whom[first[member[link.b]]]
            with_whom.update(dict.fromkeys(both, both))
    return max((len(others) for others in with_whom.values()), default=0)


def _two_speakers(claims: Sequence[Claim]) -> tuple[str, str] | None:
    """The two to whom the same words are given, if they are."""
    return next(
        (
            (a.speaker.name, b.speaker.name)
            for a, b in itertools.combinations(claims, 2)
            if a.speaker and b.speaker and a.article != b.article and another_said(a, b)
        ),
        None,
    )


def _one_voice(
    claims: Sequence[Claim], origins: Sequence[Origin], voices: Sequence[Voice]
) -> Voice | None:
    """The one voice that all origins lead to.

    An origin in an outlet's own voice leads to it where it is placed at the occasion, or in the
    document, at which the voice told it. Else it leads to none, whatever those say who have it from
    there. What one outlet has from a document or a body and another tells in its own voice, without
    naming the body, that one vouches for.
    """
    if len(voices) != 1:
        return None
    voice = voices[0]
    said = set(voice.claims)
    there = {_occasion(claim) for claim in claims if claim.id in said} - {None}
    said |= {claim.id for claim in claims if _occasion(claim) in there}
    if voice.kind in ("document", "organisation"):
        named = voice.kind == "organisation"
        told = {c.article for c in claims if c.id in said or (named and _names(c, voice))}
        if any(claim.article not in told for claim in claims):
            return None
    return voice if _leads(origins, said) else None


def _leads(origins: Sequence[Origin], said: AbstractSet[str]) -> bool:
    """Whether whom the others of each origin have it from is among those who say who said it."""
    return all(said & set(origin.first or origin.claims) for origin in origins)


def _names(claim: Claim, body: Voice) -> bool:
    """Whether a telling in an outlet's own voice has a word of a body's name: "the ministry"."""
    name = set(_WORD.findall(fold(body.name))) - lexicon().functions
    return not name.isdisjoint(_WORD.findall(fold(claim.text)))


def _occasion(claim: Claim) -> str | None:
    return claim.access.name if claim.access.kind in ("public", "document") else None


def _anonymous(claims: Sequence[Claim], origins: Sequence[Origin], voices: Sequence[Voice]) -> bool:
    """Whether all origins lead to voices of which no telling says enough to find them.

    Of a quotation whose speaker was not made out nobody says that he is unnamed.
    """
    said = {claim for voice in voices for claim in voice.claims}
    heard = (claim.voice or claim.speaker for claim in claims if claim.id in said)
    found = any(findable(s) or s.name == UNKNOWN for s in heard if s)
    return (
        bool(voices)
        and all(voice.kind == "unnamed" for voice in voices)
        and not found
        and _leads(origins, said)
    )


def _headline(
    status: Status,
    one_voice: Voice | None,
    claims: Sequence[Claim],
    material: Sequence[Divergence],
    policy: Policy,
    origins: int,
    counted: int,
    unlikely: float | None,
    two_speakers: tuple[str, str] | None,
) -> str:
    if status == "divergent":
        conflicts = "; ".join(dict.fromkeys(divergence.reason for divergence in material))
        what = "contested" if any(d.contested for d in material) else "divergent"
        return f"{what} – {conflicts}" + (f"; {only(one_voice)}" if one_voice else "")
    if status == "corroborated":
        if one_voice:
            return f"corroborated that it was said – {only(one_voice)}"
        if all(claim.kind == "utterance" for claim in claims):
            return "corroborated – several voices say so"
        return "corroborated"
    if two_speakers:
        one, other = two_speakers
        return f"single-sourced – the same words are given to two speakers, {one} and {other}"
    if origins < policy.minimum_origins:
        if origins == 1:
            return f"single-sourced – {only(one_voice)}" if one_voice else "single-sourced"
        return "single-sourced – too few origins for the policy"
    if unlikely is not None:
        least = policy.likely if policy.independence == "likely" else policy.independent
        asked = f"{least:.0%}"
        told = f"{unlikely:.0%}"
        told = f"just under the {asked}" if told == asked else f"{told} where {asked} is"
        return f"single-sourced – two separate origins are not likely enough: {told} asked for"
    if counted >= policy.minimum_origins:
        return "single-sourced – it is too uncertain that the origins tell the same"
    return f"single-sourced – the policy asks for origins {policy.independence} to be independent"


def only(voice: Voice) -> str:
    """Who alone vouches: `one voice, Dana Reyes`, `one unnamed official`."""
    if voice.kind != "unnamed":
        return f"one voice, {voice.name}"
    name = unnamed(voice.name)
    return f"{name} alone" if _SEVERAL.search(described(name)) else f"one {name}"


def unnamed(name: str) -> str:
    """The description of an unnamed source behind the word that says so: "unnamed officials"."""
    if name.startswith("one of "):
        return f"unnamed source, {name}"
    for word in ("an ", "a ", "the ", "one ", "unnamed ", "anonymous "):
        name = name.removeprefix(word)
    return f"unnamed {name or 'source'}"


def _counts(outlets: Sequence[str], origins: Sequence[Origin], lead: str, unsure: str) -> str:
    names = ", ".join(dict.fromkeys(origin.name for origin in origins))
    perhaps = unsure if len(origins) > 1 else ""
    many = f"{perhaps}{_number(len(origins), 'origin')}"
    return f"{lead}{_number(len(outlets), 'outlet')}, {many} ({names})"


def _independence(origins: Sequence[Origin], best: Independence | None, *, doubted: bool) -> str:
    if len(origins) < 2:
        return _once(o.reason for o in origins if len(o.outlets) > 1)
    if doubted:
        return _once(o.doubt for o in origins)
    reasons = _once(o.apart for o in origins if o.independence == best)
    return f"independence {best}" + (f": {reasons}" if reasons else "")


def _once(reasons: Iterable[str]) -> str:
    """Reasons in a row, what several origins share told once."""
    return "; ".join(
        dict.fromkeys(part for reason in reasons for part in reason.split("; ") if part)
    )


def _number(count: int, word: str) -> str:
    return f"{count} {word}" + ("" if count == 1 else "s")
