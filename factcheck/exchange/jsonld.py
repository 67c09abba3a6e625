"""A report as JSON-LD: schema.org claims, Web Annotations into the articles, PROV-O for access.

A group is a `Claim` with its tellings as `appearance`s; each telling is the body of an annotation
that points at the words, by position and by quotation. Verdicts are about the telling and not about
the world, so there is no `ClaimReview` and no rating. docs/exchange.md describes the terms.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from factcheck.dates import is_full
from factcheck.records import Article, Claim, Divergence, Group, Origin, Pair, Report, Span, Speaker

Node = dict[str, Any]

# Our own terms, which no vocabulary has; docs/exchange.md lists them.
VOCABULARY = "https://factcheck-cli.github.io/ns#"
CONTEXT: Mapping[str, Any] = {
    "@vocab": "https://schema.org/",
    "schema": "https://schema.org/",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "fc": VOCABULARY,
    "id": "@id",
    "type": "@type",
    # The terms of the Web Annotation model, as its own context has them.
    "Annotation": "oa:Annotation",
    "SpecificResource": "oa:SpecificResource",
    "TextPositionSelector": "oa:TextPositionSelector",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "identifying": "oa:identifying",
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    # Links between the nodes of the document.
    **{
        term: {"@type": "@id"}
        for term in ("appearance", "isPartOf", "publisher", "parentOrganization", "prov:entity")
    },
    **{
        f"prov:{term}": {"@type": "@id"}
        for term in (
            "wasAttributedTo",
            "wasDerivedFrom",
            "hadPrimarySource",
            "wasGeneratedBy",
            "wasAssociatedWith",
            "qualifiedDerivation",
        )
    },
    **{f"fc:{term}": {"@type": "@id"} for term in ("origin", "conflict", "value", "telling")},
}
# So many characters before and behind a quotation tell it from the same words elsewhere.
_AROUND = 32
# Below this probability that two tellings are independent, one is taken to have it from the other.
_DERIVED = 0.5


def document(report: Report) -> Node:
    """The JSON-LD document of a report, which has to hold the texts of its articles.

    The same report gives the same document. Offsets are code points of the articles' texts.
    """
    return _Writer(report).document()


class _Writer:
    def __init__(self, report: Report) -> None:
        self.report = report
        self.articles = {article.id: article for article in report.articles}
        self.claims = {claim.id: claim for claim in report.claims}

    def document(self) -> Node:
        context = {**CONTEXT, "this": f"{self._name()}#"}
        return {"@context": context, "@graph": list(self._nodes())}

    def _name(self) -> str:
        """A name for this report by what it holds, so that two of them can lie in one store."""
        told = "\n".join(
            [f"{a.outlet}\t{a.text}" for a in self.report.articles]
            + [f"{g.status}\t{' '.join(g.claims)}" for g in self.report.groups]
        )
        return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, VOCABULARY + told)}"

    def _nodes(self) -> Iterator[Node]:
        tool = self.report.tool
        yield {
            "id": "this:tool",
            "type": ["SoftwareApplication", "prov:SoftwareAgent"],
            "name": tool.name,
            "softwareVersion": tool.version,
        }
        outlets = {article.outlet: article.family for article in self.report.articles}
        for name, family in outlets.items():
            yield _outlet(name, family)
        for article in self.report.articles:
            yield _article(article)
        for speaker in self._speakers().values():
            yield _speaker(speaker)
        derived = self._derivations()
        for claim in self.report.claims:
            yield from self._telling(claim, derived.get(claim.id, []))
        for group in self.report.groups:
            yield self._statement(group)

    def _speakers(self) -> dict[str, Speaker]:
        found: dict[str, Speaker] = {}
        for claim in self.report.claims:
            for speaker in (claim.speaker, claim.voice):
                if speaker:
                    found.setdefault(speaker.name, speaker)
        return found

    def _derivations(self) -> dict[str, list[Pair]]:
        """Claim → the pairs in which it is the one that has it from another."""
        found: dict[str, list[Pair]] = {}
        for group in self.report.groups:
            for pair in group.pairs:
                if pair.child and pair.parent:
                    found.setdefault(pair.child, []).append(pair)
        return found

    def _telling(self, claim: Claim, derived: list[Pair]) -> Iterator[Node]:
        article = self.articles[claim.article]
        sources = [
            _ref("origin", f"{group.id}-{number}")
            for group in self.report.groups
            for number, origin in enumerate(group.origins, 1)
            if claim.id in origin.claims
        ]
        node: Node = {
            "id": _ref("telling", claim.id),
            "type": ["CreativeWork", "prov:Entity"],
            "identifier": claim.fingerprint,
            "text": claim.text,
            "isPartOf": _ref("article", article.id),
            "fc:stance": claim.stance,
            "fc:quote": claim.quote,
            "prov:wasAttributedTo": [
                *([_ref("speaker", claim.speaker.name)] if claim.speaker else []),
                *(
                    [_ref("speaker", claim.voice.name)]
                    if claim.voice and (not claim.speaker or claim.voice.name != claim.speaker.name)
                    else []
                ),
                *([] if claim.speaker or claim.voice else [_ref("outlet", article.outlet)]),
            ],
            "prov:wasGeneratedBy": self._access(claim, article),
            "prov:hadPrimarySource": sources,
            "prov:qualifiedDerivation": [_derivation(pair) for pair in derived],
            "prov:wasDerivedFrom": [
                _ref("telling", pair.parent) for pair in derived if pair.probability < _DERIVED
            ],
        }
        yield _filled(node)
        yield {
            "id": _ref("annotation", claim.id),
            "type": "Annotation",
            "motivation": "identifying",
            "body": _ref("telling", claim.id),
            "target": [_target(article, span) for span in claim.spans],
        }

    def _access(self, claim: Claim, article: Article) -> Node:
        access = claim.access
        return _filled(
            {
                "type": "prov:Activity",
                "fc:access": access.kind,
                "name": access.name,
                "fc:via": [via.name for via in claim.via],
                "prov:wasAssociatedWith": _ref("outlet", article.outlet),
            }
        )

    def _statement(self, group: Group) -> Node:
        return _filled(
            {
                "id": _ref("statement", group.id),
                "type": ["Claim", "prov:Entity"],
                "identifier": group.id,
                "text": group.statement,
                "appearance": [_ref("telling", claim) for claim in group.claims],
                "prov:wasAttributedTo": "this:tool",
                "fc:status": group.status,
                "fc:qualifier": list(group.qualifiers),
                "fc:reason": group.reason,
                "fc:independence": group.independence,
                "fc:probability": group.probability,
                "fc:origin": [
                    _origin(_ref("origin", f"{group.id}-{number}"), origin)
                    for number, origin in enumerate(group.origins, 1)
                ],
                "fc:conflict": [_conflict(one) for one in group.divergences if one.material],
            }
        )


def _outlet(name: str, family: str) -> Node:
    node: Node = {
        "id": _ref("outlet", name),
        "type": ["NewsMediaOrganization", "prov:Agent"],
        "name": name,
    }
    if family != name:
        owner = {"id": _ref("family", family), "type": "Organization", "name": family}
        node["parentOrganization"] = owner
    return node


def _article(article: Article) -> Node:
    published = article.published
    return _filled(
        {
            "id": _ref("article", article.id),
            "type": ["NewsArticle", "prov:Entity"],
            "identifier": article.id,
            "headline": article.title,
            "url": article.url,
            "datePublished": published if is_full(published) else None,
            "inLanguage": article.language,
            "creditText": article.byline,
            "publisher": _ref("outlet", article.outlet),
        }
    )


def _speaker(speaker: Speaker) -> Node:
    kinds = {"named": "Person", "organisation": "Organization", "document": "CreativeWork"}
    kind = kinds.get(speaker.kind, "Thing")
    agent = "prov:Entity" if kind == "CreativeWork" else "prov:Agent"
    return _filled(
        {
            "id": _ref("speaker", speaker.name),
            "type": [kind, agent],
            "name": speaker.name,
            "fc:speaker": speaker.kind,
            "description": speaker.role,
        }
    )


def _origin(ident: str, origin: Origin) -> Node:
    return _filled(
        {
            "id": ident,
            "type": "prov:Entity",
            "name": origin.name,
            "fc:kind": origin.kind,
            "fc:independence": origin.independence,
            "fc:probability": origin.probability,
            "fc:reason": origin.reason,
        }
    )


def _conflict(divergence: Divergence) -> Node:
    return {
        "type": "fc:Conflict",
        "fc:slot": divergence.slot,
        "fc:reason": divergence.reason,
        "fc:value": [
            {
                "type": "PropertyValue",
                "value": value.value,
                "fc:telling": [_ref("telling", claim) for claim in value.claims],
            }
            for value in divergence.values
        ],
    }


def _derivation(pair: Pair) -> Node:
    return {
        "type": "prov:Derivation",
        "prov:entity": _ref("telling", pair.parent),
        "fc:independent": pair.probability,
        "fc:reason": pair.reason,
    }


def _target(article: Article, span: Span) -> Node:
    start, end = span
    text = article.text
    return {
        "type": "SpecificResource",
        "source": _ref("article", article.id),
        "selector": [
            {"type": "TextPositionSelector", "start": start, "end": end},
            {
                "type": "TextQuoteSelector",
                "exact": text[start:end],
                "prefix": text[max(0, start - _AROUND) : start],
                "suffix": text[end : end + _AROUND],
            },
        ],
    }


def _ref(kind: str, name: str) -> str:
    return f"this:{kind}-{quote(name, safe='')}"


def _filled(node: Node) -> Node:
    """A node without what it does not tell."""
    return {key: value for key, value in node.items() if value not in (None, "", [])}
