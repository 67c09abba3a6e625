"""How a statement reached each outlet: as a tree, as JSON, as a Mermaid flow chart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text
from rich.tree import Tree

from factcheck import safe
from factcheck.provenance.graph import Graph
from factcheck.provenance.trace import Telling, Trace
from factcheck.records import Evidence
from factcheck.reports import tellings, words
from factcheck.reports.pen import Pen, draw
from factcheck.reports.places import excerpt, place
from factcheck.reports.report_json import dumps
from factcheck.reports.statement import verdict
from factcheck.reports.view import View, kind_of

# What an outlet says stays readable beside the branches of the tree.
_EXCERPT = 100
_MERMAID_LABEL = 60
# Characters around the words that tell of an access; pairs of outlets, and parts of their odds.
_WORDS, _MOST_PAIRS, _MOST_PARTS = 60, 10, 4
_ARROWS = {"derived from": "-.->", "same family": "---"}


def render(trace: Trace, form: str, view: View) -> str:
    """A trace as `tree`, `json` or `mermaid`."""
    if form == "json":
        return dumps(as_json(trace))
    if form == "mermaid":
        return mermaid(trace.graph)
    return draw(view, _tree(trace, Pen(view)))


def as_json(trace: Trace) -> dict[str, object]:
    """A trace as plain data; spans are code points of the articles' texts, as in a report."""
    return {
        "version": 1,
        "group": trace.group.id,
        "statement": trace.group.statement,
        "status": trace.group.status,
        "reason": trace.group.reason,
        "independence": trace.group.independence,
        "probability": trace.group.probability,
        "earliest": trace.earliest.claim.id if trace.earliest else None,
        "earliest_reason": trace.when,
        "origins": [
            {
                "name": branch.origin.name,
                "kind": branch.origin.kind,
                "independence": branch.origin.independence,
                "probability": branch.origin.probability,
                "reason": branch.origin.reason,
                "tellings": [_telling_json(telling) for telling in branch.tellings],
            }
            for branch in trace.branches
        ],
        "pairs": [pair.model_dump(mode="json") for pair in trace.pairs],
        "timeline": [
            {"published": told.article.published, "claim": told.claim.id} for told in trace.timeline
        ],
        "graph": {
            "nodes": [node._asdict() for node in trace.graph.nodes],
            "edges": [
                {
                    "kind": edge.kind,
                    "source": edge.source,
                    "target": edge.target,
                    "evidence": [_evidence(piece) for piece in edge.evidence],
                }
                for edge in trace.graph.edges
            ],
        },
    }


def _telling_json(telling: Telling) -> dict[str, object]:
    return {
        "claim": telling.claim.id,
        "article": telling.article.id,
        "outlet": telling.article.outlet,
        "published": telling.article.published,
        "text": telling.claim.text,
        "access": telling.claim.access.model_dump(mode="json"),
        "ways": [
            {
                "name": hand.name,
                "kind": hand.kind,
                "stated": hand.stated,
                "carried": hand.carried,
                "note": hand.note,
                "evidence": _evidence(hand.evidence) if hand.evidence else None,
            }
            for hand in telling.ways
        ],
        "repeats": telling.repeats,
    }


def _evidence(evidence: Evidence) -> dict[str, object]:
    return {"article": evidence.article, "span": list(evidence.span), "note": evidence.note}


def _tree(trace: Trace, pen: Pen) -> Iterator[RenderableType]:
    name, group = kind_of(trace.group), trace.group
    sign = pen.join([Text(f"{pen.symbol(name)} ", pen.style(name)), Text(group.id, "dim")])
    statement = pen.text(words.statement(group), style="bold")
    yield pen.table([(sign, statement), ("", verdict(pen, group))], [len(group.id) + 2, None])
    yield Text("")
    tree = Tree(words.count(len(group.origins), "origin"), guide_style="dim")
    for branch in trace.branches:
        origin = branch.origin
        lines = [pen.text(words.origin_words(origin), style="bold")]
        lines.append(pen.text(origin.reason, style="dim"))
        limb = tree.add(Text("\n").join(lines))
        for telling in branch.tellings:
            limb.add(_telling(telling, pen))
    yield tree
    yield Text("")
    yield from _hands(trace, pen)
    earliest = trace.earliest
    told = f"{earliest.article.outlet}, {words.day(trace.when)}" if earliest else trace.when
    yield pen.join([Text("told first  ", "dim"), pen.text(told)])
    rows = [
        (
            Text("" if position else "time line", "dim"),
            pen.text(words.day(telling.article.published)),
            pen.text(telling.article.outlet),
            pen.text(telling.claim.id, style="dim"),
        )
        for position, telling in enumerate(trace.timeline)
    ]
    if rows:
        dates = max(row[1].cell_len for row in rows)
        outlets = min(max(row[2].cell_len for row in rows), pen.width // 3)
        yield pen.table(rows, [10, dates, outlets, None])


def _hands(trace: Trace, pen: Pen) -> Iterator[RenderableType]:
    """Who may have it from whom, two by two, with how that adds up; then how sure the whole is."""
    if not trace.pairs:
        return
    outlets = {t.claim.id: t.article.outlet for b in trace.branches for t in b.tellings}
    yield pen.heading("Who may have it from whom")
    for pair in trace.pairs[:_MOST_PAIRS]:
        yield pen.text(words.pair_words(pair, outlets))
        told = sorted(pair.levels[1:], key=lambda part: -abs(part.weight))[:_MOST_PARTS]
        parts = [f"{words.log_odds(part.weight)} {part.name}: {part.level}" for part in told]
        if pair.levels:
            yield pen.indent(pen.text("; ".join(parts), style="dim"), by=2)
    if len(trace.pairs) > _MOST_PAIRS:
        left = words.count(len(trace.pairs) - _MOST_PAIRS, "more pair")
        yield pen.text(f"and {left}, less likely", style="dim")
    if several := words.several(trace.group):
        yield pen.text(several)
    yield Text("")


def _telling(telling: Telling, pen: Pen) -> Text:
    claim, article = telling.claim, telling.article
    first, *_ = tellings.who(claim)
    known = claim.access.name
    ways = [h.note for h in telling.ways if not (h.stated or h.distant or h.name == known)]
    lines = [
        pen.join(
            [
                pen.text(article.outlet, style="bold"),
                pen.text(f"  {claim.id}  {words.day(article.published)}", style="dim"),
            ]
        ),
        pen.join(
            [
                pen.text(first, style="cyan"),
                pen.shorten(f": {tellings.wording(claim, article.text)}", _EXCERPT),
            ]
        ),
    ]
    if claim.access.kind != "untold" or not (telling.repeats or ways):
        lines.append(_access(telling, pen))
    if telling.repeats:
        lines.append(pen.text(f"repeats {telling.repeats}", style="yellow"))
    elif ways:
        lines.append(pen.text("; ".join(ways), style="dim"))
    return Text("\n").join(lines)


def _access(telling: Telling, pen: Pen) -> Text:
    """How the outlet knows it, and the words of the article that tell so."""
    told = pen.text(tellings.access_words(telling.claim))
    for span in telling.claim.access.spans[:1]:
        pieces = pen.pieces(excerpt(telling.article, span, _WORDS))
        at = place(telling.article, span).line
        told = pen.join([told, pen.text(f" – line {at}: “", "dim"), pieces, pen.text("”", "dim")])
    return told


def mermaid(graph: Graph) -> str:
    """The graph as a Mermaid flow chart, to put between ```` ```mermaid ```` fences in Markdown."""
    numbers = {node.id: f"n{number}" for number, node in enumerate(graph.nodes)}
    lines = ["flowchart LR"]
    for node in graph.nodes:
        label = f"{node.kind}: {_label(node.name)}"
        lines.append(f'  {numbers[node.id]}["{label}"]')
    for edge in graph.edges:
        arrow = _ARROWS.get(edge.kind, "-->")
        lines.append(f"  {numbers[edge.source]} {arrow}|{edge.kind}| {numbers[edge.target]}")
    return "\n".join(lines) + "\n"


def _label(name: str) -> str:
    """Text of an article inside a quoted Mermaid label: no markup, HTML or line break lives on.

    Every character that could mean something becomes a numeric entity, which Mermaid decodes.
    """
    text = safe.plain(name)
    if len(text) > _MERMAID_LABEL:
        text = safe.closed(text[:_MERMAID_LABEL].rsplit(" ", 1)[0] + "…")
    return re.sub(r"[^\w .,:;!?%’‘“”–—…-]", lambda match: f"#{ord(match.group())};", text)
