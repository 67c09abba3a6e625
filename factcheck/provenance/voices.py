"""Who vouches for a statement: the voices of a group."""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.attribution.identity import same_body_named_shorter, same_speaker, speaks_for
from factcheck.records import Claim, Speaker, SpeakerKind, Voice


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


def voices(claims: Sequence[Claim]) -> tuple[Voice, ...]:
    """Return the voices of a group's claims, sorted by name; outlets' own tellings have none.

    An unnamed source counts with every unnamed one that it is not shown to differ from.
    """
    speakers = [(claim.id, claim.voice or claim.speaker) for claim in claims]
    found: list[list[tuple[str, Speaker]]] = []
    for claim, speaker in speakers:
        if speaker is None:
            continue
        same = [v for v in found if any(one_voice(speaker, other) for _, other in v)]
        for merged in same:
            found.remove(merged)
        found.append([*(entry for voice in same for entry in voice), (claim, speaker)])
    result = []
    for members in found:
        name, kind = min(((s.name, s.kind) for _, s in members), key=_telling)
        result.append(Voice(name=name, kind=kind, claims=tuple(sorted(c for c, _ in members))))
    return tuple(sorted(result, key=lambda v: (v.name, v.claims)))
