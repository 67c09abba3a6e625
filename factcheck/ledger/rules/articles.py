"""FC1xx: what the articles say, each by itself and all together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from factcheck.hashing import key
from factcheck.ledger import policy
from factcheck.ledger.renamed import named_by_file
from factcheck.ledger.rules.base import Context, Found, excerpt, listed, rule
from factcheck.records import Divergence, DivergenceValue, Group, RelatedPlace


@rule("FC101", "divergent", "warning")
def divergent(context: Context) -> Iterator[Found]:
    """Outlets disagree on a detail that cannot be both ways.

    Articles tell the same thing with values that cannot both hold: another count, another day,
    one asserts what the other denies, one speech is given to two people. The finding stands at
    the value that the fewest origins tell, with `--new-from` at each new value that contradicts
    what stood before; the other outlets' words are linked.

    For example:
    One article has "12 people were killed", another has "15 people were killed", of the same
    attack on the same day.

    To resolve:
    Find out which value holds and correct the article, or name the source of each value. If
    both tellings are to stand, `factcheck accept GROUP` records the conflict as known; it is
    reported again only when another value joins. If the two do not tell the same thing,
    `factcheck review` records that.
    """
    for group in context.groups:
        for conflict in group.divergences:
            if not conflict.material:
                continue
            if context.standing is None:
                rarest = _rarest(context, conflict)
                yield _conflict(context, group, conflict, rarest, rarest.claims)
                continue
            for value in context.standing.brought(context, group.claims, conflict):
                for claims in _by_article(context, value.claims):
                    yield _conflict(context, group, conflict, value, claims)


def _rarest(context: Context, conflict: Divergence) -> DivergenceValue:
    """The value that the fewest origins tell, the likeliest to be wrong; of equals the first."""
    order = context.first(claim for value in conflict.values for claim in value.claims)
    return min(
        conflict.values,
        key=lambda value: (len(value.origins), min(map(order.index, value.claims))),
    )


def _by_article(context: Context, claims: Iterable[str]) -> list[list[str]]:
    """Claims by the article that tells them, in the order of a report."""
    found: dict[str, list[str]] = {}
    for claim in context.first(claims):
        found.setdefault(context.claims[claim].article, []).append(claim)
    return list(found.values())


def _conflict(
    context: Context,
    group: Group,
    conflict: Divergence,
    told: DivergenceValue,
    claims: Iterable[str],
) -> Found:
    """A conflict, at the words of the first of `claims`, which tell the value `told`."""
    spans = dict(zip(told.claims, told.spans, strict=False))
    first = context.first(claim for claim in claims if claim in spans)[0]
    others = [value for value in conflict.values if value is not told]
    against = {
        claim: (span, value.value)
        for value in others
        for claim, span in zip(value.claims, value.spans, strict=False)
    }
    words = [f"{v.value} ({listed(_outlets(context, v.claims))})" for v in (told, *others)]
    return Found(
        message=f"{conflict.slot} differs: {' against '.join(words)}. {conflict.reason}",
        sides=tuple(context.fingerprints(value.claims) for value in conflict.values),
        group=group.id,
        article=context.claims[first].article,
        span=spans[first],
        slot=conflict.slot,
        related=tuple(context.related(claim, *against[claim]) for claim in context.first(against)),
        articles=context.judged([first, *spans, *against]),
        about=context.fingerprints(group.claims),
        values=tuple(value.value for value in conflict.values),
    )


def _outlets(context: Context, claims: tuple[str, ...]) -> list[str]:
    return [context.articles[context.claims[claim].article].outlet for claim in claims]


@rule("FC103", "single-sourced", "note")
def single_sourced(context: Context) -> Iterator[Found]:
    """Only one origin stands behind a statement.

    One outlet alone tells it, or several do but all of them lead back to one origin: an agency
    story printed by many is one telling.

    For example:
    Three outlets write that the bridge is closed, and all three credit the same agency.

    To resolve:
    Look for a second, independent telling and add it, or write whose word it is. Accept the
    finding where one source is enough.
    """
    for group in context.groups:
        if group.status == "single-sourced":
            who = listed(group.outlets)
            origins = listed(origin.name for origin in group.origins)
            if "echoed" in group.qualifiers:
                words = f"single-sourced: {len(group.outlets)} outlets ({who}), one origin"
                words += f" ({origins})" if origins else ""
            elif len(group.outlets) > 1:
                words = f"single-sourced: {who} tell this, but not surely each for itself"
            else:
                words = f"single-sourced: only {who} tells this"
            yield context.of_group(group, f"{words}: {excerpt(group.statement)}")


@rule("FC104", "anonymous", "warning")
def anonymous(context: Context) -> Iterator[Found]:
    """Everybody who vouches for a corroborated statement is unnamed.

    More than one origin carries the statement, but each of them quotes sources without a name.
    Unnamed sources may be one and the same person. That unnamed sources alone stand behind a
    single-sourced statement is told by that finding.

    For example:
    Two outlets, through two agencies, quote "an official close to the talks".

    To resolve:
    Find somebody who says it with a name, or a document; or accept the finding.
    """
    for group in context.groups:
        if "anonymous" in group.qualifiers and group.status == "corroborated":
            voices = listed(voice.name for voice in group.voices)
            message = f"only unnamed sources ({voices}): {excerpt(group.statement)}"
            yield context.of_group(group, message)


@rule("FC105", "unmeasured", "warning")
def unmeasured(context: Context) -> Iterator[Found]:
    """A file could not be measured.

    The file is empty, unreadable, too large, not text, or in a language that this version does
    not know. Nothing it says counts in any verdict.

    For example:
    A scan was saved as `.txt`, so the file holds no text.

    To resolve:
    Repair or remove the file; the reason says what is wrong with it.
    """
    for skipped in context.report.skipped:
        if not context.is_fresh_path(skipped.path):
            continue
        names = policy.views(skipped.path, context.ledger.folder)
        yield Found(
            message=f"not measured ({skipped.code}): {skipped.reason}",
            sides=(frozenset(key("unmeasured", name, skipped.code)[:16] for name in names),),
            path=skipped.path,
        )


@rule("FC106", "inconsistent", "warning")
def inconsistent(context: Context) -> Iterator[Found]:
    """One article gives two values for one thing.

    The same person has two offices, or one thing two figures, inside one text. Captions and
    headings count.

    For example:
    The text calls somebody president, the caption of the photo calls him prime minister.

    To resolve:
    Correct the article. Accept the finding where both are right (an office that changed hands).
    """
    for found in context.report.inconsistencies:
        spans = [(span, value.value) for value in found.values for span in value.spans]
        article = context.articles[found.article]
        if not spans or not context.is_fresh_path(article.path):
            continue
        values = sorted(value.value for value in found.values)
        # A renamed file has another outlet's name, and still its title.
        names = [article.outlet, *([article.title or ""] if named_by_file(article) else [])]
        # The last value is where a reader meets the contradiction.
        spans.sort()
        (span, _), others = spans[-1], spans[:-1]
        yield Found(
            message=f"{found.slot} differs within the article: {found.reason}",
            sides=(frozenset(key("inconsistent", n, found.slot, *values)[:16] for n in names),),
            article=found.article,
            span=span,
            slot=found.slot,
            related=tuple(
                RelatedPlace(article=found.article, span=place, message=value)
                for place, value in others
            ),
            articles=(found.article,),
        )


@rule("FC107", "too-few-origins", "warning")
def too_few_origins(context: Context) -> Iterator[Found]:
    """A statement has fewer independent origins than the policy asks for.

    The policy can ask for more than the usual two origins, for some paths or outlets, or for
    one tracked statement.

    For example:
    `minimum_origins: 3` holds for `corpus/elections/**`, and a statement there has two.

    To resolve:
    Add an article with an origin of its own, or lower `minimum_origins`.
    """
    tracked = {match.group: match.tracked for match in context.matches if match.group}
    for group in context.groups:
        articles = [context.articles[name] for name in context.judged(group.claims)]
        asked = policy.minimum_origins(context.ledger, articles)
        entry = tracked.get(group.id)
        own = entry.minimum_origins if entry else None
        # Without a demand of its own a single-sourced statement is told by that finding.
        if own is None and group.status != "corroborated":
            continue
        asked = own or asked
        if len(group.origins) < asked:
            origins = listed(origin.name for origin in group.origins)
            message = f"{len(group.origins)} of {asked} origins ({origins})"
            yield context.of_group(group, f"{message}: {excerpt(group.statement)}")


@rule("FC108", "corroborated", "note")
def corroborated(context: Context) -> Iterator[Found]:
    """Independent origins carry the same statement.

    Good news: what is corroborated is that it happened or that it was said. Where all origins
    lead to one voice, only that it was said.

    For example:
    Two correspondents of different outlets report the same closure of a bridge.

    To resolve:
    Nothing is to be done. `factcheck claims add GROUP` tracks the statement, so that a later
    loss of its corroboration is reported.
    """
    for group in context.groups:
        if group.status == "corroborated":
            origins = listed(origin.name for origin in group.origins)
            reason = group.reason or f"corroborated by {len(group.origins)} origins"
            yield context.of_group(group, f"{reason} ({origins}): {excerpt(group.statement)}")
