"""Linked data: valid by other people's libraries, and all of a report's meaning comes back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyshacl
import pytest
import rdflib
from rdflib.compare import isomorphic

from factcheck.exchange.jsonld import CONTEXT, VOCABULARY, document
from factcheck.records import Report
from factcheck.reports import REGISTRY
from factcheck.reports.view import View
from tests.reports.fixture import ARTICLES, REPORT
from tests.test_safe import HOSTILE, check_text, hostile_report

# The library warns of its own use of what it deprecates.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

HERE = Path(__file__).parent
DOCS = HERE.parents[1] / "docs" / "exchange.md"
SCHEMA, OA = "https://schema.org/", "http://www.w3.org/ns/oa#"
PROV = "http://www.w3.org/ns/prov#"
# The terms of the Web Annotation vocabulary that a document may use.
ANNOTATIONS = set(
    "Annotation SpecificResource TextPositionSelector TextQuoteSelector hasBody hasTarget hasSource"
    " hasSelector motivatedBy identifying exact prefix suffix start end".split()
)


def graph(report: Report = REPORT) -> Any:
    text = REGISTRY["jsonld"](report, View())
    return rdflib.Graph().parse(data=text, format="json-ld")


def terms(found: Any) -> set[str]:
    """Predicates and classes, and the motivation."""
    kinds = (rdflib.RDF.type, rdflib.URIRef(f"{OA}motivatedBy"))
    told = {str(p) for _, p, _ in found if p != rdflib.RDF.type}
    return told | {str(o) for kind in kinds for o in found.objects(None, kind)}


def test_it_has_the_shape_that_the_models_ask_for() -> None:
    fine, _, told = pyshacl.validate(
        graph(), shacl_graph=str(HERE / "shapes.ttl"), allow_infos=False
    )
    assert fine, told


@pytest.mark.parametrize("term", ["start", "exact", "source", "body", "appearance", "publisher"])
def test_the_shapes_miss_what_is_left_out(term: str) -> None:
    def without(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: without(value) for key, value in node.items() if key != term}
        return [without(item) for item in node] if isinstance(node, list) else node

    made = document(REPORT)
    broken = {"@context": made["@context"], "@graph": without(made["@graph"])}
    found = rdflib.Graph().parse(data=json.dumps(broken), format="json-ld")
    fine, _, _ = pyshacl.validate(found, shacl_graph=str(HERE / "shapes.ttl"))
    assert not fine


def test_every_term_is_one_of_its_vocabulary() -> None:
    ours = set()
    for term in terms(graph()):
        if term.startswith(SCHEMA):
            assert term in rdflib.SDO, term
        elif term.startswith(PROV):
            assert term in rdflib.PROV, term
        elif term.startswith(OA):
            assert term.removeprefix(OA) in ANNOTATIONS, term
        else:
            assert term.startswith(VOCABULARY), term
            ours.add(term.removeprefix(VOCABULARY))
    page = DOCS.read_text(encoding="utf-8")
    assert not [term for term in sorted(ours) if f"`fc:{term}`" not in page]


def test_nothing_is_rated() -> None:
    assert not [term for term in terms(graph()) if "Review" in term or "ating" in term]


def test_it_survives_other_syntaxes() -> None:
    first = graph()
    for syntax in ("nt", "turtle", "xml", "json-ld"):
        again = rdflib.Graph().parse(data=first.serialize(format=syntax), format=syntax)
        assert isomorphic(first, again), syntax


def test_all_of_its_meaning_comes_back() -> None:
    """Read by SPARQL, and held against the report itself."""
    told = set()
    for row in graph().query(
        """
        PREFIX s: <https://schema.org/> PREFIX oa: <http://www.w3.org/ns/oa#>
        PREFIX fc: <https://factcheck-cli.github.io/ns#> PREFIX p: <http://www.w3.org/ns/prov#>
        SELECT ?group ?status ?statement ?fingerprint ?article ?outlet ?start ?end ?exact ?stance
               ?access ?who
        WHERE {
          ?claim a s:Claim ; s:identifier ?group ; fc:status ?status ; s:text ?statement ;
                 s:appearance ?telling .
          ?telling s:identifier ?fingerprint ; fc:stance ?stance ; p:wasAttributedTo/s:name ?who ;
                   p:wasGeneratedBy/fc:access ?access ; s:isPartOf ?work .
          ?work s:identifier ?article ; s:publisher/s:name ?outlet .
          ?note oa:hasBody ?telling ; oa:hasTarget ?target .
          ?target oa:hasSource ?work ; oa:hasSelector ?position, ?quote .
          ?position oa:start ?start ; oa:end ?end .
          ?quote oa:exact ?exact .
        }"""
    ):
        told.add(tuple(item.toPython() for item in row))
    texts = {article.id: article for article in ARTICLES}
    claims = {claim.id: claim for claim in REPORT.claims}
    wanted = set()
    for group in REPORT.groups:
        for claim in map(claims.__getitem__, group.claims):
            article = texts[claim.article]
            names = {s.name for s in (claim.speaker, claim.voice) if s} or {article.outlet}
            for start, end in claim.spans:
                for name in names:
                    wanted.add(
                        (
                            *(group.id, group.status, group.statement, claim.fingerprint),
                            *(article.id, article.outlet, start, end, article.text[start:end]),
                            *(claim.stance, claim.access.kind, name),
                        )
                    )
    assert told == wanted


def test_the_quotation_finds_its_place_alone() -> None:
    texts = {f"this:article-{article.id}": article.text for article in ARTICLES}
    targets = [t for node in document(REPORT)["@graph"] for t in node.get("target", [])]
    assert targets
    for target in targets:
        position, quote = target["selector"]
        around = quote["prefix"] + quote["exact"] + quote["suffix"]
        text = texts[target["source"]]
        assert text.count(around) == 1
        assert text.index(around) + len(quote["prefix"]) == position["start"]


def test_origins_and_conflicts_come_back() -> None:
    found = graph()
    origins = {
        (str(row.group), str(row.name), str(row.telling))
        for row in found.query(
            """
            PREFIX s: <https://schema.org/> PREFIX fc: <https://factcheck-cli.github.io/ns#>
            PREFIX p: <http://www.w3.org/ns/prov#>
            SELECT ?group ?name ?telling WHERE {
              ?claim s:identifier ?group ; fc:origin ?origin ; s:appearance ?t .
              ?origin s:name ?name . ?t p:hadPrimarySource ?origin ; s:identifier ?telling }"""
        )
    }
    prints = {claim.id: claim.fingerprint for claim in REPORT.claims}
    assert origins == {
        (group.id, origin.name, prints[claim])
        for group in REPORT.groups
        for origin in group.origins
        for claim in origin.claims
    }
    values = {str(o) for o in found.objects(None, rdflib.URIRef(f"{SCHEMA}value"))}
    assert values == {
        value.value
        for group in REPORT.groups
        for one in group.divergences
        if one.material
        for value in one.values
    }


def test_the_same_report_is_the_same_document_and_another_has_another_name() -> None:
    assert document(REPORT) == document(REPORT)
    other = REPORT.model_copy(update={"groups": REPORT.groups[:-1]})
    assert document(REPORT)["@context"]["this"] != document(other)["@context"]["this"]
    assert set(document(REPORT)["@context"]) == {*CONTEXT, "this"}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_stays_text(name: str) -> None:
    report, view = hostile_report(HOSTILE[name])
    made = REGISTRY["jsonld"](report, view)
    check_text(made)
    calm = terms(graph(hostile_report("calm")[0]))
    assert terms(rdflib.Graph().parse(data=made, format="json-ld")) <= calm
