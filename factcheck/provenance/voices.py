"""Who vouches for a statement: the voices of a group."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from factcheck.access.same import same_outlet
from factcheck.attribution.identity import same_body_named_shorter, same_speaker, speaks_for
from factcheck.outlets import key
from factcheck.records import Claim, Origin, Speaker, SpeakerKind, Voice

# Sources that a reader could find.
_NAMED = ("named", "organisation")


def one_voice(a: Speaker, b: Speaker) -> bool:
    """Whether two sources count as one voice.

    They do where they are the same, and where two unnamed ones, or two names that fit together
    ("Aliyev"), are not shown to differ. Who speaks for an organisation is its voice, and so is the
    organisation named in short ("the ministry").
    """
    same = same_speaker(a, b)
    if same is True or (same is None and a.kind == b.kind and a.kind in ("unnamed", "named")):
        return True
    one, other = _body(a), _body(b)
    if one is None or other is None:
        return False
    return same_speaker(one, other) is True or same_body_named_shorter(one, other)


def _body(speaker: Speaker) -> Speaker | None:
    """The organisation that a speaker is or speaks for."""
    if speaker.kind == "organisation":
        return speaker
    name = speaks_for(speaker)
    return Speaker(name=name, as_written=name, kind="organisation") if name else None


def _telling(voice: tuple[str, SpeakerKind]) -> tuple[bool, int, str]:
    """Order the names of one voice.

    A full name comes before a part of it, a plain description before a
    long-winded one, any description before a bare "source".
    """
    name, kind = voice
    if kind != "unnamed":
        return False, -len(name), name
    return " " not in name, len(name.split()), name


def voices(
    claims: Sequence[Claim], origins: Sequence[Origin] = (), outlets: Iterable[str] = ()
) -> tuple[Voice, ...]:
    """Return the voices of a group's claims, sorted by name; outlets' own tellings have none.

    Nor is one an outlet through which a claim came, or one of `outlets`: those pass on. An unnamed
    source counts with every unnamed one that it is not shown to differ from; within one of
    `origins`, with the one that another outlet names.
    """
    keys = {key(name) for name in outlets}
    found: list[list[_Said]] = []
    for claim in claims:
        speaker = claim.voice or claim.speaker
        if speaker is None or _passes_on(claim, speaker, keys):
            continue
        same = [v for v in found if any(one_voice(speaker, other.speaker) for other in v)]
        for merged in same:
            found.remove(merged)
        found.append([*(entry for voice in same for entry in voice), _Said(claim, speaker)])
    for origin in origins:
        found = _named_in(found, frozenset(origin.claims))
    result = []
    for members in found:
        name, kind = min(((s.speaker.name, s.speaker.kind) for s in members), key=_telling)
        held = tuple(sorted(said.claim.id for said in members))
        result.append(Voice(name=name, kind=kind, claims=held))
    return tuple(sorted(result, key=lambda v: (v.name, v.claims)))


class _Said(NamedTuple):
    claim: Claim
    speaker: Speaker


def _passes_on(claim: Claim, speaker: Speaker, outlets: Collection[str]) -> bool:
    """Whether a source is an outlet that only passes on what it tells."""
    if speaker.kind not in ("named", "organisation"):
        return False
    relays = (via.name for via in claim.via if via.kind in ("agency", "outlet"))
    return key(speaker.name) in outlets or any(same_outlet(n, speaker.name) for n in relays)


def _named_in(found: list[list[_Said]], origin: Collection[str]) -> list[list[_Said]]:
    """Put the unnamed voices of an origin with the only one that is named, if another outlet
    names it and nothing shows that they differ.
    """
    here = [v for v in found if any(said.claim.id in origin for said in v)]
    named = [v for v in here if any(said.speaker.kind in _NAMED for said in v)]
    if len(named) != 1:
        return found
    (one,) = named
    articles = {said.claim.article for said in one}
    joined = [
        voice
        for voice in here
        if voice is not one
        and articles.isdisjoint(said.claim.article for said in voice)
        and not any(
            same_speaker(a.speaker, b.speaker) is False for a in voice for b in one
        )
    ]
    kept = [v for v in found if v is not one and all(v is not other for other in joined)]
    return [*kept, [*one, *(said for voice in joined for said in voice)]]
