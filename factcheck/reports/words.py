"""The wording all formats for people share, so that they cannot tell different stories.

Everything here returns raw text that still holds words of articles: each renderer escapes it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from factcheck.dates import is_full
from factcheck.records import (
    Article,
    Divergence,
    DivergenceValue,
    Group,
    Level,
    Origin,
    Pair,
    Report,
    Speaker,
    Voice,
)
from factcheck.reports.times import moment, spoken
from factcheck.reports.view import View, grade, kind_of, section
from factcheck.safe import closed, plain
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
    "unsure": "Several outlets tell it, but all may have it from one: that they tell it separately "
    "is not sure enough.",
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
_MOST_REASONS = 2
# Origins that are named in a count of them, and outlets in place of their number.
_MOST_ORIGINS, _MOST_TELLERS = 4, 3
# What differs, where its name in the report format is none that readers know; slots whose values
# are words of the articles, but for these.
_SLOTS = {"polarity": "denial", "attribution": "who said it", "world": "what happened"}
_IN_WORDS = frozenset(("quotation", "polarity"))
_STANCES = frozenset(("asserted", "denied"))
# What a reason says of the grade, which stands before it.
_GRADE = re.compile(r"(?:^|(?<=; ))independence (?:shown|likely|assumed): |; independence \w+$")
# Parts of the odds of a pair that matter less than this, in log-odds, are told in one.
_MATTERS = 0.3
QUOTES = "“”„«»\"'‘’ "


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
        slots = dict.fromkeys(differs(d) for d in group.divergences if d.material)
        words = "contested" if "contested" in group.qualifiers else "divergent"
        return f"{words}: {', '.join(slots)}" if slots else words
    if kind == "corroborated":
        how = f"independence {grade(group)}"
        if "one-voice" in group.qualifiers:
            return f"corroborated that it was said, {how} – {one_voice(group)}"
        return f"corroborated, {how}"
    if kind == "unsure":
        return "single-sourced, perhaps one origin"
    return "single-sourced, echoed" if kind == "echoed" else kind


def slot(name: str) -> str:
    """What differs, for people: `denial` where one asserts what another denies."""
    return _SLOTS.get(name, name)


def differs(divergence: Divergence) -> str:
    """What differs, for people. A denial is one only where somebody denies: words of which the one
    is the opposite of the other are none. The day of a remark is when it was said.
    """
    if divergence.of_saying:
        return "when said"
    stances = {value.value for value in divergence.values} & _STANCES
    if divergence.slot == "polarity" and not stances:
        return "contrary"
    return slot(divergence.slot)


def value(divergence: Divergence, one: DivergenceValue, most: int) -> str:
    """A value in at most so many characters, the words of an article in quotation marks."""
    told = one.value
    if divergence.slot not in _IN_WORDS or told in _STANCES or told.startswith("("):
        return told
    return f"“{cut(told, most).strip(QUOTES)}”"


def cut(text: str, most: int) -> str:
    """A text in at most so many characters, cut at a word; quotations that it opens are closed."""
    return (
        text
        if len(text) <= most
        else closed(f"{text[: most - 1].rsplit(' ', 1)[0].rstrip(',;: –')}…")
    )


def around(text: str, core: str, most: int) -> str:
    """A text in about so many characters that shows the words `core` of it, where it has them.

    `core` itself has twice as many characters at most.
    """
    plain = cut(text, most)
    at = text.find(core) if core else -1
    if at < 0 or core in plain:
        return plain
    if len(core) >= most:
        return cut(text if not at else f"… {text[at:]}", 2 * most)
    least = min(at - (most - len(core)) // 2, len(text) - most)
    start = text.find(" ", least, at) + 1 or at
    before = text[:start]
    # A quotation that the cut begins within is opened again.
    mark = "“" * (before.count("“") > before.count("”")) or '"' * (before.count('"') % 2)
    return f"… {cut(mark + text[start:], max(most, at - start + len(core) + 2))}"


def statement(group: Group) -> str:
    """The statement as a heading: with a capital, a quotation without the comma at its end."""
    told = re.sub("[,;]([”\"’']*)$", r"\1", group.statement)
    return told[:1].upper() + told[1:]


def gist(group: Group) -> str:
    """A verdict in a few words, for an overview: the differing values, or who stands behind it."""
    for divergence in group.divergences:
        if divergence.material:
            values = " / ".join(value.value for value in divergence.values)
            return f"{differs(divergence)}: {values}"
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
    names = ", ".join(dict.fromkeys(origin.name for origin in group.origins))
    rest = spoken(_shortened(rest, group)).replace(f" ({names})", f" ({whence(group.origins)})", 1)
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
        tail += f" ({whence(group.origins, _MOST_ORIGINS)})"
    notes = [
        words
        for qualifier, words in (
            ("anonymous", "nobody named"),
            ("updated", "updated by a later count"),
        )
        if qualifier in group.qualifiers
    ]
    return [tail, *notes]


def whence(origins: Sequence[Origin], most: int | None = None) -> str:
    """Where a statement comes from: agencies and relays, then outlets that have it themselves.

    `Coastwire`, `Coastwire, Almar Courier itself`, `Courier and Gazette themselves`; of more than
    `most` origins the last are counted.
    """
    names = list(dict.fromkeys(o.name for o in sorted(origins, key=lambda o: o.kind == "own")))
    shown = names if most is None or len(names) <= most else names[: most - 1]
    own = [n for n in shown if all(o.kind == "own" for o in origins if o.name == n)]
    told = [name for name in shown if name not in own]
    if own:
        told.append(f"{both(own, len(own))} {'itself' if len(own) == 1 else 'themselves'}")
    more = f" and {len(names) - len(shown)} more" if len(shown) < len(names) else ""
    return ", ".join(told) + more


def tellers(group: Group, most: int = _MOST_TELLERS) -> str:
    """Who tells a statement: the outlets by name, or how many they are."""
    return both(group.outlets) if len(group.outlets) <= most else f"{len(group.outlets)} outlets"


def one_voice(group: Group) -> str:
    """Who alone vouches for a statement: `by Dana Reyes alone`, `one unnamed official`."""
    if not group.voices:
        return "one voice"
    voice = group.voices[0]
    return only(voice) if voice.kind == "unnamed" else f"by {voice.name} alone"


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
    """Where an article stands on the web; empty where nothing, or no web address, is told.

    No address holds a character that could do anything where it is printed.
    """
    url = article.url or ""
    bare = re.fullmatch(r"https?://[^\s<>\"'\\]+", url, re.IGNORECASE) and plain(url) == url
    return url if bare else ""


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


def section_of(name: str) -> str:
    """The section that a sign's statements are told in."""
    return "corroborated" if name in GRADES or name == "said" else name


def _grade_shown(group: Group) -> str:
    return grade(group) if group.status == "corroborated" else ""


def legend(groups: Iterable[Group]) -> list[tuple[str, str]]:
    """What the signs of corroborated statements among these mean, and of perhaps one origin."""
    used = {kind for group in groups for kind in (kind_of(group), _grade_shown(group))}
    return [(name, MEANINGS[name]) for name in (*GRADES, "said", "unsure") if name in used]
