"""The wording all formats for people share, so that they cannot tell different stories.

Everything here returns raw text that still holds words of articles: each renderer escapes it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from factcheck.attribution.lexicon import lexicon
from factcheck.claims.stance import verb
from factcheck.dates import is_full
from factcheck.records import (
    Article,
    Claim,
    Divergence,
    DivergenceValue,
    Group,
    Level,
    Origin,
    Pair,
    Report,
    Span,
    Speaker,
    Via,
    Voice,
)
from factcheck.reports.naming import stand_ins
from factcheck.reports.times import moment, spoken
from factcheck.reports.view import View, grade, kind_of, section
from factcheck.verdict import only, unnamed

HEADINGS = {
    "main": "The story, what matters most first",
    "background": "Background",
    "single-sourced": "Of one outlet alone",
}

# Verdicts differ in shape, never in colour alone; then the forms in which an outlet tells.
SIGNS = {
    "divergent": "≠",
    "shown": "✓",
    "likely": "◆",
    "assumed": "◇",
    "said": "≈",
    "unsure": "?",
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
    "shown": "Corroborated, independence shown: the articles name different relays, or tell of "
    "their own reporting, on both sides.",
    "likely": "Corroborated, independence likely: no words prove it, but one hand behind all is "
    "very unlikely.",
    "assumed": "Corroborated, independence assumed: no words prove it, and one hand may be behind "
    "all. Look for a shared agency or press release.",
    "said": "Corroborated is that it was said: several origins, but all lead to one voice.",
    "unsure": "Several outlets tell it, but it is not sure enough that they do so separately.",
    "echoed": "One origin, told by several outlets.",
    "single-sourced": "One outlet tells it.",
    "inconsistent": "One article gives two values for one thing.",
}
CAUTION = (
    "This report says who carries a statement, never that it is true. It was made by a program "
    "that errs: read the passages before you rely on a verdict."
)

# How independent origins are, the surest first.
GRADES = ("shown", "likely", "assumed")
_ORIGIN_KINDS = {
    "agency": "agency",
    "outlet": "outlet",
    "relay": "relay",
    "own": "own reporting",
}
_MOST_REASONS, _MOST_FILES = 2, 20
_ONE_ARTICLE = (
    "One article alone has nothing to be compared with: name a second one of the same event, "
    "by another outlet."
)
# What differs, where its name in the report format is none that readers know; slots whose values
# are words of the articles, but for these.
_SLOTS = {"polarity": "denial", "attribution": "who said it"}
_IN_WORDS = frozenset(("quotation", "polarity"))
_STANCES = frozenset(("asserted", "denied"))
# What a reading is filled in with at its start.
_FILLED = re.compile(r"^\[[^\]]*\]\s*")
_WITHOUT_IT = frozenset(("asks", "withholds"))
# What a reason says of the grade, which stands before it.
_GRADE = re.compile(r"(?:^|(?<=; ))independence (?:shown|likely|assumed): |; independence \w+$")
# How far from a claim, in characters, its reporting words may stand.
_NEAR = 300
# Parts of the odds of a pair that matter less than this, in log-odds, are told in one.
_MATTERS = 0.3
_QUOTES = "“”„«»\"'‘’ "
# How the occasions are told that go by one name.
_PLACES = {
    "court": "in court",
    "council": "in council",
    "parliament": "in parliament",
    "post": "in a post",
    "interview": "in an interview",
}


def count(number: int, noun: str, plural: str | None = None) -> str:
    """`1 outlet`, `3 outlets`."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def listed(items: Sequence[str], most: int = 4) -> str:
    """`a, b and 3 more`."""
    if len(items) > most:
        return f"{', '.join(items[: most - 1])} and {len(items) - most + 1} more"
    return ", ".join(items)


def both(items: Sequence[str], most: int = 4) -> str:
    """`a`, `a and b`, `a, b and c`, `a, b, c and 2 more`."""
    if len(items) < 2 or len(items) > most:
        return listed(items, most)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def likely(probability: float) -> str:
    """A probability in percent that never claims certainty."""
    if probability > 0.99:
        return "over 99%"
    return "under 1%" if probability < 0.01 else f"{probability:.0%}"


def log_odds(weight: float) -> str:
    """`+1.2`, `-0.3`, `0.0`."""
    return f"{weight:+.1f}".replace("-0.0", "0.0").replace("+0.0", "0.0")


def voice_words(voice: Voice | Speaker) -> str:
    """`unnamed Israeli source`, `Ilham Aliyev`."""
    return unnamed(voice.name) if voice.kind == "unnamed" else voice.name


def verdict(group: Group) -> str:
    """The verdict in words; never the bare word `corroborated` for what one voice said."""
    kind = section(group)
    if kind == "divergent":
        slots = dict.fromkeys(slot(d.slot) for d in group.divergences if d.material)
        words = "contested" if "contested" in group.qualifiers else "divergent"
        return f"{words}: {', '.join(slots)}" if slots else words
    if kind == "corroborated":
        how = f"independence {grade(group)}"
        if "one-voice" in group.qualifiers:
            return f"corroborated that it was said, {how} – {one_voice(group)}"
        return f"corroborated, {how}"
    if kind == "unsure":
        return "single-sourced, two origins not sure enough"
    return "single-sourced, echoed" if kind == "echoed" else kind


def slot(name: str) -> str:
    """What differs, for people: `denial` where one asserts what another denies."""
    return _SLOTS.get(name, name)


def value(divergence: Divergence, one: DivergenceValue, most: int) -> str:
    """A value in at most so many characters, the words of an article in quotation marks."""
    told = one.value
    if divergence.slot not in _IN_WORDS or told in _STANCES or told.startswith("("):
        return told
    if len(told) > most:
        told = f"{told[: most - 1].rsplit(' ', 1)[0]}…"
    return f"“{told.strip(_QUOTES)}”"


def statement(group: Group) -> str:
    """The statement as a heading: with a capital, a quotation without the comma at its end."""
    told = re.sub("[,;]([”\"’']*)$", r"\1", group.statement)
    return told[:1].upper() + told[1:]


def gist(group: Group) -> str:
    """A verdict in a few words, for an overview: the differing values, or who stands behind it."""
    for divergence in group.divergences:
        if divergence.material:
            values = " / ".join(value.value for value in divergence.values)
            return f"{slot(divergence.slot)}: {values}"
    if "one-voice" in group.qualifiers and group.status == "corroborated":
        return f"said by {one_voice(group).removeprefix('by ')}"
    return behind(group)[0]


def verdict_words(group: Group) -> tuple[str, str]:
    """The whole verdict in words: what it is, and what stands behind it."""
    if not group.reason:
        return verdict(group), "; ".join(behind(group))
    lead = re.match("[^;–]*", group.reason)
    assert lead is not None
    told, rest = lead.group().strip(), group.reason[lead.end() :].lstrip(" ;–")
    if group.status == "corroborated":
        told += f", independence {grade(group)}"
        rest = _GRADE.sub("", rest)
    rest = spoken(_shortened(rest, group))
    nameless = "anonymous" in group.qualifiers and "unnamed" not in group.reason
    return told, "; ".join(filter(None, (rest, "nobody named" * nameless)))


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
    perhaps = "perhaps " * (section(group) == "unsure" and len(origins) > 1)
    tail = f"{count(len(group.outlets), 'outlet')}, {perhaps}{count(len(origins), 'origin')}"
    if origins:
        tail += f" ({listed(origins)})"
    notes = [
        words
        for qualifier, words in (
            ("anonymous", "nobody named"),
            ("updated", "updated by a later count"),
        )
        if qualifier in group.qualifiers
    ]
    return [tail, *notes]


def one_voice(group: Group) -> str:
    """Who alone vouches for a statement: `by Dana Reyes alone`, `one unnamed official`."""
    if not group.voices:
        return "one voice"
    voice = group.voices[0]
    return only(voice) if voice.kind == "unnamed" else f"by {voice.name} alone"


def speaker_words(speaker: Speaker) -> str:
    """A speaker for a table cell: name and role, or the description of an unnamed one."""
    if speaker.kind == "unnamed":
        return f"{speaker.name} (unnamed)"
    if speaker.role and speaker.role.casefold() not in speaker.name.casefold():
        return f"{speaker.name}, {speaker.role}"
    return speaker.name


def via_words(via: Via, start: int | None = None) -> str:
    """`via Reuters`, `via Reuters (named earlier)`, `at a rally`, `to reporters`.

    `start` is where the claim stands that came through it.
    """
    told = f"via {via.name}" if via.kind in ("agency", "outlet") else _occasion(via.name, via.kind)
    return told + _elsewhere(via.span, via.carried, start)


def _elsewhere(span: Span, carried: bool, start: int | None) -> str:
    if not carried:
        return ""
    return " (named later)" if start is not None and span[0] > start else " (named earlier)"


def _occasion(name: str, kind: str) -> str:
    """`at a news conference`, `in court`, `in a statement`, `to reporters`, `at the Kyiv Forum`."""
    if name in _PLACES:
        return _PLACES[name]
    if kind == "venue" and name not in lexicon().occasions:
        return f"to {name}"
    where = "in" if kind == "document" else "at"
    if name[:1].isupper() or name.endswith("s"):
        return f"{where} {name}"
    return f"{where} {'an' if name[:1] in 'aeiou' else 'a'} {name}"


def who(claim: Claim) -> list[str]:
    """Who said it, through whom: one line each, from the inside out."""
    lines = [speaker_words(claim.speaker)] if claim.speaker else []
    if claim.voice and claim.voice != claim.speaker:
        words = speaker_words(claim.voice)
        lines.append(f"says {words}" if lines else words)
    lines = lines or ["the outlet itself"]
    stance = stance_words(claim)
    return lines + [stance] * bool(stance) + how(claim)


def how(claim: Claim) -> list[str]:
    """How the outlet knows it, one line each, as far as its article tells: relays, then access."""
    access = claim.access
    at_home = access.kind in ("interview", "witnessed")
    lines = [
        via_words(via, claim.start)
        for via in claim.via
        if not (at_home and via.kind in ("agency", "outlet") and via.name == access.name)
    ]
    named = {via.name for via in claim.via}
    if at_home:
        lines.append("told to the outlet" if access.kind == "interview" else "seen by the outlet")
    elif access.kind in ("public", "document", "relayed") and access.name not in named:
        lines.append(_access_words(claim))
    return lines


def _access_words(claim: Claim) -> str:
    access = claim.access
    if access.kind == "relayed":
        return f"via {access.name} (credited)"
    if access.name is None:
        return "in public" if access.kind == "public" else "in a document"
    words = _occasion(access.name, "document" if access.kind == "document" else "venue")
    return words + _elsewhere(
        access.spans[0] if access.spans else (0, 0), access.carried, claim.start
    )


def access_words(claim: Claim) -> str:
    """How the outlet came to know it, in full: `through Reuters, named earlier`, `not told`."""
    access = claim.access
    if access.kind == "untold":
        return "not told how the outlet knows it"
    if access.kind == "unnamed":
        return "from a source without a name, not told how"
    if access.kind == "interview":
        return "told to the outlet itself"
    if access.kind == "witnessed":
        return "seen by the outlet itself"
    if access.kind != "relayed":
        return _access_words(claim).replace(" (", ", ").rstrip(")")
    if access.name not in {via.name for via in claim.via}:
        return f"through {access.name}, whom the article credits"
    at = access.spans[0] if access.spans else (0, 0)
    return f"through {access.name}" + _elsewhere(at, access.carried, claim.start).replace(
        " (", ", "
    ).rstrip(")")


def stance_words(claim: Claim) -> str:
    """`denies it`, `could not confirm it`; empty where a claim is asserted."""
    if claim.stance == "asserts" or claim.content:
        return ""  # A claim that is a whole clause has the words itself.
    one = claim.speaker is None or claim.speaker.count == 1
    return verb(claim.stance, one) + ("" if claim.stance in _WITHOUT_IT else " it")


def origin_words(origin: Origin) -> str:
    """`Reuters – agency, independence shown (97%)`."""
    words = f"{origin.name} – {_ORIGIN_KINDS[origin.kind]}"
    if origin.independence:
        words += f", independence {origin.independence}"
    return words if origin.probability is None else f"{words} ({likely(origin.probability)})"


def several(group: Group) -> str:
    """How sure it is that there are at least two origins; empty where there is one."""
    if group.probability is None:
        return ""
    return f"At least two separate origins: {likely(group.probability)} likely."


def pair_words(pair: Pair, outlets: Mapping[str, str]) -> str:
    """How two outlets relate: `Gazette may have it from Courier: 12% likely`."""
    if pair.certain:
        return f"{pair.reason}: certain"
    verb = "probably has" if pair.probability < 0.5 else "may have"
    one = {outlets[pair.a], outlets[pair.b]}
    whom = f"{pair.child} {verb} it from {pair.parent}" if pair.child else " and ".join(sorted(one))
    return f"{whom}: {likely(1 - pair.probability)} likely that it is one hand"


def main_levels(pair: Pair) -> list[Level]:
    """How the odds of a pair add up, the parts that hardly matter in one."""
    told = [p for p in pair.levels if p.name == "prior" or abs(p.weight) >= _MATTERS]
    rest = sum(p.weight for p in pair.levels) - sum(p.weight for p in told)
    left = len(pair.levels) - len(told)
    if left:
        told.append(Level(name="other parts", level=f"{left} that hardly matter", weight=rest))
    return told


def day(published: str | None) -> str:
    """A date or time in words a person reads; nothing is told of one that is not full."""
    return moment(published) if is_full(published) else "undated"


def web_address(article: Article) -> str:
    """Where an article stands on the web; empty where nothing, or no web address, is told."""
    url = article.url or ""
    return url if re.fullmatch(r"https?://[^\s<>\"'\\]+", url, re.IGNORECASE) else ""


def title(report: Report, view: View) -> str:
    """The title of a report: the one asked for, else that of the article that shares most."""
    if view.title:
        return view.title
    article_of = {claim.id: claim.article for claim in report.claims}
    shared = Counter(
        article
        for group in report.groups
        if len(group.outlets) > 1
        for article in {article_of[claim] for claim in group.claims if claim in article_of}
    )
    titled = [article for article in report.articles if article.title]
    best = max(titled, key=lambda article: shared[article.id], default=None)
    return (best.title if best else None) or "Claims compared"


def headline(report: Report) -> list[str]:
    """What was read: `2 articles`, `2 outlets`, `57 claims`, and the day of the newest article."""
    summary = report.summary
    dates = [a.published for a in report.articles if is_full(a.published)]
    return [
        count(summary.articles, "article"),
        count(summary.outlets, "outlet"),
        count(summary.claims, "claim"),
        count(summary.groups, "statement"),
        *([f"newest of {moment(max(dates)[:10])}"] if dates else []),
    ]


def tallies(report: Report) -> list[tuple[str, str]]:
    """The counts of the verdicts as (sign, words), without the ones that are zero."""
    summary = report.summary
    told = Counter(section(group) for group in report.groups)
    rows = [("divergent", summary.divergent, f"{summary.divergent} divergent")]
    for name in GRADES:
        of_grade = [g for g in report.groups if g.status == "corroborated" and grade(g) == name]
        said = sum("one-voice" in group.qualifiers for group in of_grade)
        which = f"{'' if said == len(of_grade) else f'{said} '}only that it was said"
        words = f"{len(of_grade)} corroborated ({name}{f', {which}' if said else ''})"
        rows.append((name, len(of_grade), words))
    rows += [
        ("unsure", told["unsure"], f"{told['unsure']} not sure enough"),
        ("echoed", told["echoed"], f"{told['echoed']} echoed"),
        ("single-sourced", told["single-sourced"], f"{told['single-sourced']} of one outlet alone"),
        (
            "inconsistent",
            summary.inconsistencies,
            count(summary.inconsistencies, "inconsistency", "inconsistencies"),
        ),
        ("skipped", summary.skipped, f"{summary.skipped} skipped"),
    ]
    return [(name, words) for name, number, words in rows if number]


def section_of(name: str) -> str:
    """The section that a sign's statements are told in."""
    return "corroborated" if name in GRADES or name == "said" else name


def _grade_shown(group: Group) -> str:
    return grade(group) if group.status == "corroborated" else ""


def legend(groups: Iterable[Group]) -> list[tuple[str, str]]:
    """What the signs of corroborated statements among these mean, and of those not sure enough."""
    used = {kind for group in groups for kind in (kind_of(group), _grade_shown(group))}
    return [(name, MEANINGS[name]) for name in (*GRADES, "said", "unsure") if name in used]


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


def unnamed_outlets(report: Report) -> str:
    """What to do about outlets that go by the names of their files; empty where all have names."""
    files = stand_ins(report.articles)
    if not files:
        return ""
    return (
        f"No outlet is named for {both(files)}: files stand in their place. Name each file after "
        "its outlet, or give “outlet” in its front matter."
    )


def strangers(report: Report) -> str:
    """Which articles share no statement with another; empty where all do."""
    if len(report.articles) < 2:
        return _ONE_ARTICLE if report.articles else ""
    article_of = {claim.id: claim.article for claim in report.claims}
    shared: set[str] = set()
    for group in report.groups:
        told = {article_of[claim] for claim in group.claims if claim in article_of}
        shared |= told if len(told) > 1 else set()
    alone = [article.path for article in report.articles if article.id not in shared]
    if not alone:
        return ""
    if not shared:
        return "No two articles share a statement: they are of different stories."
    verb = "shares" if len(alone) == 1 else "share"
    return (
        f"{both(alone)} {verb} no statement with the other articles, and may be of another story."
    )


def unread(files: Sequence[str]) -> str:
    """Which files in the folders were left out, and why; empty where none was."""
    if not files:
        return ""
    return (
        f"Not read, as articles are .txt and .md files: {listed(files, _MOST_FILES)}. "
        "'factcheck add' makes articles of pages, feeds, mail, PDF and Word files."
    )


def remarks(report: Report, view: View) -> list[str]:
    """What a reader has to know of the articles before the statements are relied on."""
    told = [
        *notes(report.articles),
        *corrections(report.articles),
        unread(view.unread),
        strangers(report),
        unnamed_outlets(report),
        undated(report),
    ]
    return [remark for remark in told if remark]


def notes(articles: Iterable[Article]) -> list[str]:
    """What of the articles' metadata could not be read, with the file that holds it."""
    return [f"{article.path}: {note}" for article in articles for note in article.notes]


def corrections(articles: Iterable[Article]) -> list[str]:
    """What the editors of the articles say that they changed in them."""
    return [
        f"{article.outlet} on its article: {said}"
        for article in articles
        for said in article.corrections
    ]


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
