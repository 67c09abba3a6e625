"""The provenance graph: who published, quoted, relayed and copied whom, with the evidence."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from typing import Literal, NamedTuple

from factcheck.provenance.analysis import Provenance
from factcheck.records import Article, Claim, Evidence

NodeKind = Literal["family", "article", "claim", "speaker", "relay", "document"]
EdgeKind = Literal["published", "states", "quotes", "relays", "derived from", "same family"]


class Node(NamedTuple):
    """A node; `id` is unique in its graph, `name` is what people read."""

    id: str
    kind: NodeKind
    name: str


class Edge(NamedTuple):
    """A directed edge between node ids, with the spans that it rests on."""

    kind: EdgeKind
    source: str
    target: str
    evidence: tuple[Evidence, ...] = ()


class Graph(NamedTuple):
    """Nodes and edges, each once, sorted."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def graph(articles: Iterable[Article], claims: Sequence[Claim], found: Provenance) -> Graph:
    """Draw the provenance of the given claims and of their articles.

    A family published an article, an article states a claim, a claim quotes a speaker or a
    document (the innermost first, who quotes them next), a relay or an agency relays a claim, an
    article is derived from another, two articles are of the same family.
    """
    by_article: dict[str, list[Claim]] = {}
    for claim in claims:
        by_article.setdefault(claim.article, []).append(claim)
    shown = {article.id: article for article in articles if article.id in by_article}
    nodes: set[Node] = set()
    edges: dict[tuple[EdgeKind, str, str], Edge] = {}

    def join(kind: EdgeKind, source: Node, target: Node, evidence: Iterable[Evidence]) -> None:
        nodes.update((source, target))
        edges.setdefault(
            (kind, source.id, target.id), Edge(kind, source.id, target.id, tuple(evidence))
        )

    for article in shown.values():
        page = _article(article)
        join("published", Node(f"family:{article.family}", "family", article.family), page, ())
        for claim in by_article[article.id]:
            _draw_claim(claim, page, found, join)
    for derivation in found.derivations:
        if derivation.a in shown and derivation.b in shown:
            source = derivation.source or derivation.a
            copy = derivation.b if source == derivation.a else derivation.a
            evidence = [
                Evidence(article=name, span=span, note=derivation.reason)
                for passage in derivation.passages
                for name, span in zip((derivation.a, derivation.b), passage, strict=True)
            ]
            join("derived from", _article(shown[copy]), _article(shown[source]), evidence)
    families: dict[str, list[Article]] = {}
    for article in shown.values():
        families.setdefault(article.family, []).append(article)
    for members in families.values():
        for first, second in itertools.pairwise(members):
            join("same family", _article(first), _article(second), ())
    return Graph(tuple(sorted(nodes)), tuple(edges[key] for key in sorted(edges)))


def _article(article: Article) -> Node:
    return Node(f"article:{article.id}", "article", article.outlet)


def _draw_claim(
    claim: Claim,
    page: Node,
    found: Provenance,
    join: Callable[[EdgeKind, Node, Node, Iterable[Evidence]], None],
) -> None:
    telling = Node(f"claim:{claim.id}", "claim", claim.text)
    here = [Evidence(article=claim.article, span=span, note="states it") for span in claim.spans]
    join("states", page, telling, here)
    quoted = telling
    named = [
        Evidence(article=claim.article, span=span, note="names the source")
        for span in claim.source_spans
    ]
    for speaker in dict.fromkeys((claim.voice, claim.speaker)):
        if speaker is not None:
            kind: NodeKind = "document" if speaker.kind == "document" else "speaker"
            source = Node(f"{kind}:{speaker.name}", kind, speaker.name)
            join("quotes", quoted, source, named)
            quoted = source
    for hand in found.accesses[claim.id].hands:
        relay = Node(f"relay:{hand.name}", "relay", hand.name)
        join("relays", relay, telling, [hand.evidence] if hand.evidence else [])
