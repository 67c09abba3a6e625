"""Who vouches for a statement: the voices of a group."""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.outlets import key
from factcheck.records import Claim, Speaker, Voice


def same_speaker(a: Speaker, b: Speaker) -> bool | None:
    """Whether two speakers are one; `None` where nothing tells."""
    if a.kind == "unnamed" or b.kind == "unnamed":
        return None
    one, other = set(key(a.name).split()), set(key(b.name).split())
    return bool(one & other) and (one <= other or other <= one)


def one_voice(a: Speaker, b: Speaker) -> bool:
    """Whether two sources count as one voice: the same, or two unnamed ones not shown to differ."""
    same = same_speaker(a, b)
    return same is True or (same is None and a.kind == b.kind == "unnamed")


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
        name, kind = min(
            ((s.name, s.kind) for _, s in members), key=lambda v: (-len(v[0]), v[0], v[1])
        )
        result.append(Voice(name=name, kind=kind, claims=tuple(sorted(c for c, _ in members))))
    return tuple(sorted(result, key=lambda v: (v.name, v.claims)))
