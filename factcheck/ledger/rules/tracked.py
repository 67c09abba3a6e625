"""FC102 and FC2xx: what became of the statements that the ledger tracks."""

from __future__ import annotations

from collections.abc import Iterator

from factcheck.hashing import key
from factcheck.ledger.match import Match
from factcheck.ledger.models import Entry
from factcheck.ledger.rules.base import Context, Found, excerpt, listed, rule
from factcheck.records import Slot


def _found(context: Context, match: Match, name: str, message: str) -> Found:
    """Build a finding about a tracked statement: at its group if it has one, else in the ledger."""
    tracked = match.tracked
    group = context.group(match.group)
    words = f"'{tracked.id}' {message}: {excerpt(tracked.statement)}"
    side = (frozenset({key(name, tracked.id)[:16]}),)
    if group is None:
        entry: Entry = ("claims", context.ledger.claims.index(tracked))
        return Found(message=words, sides=side, path=context.ledger_name, entry=entry)
    at = context.of_group(group, words)
    return Found(
        message=words,
        sides=side,
        group=group.id,
        article=at.article,
        span=at.span,
        related=at.related,
        articles=at.articles,
    )


@rule("FC102", "lost-corroboration", "warning")
def lost_corroboration(context: Context) -> Iterator[Found]:
    """A tracked statement is no longer corroborated.

    The ledger expects `corroborated`, and now fewer independent origins carry the statement, the
    tellings conflict, or nobody tells it any more: an article was removed or changed, or turned
    out to be a copy of another.

    For example:
    The ledger expects `corroborated` for "The bridge was closed on Monday"; the second outlet
    corrected its article to Tuesday.

    To resolve:
    Look at what changed (`factcheck explain GROUP`). Restore or add a source, or write what you
    now expect into the ledger's `expect`.
    """
    for match in context.matches:
        if match.tracked.expect != "corroborated" or match.rivals:
            continue
        group = context.group(match.group)
        if group is None:
            yield _found(context, match, "lost", "was corroborated, and no article tells it now")
        elif group.status != "corroborated":
            origins = listed(origin.name for origin in group.origins)
            message = f"was corroborated, is {group.status} now (origins: {origins or 'none'})"
            yield _found(context, match, "lost", message)


@rule("FC201", "unexpected-status", "warning")
def unexpected_status(context: Context) -> Iterator[Found]:
    """A tracked statement has another verdict than the ledger expects.

    Good news (a single-sourced statement that is corroborated now) as well as bad. The loss of
    a corroboration has a rule of its own.

    For example:
    The ledger expects `single-sourced`, and a second outlet has confirmed the statement.

    To resolve:
    Change `expect` in the ledger if the new verdict is right.
    """
    for match in context.matches:
        group = context.group(match.group)
        expected = match.tracked.expect
        if group is None or expected in ("any", "corroborated", group.status):
            continue
        message = f"was expected to be {expected}, is {group.status}"
        yield _found(context, match, "unexpected", message)


@rule("FC202", "not-found", "warning")
def not_found(context: Context) -> Iterator[Found]:
    """No article states a tracked statement.

    Nothing among the articles is close enough to the statement, within the paths and the
    speaker that it names. Statements expected to be corroborated are told as a lost
    corroboration instead.

    For example:
    The ledger tracks "The bridge was closed on Monday", and no article speaks of the bridge.

    To resolve:
    Word the statement as the articles do, check its `paths` and `speaker`, or remove it.
    """
    for match in context.matches:
        if match.group is None and not match.rivals and match.tracked.expect != "corroborated":
            yield _found(context, match, "not-found", "is told by no article")


@rule("FC203", "ambiguous", "warning")
def ambiguous(context: Context) -> Iterator[Found]:
    """Several groups fit a tracked statement equally well.

    Which of them is meant cannot be told, so none of them is taken, and nothing else about the
    statement is checked.

    For example:
    The ledger tracks "The minister spoke on Monday", and he spoke twice that day.

    To resolve:
    Make the statement more exact, or give it a `speaker` or `paths`; `factcheck claims list`
    shows what it is matched to.
    """
    for match in context.matches:
        if match.rivals:
            fits = "; ".join(
                f"{name}: {excerpt(group.statement)}"
                for name in match.rivals[:3]
                if (group := context.group(name))
            )
            yield _found(context, match, "ambiguous", f"fits several statements ({fits})")


@rule("FC204", "changed-details", "warning")
def changed_details(context: Context) -> Iterator[Found]:
    """A tracked statement is told without the details that the ledger has.

    The ledger's `slots` and `date` are what the articles said when the statement was tracked,
    and no telling has them now.

    For example:
    The ledger has `figure: 12 killed`, and all articles have another number.

    To resolve:
    Write the new detail into the ledger if it is right.
    """
    for match in context.matches:
        group = context.group(match.group)
        if group is None:
            continue
        claims = [context.claims[claim] for claim in group.claims]
        wanted = dict(match.tracked.slots)
        if match.tracked.date is not None:
            wanted.setdefault("date", match.tracked.date.isoformat())
        for slot, value in wanted.items():
            slots = [found for claim in claims for found in claim.slots if found.slot == slot]
            told = sorted({found.value for found in slots})
            if not _told(slots, value):
                now = f"is told with {slot} {listed(told)}" if told else f"is told without {slot}"
                yield _found(context, match, f"details {slot}", f"{now}, not {value}")


def _told(slots: list[Slot], wanted: str) -> bool:
    wanted = " ".join(wanted.casefold().split())
    return any(
        wanted == " ".join(text.casefold().split())
        for slot in slots
        for text in (slot.value, slot.text)
    )
