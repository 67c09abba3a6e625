"""FC109 and FC205: articles whose words were changed after they had been taken in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from factcheck.hashing import key
from factcheck.ledger.match import stating
from factcheck.ledger.models import Tracked
from factcheck.ledger.rules.base import Context, Earlier, Found, excerpt, listed, rule
from factcheck.records import Article, Claim, Edit, Version


@rule("FC109", "silent-change", "warning")
def silent_change(context: Context) -> Iterator[Found]:
    """An article tells a detail otherwise than it did before, and says nothing of the change.

    `factcheck add` keeps the version before when an article that is there already comes again
    with other words. Told are sentences whose figure, date, place, quotation or negation is
    another one than in the version before, where no correction or note of the editors came with
    it. Other words for the same, sentences that are new and sentences that are gone are shown in
    reports and are no finding.

    For example:
    On Saturday the article had "12 people were killed", on Sunday it has "15 people were killed",
    and no note tells that it was changed.

    To resolve:
    Ask the outlet which value holds, and cite the version that you rely on: the one before is kept
    in `.versions` beside the article. Accept the finding where the change is plain news (a count
    that rose).
    """
    for article, version in _changed(context):
        if version.notes:
            continue
        for edit in version.edits:
            if edit.details:
                told = f"{_details(edit)}, {_when(version)} without a note ({_kept(version)})"
                yield _found(
                    article,
                    edit,
                    f"{told}: {excerpt(edit.after)}",
                    key("silent-change", article.outlet, edit.before, edit.after),
                )


@rule("FC205", "changed-source", "warning")
def changed_source(context: Context) -> Iterator[Found]:
    """An article has changed the words on which a tracked statement rests.

    The statement is made by a sentence of an earlier version that the next one words otherwise
    or has no more, or by one of this version that was worded otherwise before. Told are the words
    before and after, the details that differ, when both versions were taken in, and whether
    a note of the editors came with the change.

    For example:
    The ledger tracks "12 people were killed when the ferry ran aground"; the article that said so
    has "15 people" now.

    To resolve:
    Read both versions: the one before is kept in `.versions` beside the article. Then change the
    statement or what the ledger expects of it, or accept the finding.
    """
    changed = _changed(context)
    if not changed or not context.ledger.claims:
        return
    stated = _stated_before(context)
    groups = {match.tracked.id: context.group(match.group) for match in context.matches}
    for number, tracked in enumerate(context.ledger.claims):
        group = groups.get(tracked.id)
        now = [context.claims[claim] for claim in group.claims] if group else []
        for article, version in changed:
            sentences = stated[number].get(version.path, frozenset())
            for edit in version.edits:
                if edit.before and (edit.before in sentences or _holds(article, edit, now)):
                    yield _of_tracked(tracked, article, version, edit)


class _Change(NamedTuple):
    article: Article
    version: Version


def _changed(context: Context) -> list[_Change]:
    """The versions before the articles under review."""
    return [
        _Change(article, version)
        for article in context.report.articles
        if context.is_fresh_path(article.path)
        for version in article.versions
    ]


def _stated_before(context: Context) -> list[dict[str, frozenset[str]]]:
    """For each tracked statement the sentences that made it, by the path of the version."""
    by_id = {one.read.id: one for one in context.earlier}
    articles = {name: one.read for name, one in by_id.items()}
    claims = [claim for one in context.earlier for claim in one.claims]
    found = []
    for told in stating(context.ledger.claims, claims, articles, context.ledger.folder):
        sentences: dict[str, set[str]] = {}
        for claim in told:
            one = by_id[claim.article]
            sentences.setdefault(one.path, set()).add(_sentence(one, claim))
        found.append({path: frozenset(texts) for path, texts in sentences.items()})
    return found


def _sentence(one: Earlier, claim: Claim) -> str:
    place = one.read.sentences[claim.sentence]
    return one.read.text[place.start : place.end]


def _holds(article: Article, edit: Edit, claims: list[Claim]) -> bool:
    """Whether the words that an edit left hold one of some claims."""
    if edit.span is None:
        return False
    first, last = edit.span
    return any(
        claim.article == article.id and claim.start < last and claim.end > first for claim in claims
    )


def _of_tracked(tracked: Tracked, article: Article, version: Version, edit: Edit) -> Found:
    notes = excerpt(listed(version.notes))
    note = f"with the note “{notes}”" if notes else "without a note"
    details = f": {_details(edit)}" if edit.details else ""
    before, after = excerpt(edit.before), excerpt(edit.after) or "nothing"
    return _found(
        article,
        edit,
        f"'{tracked.id}' rests on words of {article.outlet} that it {_when(version)} {note}"
        f"{details} ({_kept(version)}). Before: {before} Now: {after}",
        key("changed-source", tracked.id, article.outlet, edit.before, edit.after),
    )


def _found(article: Article, edit: Edit, message: str, side: str) -> Found:
    return Found(
        message=message,
        sides=(frozenset({side[:16]}),),
        article=article.id,
        span=edit.span,
        articles=(article.id,),
    )


def _details(edit: Edit) -> str:
    """`figure “12” is “15” now`."""
    told = []
    for detail in edit.details:
        if detail.slot == "polarity":
            words = detail.after or detail.before
            told.append(f"“{words}” is {'new' if detail.after else 'gone'}")
        elif not detail.after:
            told.append(f"{detail.slot} “{detail.before}” is gone")
        else:
            told.append(
                f"{detail.slot} “{excerpt(detail.before)}” is “{excerpt(detail.after)}” now"
            )
    return listed(told)


def _when(version: Version) -> str:
    """From when to when, as far as the files tell."""
    if version.retrieved and version.replaced:
        return f"changed between {version.retrieved} and {version.replaced}"
    if version.replaced:
        return f"changed before {version.replaced}"
    return f"changed after {version.retrieved}" if version.retrieved else "changed"


def _kept(version: Version) -> str:
    return f"version before: {version.path}"
