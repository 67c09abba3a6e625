"""The wording all formats for people share, so that they cannot tell different stories.

Everything here returns raw text that still holds words of articles: each renderer escapes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from factcheck.attribution.lexicon import lexicon
from factcheck.claims.stance import verb
from factcheck.dates import is_full
from factcheck.records import (
    Article,
    Claim,
    Group,
    Origin,
    Report,
    Span,
    Speaker,
    Via,
    Voice,
)
from factcheck.reports.view import section

HEADINGS = {
    "divergent": "Where the tellings disagree",
    "corroborated": "Carried by more than one origin",
    "echoed": "Echoed: several outlets, one origin",
    "single-sourced": "Single-sourced",
}

# Verdicts differ in shape, never in colour alone; then the forms in which an outlet tells.
SIGNS = {
    "divergent": "≠",
    "corroborated": "✓",
    "said": "≈",
    "echoed": "↻",
    "single-sourced": "·",
    "inconsistent": "!",
    "skipped": "∅",
    "quoted": "●",
    "reported speech": "◐",
    "own words": "○",
    "": "·",
}
MEANINGS = {
    "divergent": "Two tellings give values that cannot both be right.",
    "corroborated": "Two or more independent origins carry the statement.",
    "said": "Independent origins, but all lead to one voice: corroborated is that it was said.",
    "echoed": "One origin, told by several outlets.",
    "single-sourced": "One origin carries it.",
    "inconsistent": "One article gives two values for one thing.",
}
CAUTION = (
    "This report says who carries a statement, never that it is true. It was made by a program "
    "that errs: read the passages before you rely on a verdict."
)

_ORIGIN_KINDS = {
    "agency": "agency",
    "outlet": "outlet",
    "relay": "relay",
    "own": "own reporting",
}
_MOST_REASONS = 2
# What a reading is filled in with at its start.
_FILLED = re.compile(r"^\[[^\]]*\]\s*")
_WITHOUT_IT = frozenset(("asks", "withholds"))
# How far from a claim, in characters, its reporting words may stand.
_NEAR = 300
_QUOTES = "“”„«»\"'‘’ "
_VIA = {"agency": "via", "outlet": "via", "venue": "to", "document": "in"}


def count(number: int, noun: str, plural: str | None = None) -> str:
    """`1 outlet`, `3 outlets`."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def listed(items: Sequence[str], most: int = 4) -> str:
    """`a, b and 3 more`."""
    if len(items) > most:
        return f"{', '.join(items[: most - 1])} and {len(items) - most + 1} more"
    return ", ".join(items)


def likely(probability: float) -> str:
    """A probability in percent that never claims certainty."""
    if probability > 0.99:
        return "over 99%"
    return "under 1%" if probability < 0.01 else f"{probability:.0%}"


def log_odds(weight: float) -> str:
    """`+1.2`, `-0.3`, `0.0`."""
    return f"{weight:+.1f}".replace("-0.0", "0.0").replace("+0.0", "0.0")


def voice_words(voice: Voice | Speaker) -> str:
    """`an unnamed Israeli source`, `Ilham Aliyev`."""
    if voice.kind != "unnamed":
        return voice.name
    name = voice.name
    for lead in ("unnamed ", "anonymous ", "one ", "an ", "a "):
        name = name.removeprefix(lead)
    return f"unnamed {name}"


def verdict(group: Group) -> str:
    """The verdict in words; never the bare word `corroborated` for what one voice said."""
    kind = section(group)
    if kind == "divergent":
        slots = dict.fromkeys(d.slot for d in group.divergences if d.material)
        words = "contested" if "contested" in group.qualifiers else "divergent"
        return f"{words}: {', '.join(slots)}" if slots else words
    if kind == "corroborated":
        if "one-voice" in group.qualifiers:
            return f"corroborated that it was said – {_one_voice(group)}"
        return "corroborated"
    return "single-sourced, echoed" if kind == "echoed" else kind


def statement(group: Group) -> str:
    """The statement as a heading: with a capital, a quotation without the comma at its end."""
    told = re.sub("[,;]([”\"’']*)$", r"\1", group.statement)
    return told[:1].upper() + told[1:]


def gist(group: Group) -> str:
    """A verdict in a few words, for an overview: the differing values, or who stands behind it."""
    for divergence in group.divergences:
        if divergence.material:
            values = " / ".join(value.value for value in divergence.values)
            return f"{divergence.slot}: {values}"
    if "one-voice" in group.qualifiers and group.status == "corroborated":
        return f"said by {_one_voice(group).removeprefix('by ')}"
    return behind(group)[0]


def verdict_words(group: Group) -> tuple[str, str]:
    """The whole verdict in words: what it is, and what stands behind it."""
    if not group.reason:
        return verdict(group), "; ".join(behind(group))
    lead = re.match("[^;–]*", group.reason)
    assert lead is not None
    rest = _shortened(group.reason[lead.end() :].lstrip(" ;–"), group)
    nameless = "anonymous" in group.qualifiers and "unnamed" not in group.reason
    return lead.group().strip(), "; ".join(filter(None, (rest, "nobody named" * nameless)))


def _shortened(reason: str, group: Group) -> str:
    """A reason with the first of what tells its origins apart; the origins have all of it."""
    origins = {part for origin in group.origins for part in origin.reason.split("; ")}
    told: list[str] = []
    room, more = _MOST_REASONS, 0
    for part in reason.split("; "):
        if re.sub("^independence [a-z]+: ", "", part) in origins:
            room -= 1
            more += room < 0
        if room >= 0 or part not in origins:
            told.append(part)
    if more:
        told.append(f"and {count(more, 'more reason')}")
    return "; ".join(told)


def behind(group: Group) -> list[str]:
    """What stands behind a verdict: `3 outlets, 1 origin (Reuters)`, then its reservations."""
    origins = [origin.name for origin in group.origins]
    tail = f"{count(len(group.outlets), 'outlet')}, {count(len(origins), 'origin')}"
    if origins:
        tail += f" ({listed(origins)})"
    notes = [
        words
        for qualifier, words in (
            ("anonymous", "nobody named"),
            ("assumed", "independence assumed, not shown"),
            ("updated", "updated by a later count"),
        )
        if qualifier in group.qualifiers
    ]
    return [tail, *notes]


def _one_voice(group: Group) -> str:
    if not group.voices:
        return "one voice"
    words = voice_words(group.voices[0])
    return f"one {words}" if group.voices[0].kind == "unnamed" else f"by {words} alone"


def speaker_words(speaker: Speaker) -> str:
    """A speaker for a table cell: name and role, or the description of an unnamed one."""
    if speaker.kind == "unnamed":
        return f"{speaker.name} (unnamed)"
    if speaker.role and speaker.role.casefold() not in speaker.name.casefold():
        return f"{speaker.name}, {speaker.role}"
    return speaker.name


def via_words(via: Via) -> str:
    """`via Reuters`, `via Reuters (named earlier)`, `at rally`, `to reporters`."""
    occasion = via.kind == "venue" and via.name in lexicon().occasions
    where = "at" if occasion else _VIA[via.kind]
    return f"{where} {via.name}" + (" (named earlier)" if via.carried else "")


def who(claim: Claim) -> list[str]:
    """Who said it, through whom: one line each, from the inside out."""
    lines = [speaker_words(claim.speaker)] if claim.speaker else []
    if claim.voice and claim.voice != claim.speaker:
        words = speaker_words(claim.voice)
        lines.append(f"says {words}" if lines else words)
    lines = lines or ["the outlet itself"]
    stance = stance_words(claim)
    return lines + [stance] * bool(stance) + [via_words(via) for via in claim.via]


def stance_words(claim: Claim) -> str:
    """`denies it`, `could not confirm it`; empty where a claim is asserted."""
    if claim.stance == "asserts" or claim.content:
        return ""  # A claim that is a whole clause has the words itself.
    one = claim.speaker is None or claim.speaker.count == 1
    return verb(claim.stance, one) + ("" if claim.stance in _WITHOUT_IT else " it")


def origin_words(origin: Origin) -> str:
    """`Reuters – agency, independence shown`."""
    words = f"{origin.name} – {_ORIGIN_KINDS[origin.kind]}"
    return f"{words}, independence {origin.independence}" if origin.independence else words


def headline(report: Report) -> list[str]:
    """What was read: `2 articles`, `2 outlets`, `57 claims`, `49 statements`."""
    summary = report.summary
    return [
        count(summary.articles, "article"),
        count(summary.outlets, "outlet"),
        count(summary.claims, "claim"),
        count(summary.groups, "statement"),
    ]


def tallies(report: Report) -> list[tuple[str, str]]:
    """The counts of the verdicts as (section, words), without the ones that are zero."""
    said = sum(
        group.status == "corroborated" and "one-voice" in group.qualifiers
        for group in report.groups
    )
    summary = report.summary
    corroborated = f"{summary.corroborated} corroborated"
    if said:
        which = "" if said == summary.corroborated else f"{said} "
        corroborated += f" ({which}only that it was said)"
    alone = summary.single_sourced - summary.echoed
    rows = [
        ("divergent", summary.divergent, f"{summary.divergent} divergent"),
        ("corroborated", summary.corroborated, corroborated),
        ("echoed", summary.echoed, f"{summary.echoed} echoed"),
        ("single-sourced", alone, f"{alone} single-sourced"),
        (
            "inconsistent",
            summary.inconsistencies,
            count(summary.inconsistencies, "inconsistency", "inconsistencies"),
        ),
        ("skipped", summary.skipped, f"{summary.skipped} skipped"),
    ]
    return [(name, words) for name, number, words in rows if number]


def undated(report: Report) -> str:
    """What it means that articles bear no full date; empty where all do, or one stands alone."""
    missing = sum(not is_full(article.published) for article in report.articles)
    if not missing or len(report.articles) < 2:
        return ""
    return (
        f"No full date in {missing} of {count(len(report.articles), 'article')}: "
        "“yesterday” or “Wednesday” is no known day there, and two events of one kind can pass "
        "for one. Keep the date line of an article, or give “published” in its front matter."
    )


def notes(articles: Iterable[Article]) -> list[str]:
    """What of the articles' metadata could not be read, with the file that holds it."""
    return [f"{article.path}: {note}" for article in articles for note in article.notes]


def frame(claim: Claim, text: str) -> tuple[str, str]:
    """The reporting words of `text` before and after a claim that is no sentence without them.

    "Tarsk | has denounced | the raid": where the reading holds the claim's words and more, and
    the article has it all in a row, that is the rest of it, without the speaker at its start,
    who is told beside it.
    """
    own = " ".join(claim.text.split()).rstrip(".")
    whole = " ".join(claim.reading.split()).rstrip(".")
    if claim.quote == "direct" or own == whole or own not in whole:
        return "", ""
    before, after = whole.split(own, 1)
    before = _FILLED.sub("", before)
    if claim.speaker:
        before = before.removeprefix(claim.speaker.name).lstrip(" ,")
    around = text[max(0, claim.start - _NEAR) : claim.end + _NEAR]
    return (before, after) if f"{before}{own}{after}" in " ".join(around.split()) else ("", "")


def wording(claim: Claim, text: str) -> str:
    """A claim's own words in one string, within the reporting words that complete them."""
    before, after = frame(claim, text)
    return f"{before}{claim.text}{after}"


def shown_spans(claim: Claim, text: str) -> list[Span]:
    """The spans of a claim to show: of a direct quotation without the marks at its ends."""
    spans = list(claim.spans)
    if claim.quote == "direct":
        start, end = spans[0][0], spans[-1][1]
        while start < spans[0][1] and text[start] in _QUOTES:
            start += 1
        spans[0] = (start, spans[0][1])
        while end > spans[-1][0] and text[end - 1] in _QUOTES:
            end -= 1
        spans[-1] = (spans[-1][0], end)
    return spans
