"""What `extract` shows: each article's claims in the order of its text, before any comparison."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from rich.text import Text

from factcheck import __version__
from factcheck.config import Settings
from factcheck.records import Article, Claim, Tool
from factcheck.reports import remarks, tellings, words
from factcheck.reports.pen import Pen, draw
from factcheck.reports.places import as_read, place
from factcheck.reports.report_json import as_version_1, dumps
from factcheck.reports.view import View, speaks

if TYPE_CHECKING:
    from factcheck.pipeline import Corpus, Extraction


def render_extract(corpus: Corpus, name: str, view: View) -> str:
    """The extractions of a corpus in one format, of the speaker the view asks for."""
    if name == "terminal":
        return draw(view, _compose(corpus, view))
    document = _document(corpus, view)
    return dumps(as_version_1(document) if name == "json1" else document)


def _document(corpus: Corpus, view: View) -> dict[str, Any]:
    """`articles` with the raw attributions they came from, and `claims`, as in a report."""
    return {
        "version": 2,
        "tool": Tool(version=__version__, settings=Settings()).model_dump(mode="json"),
        "articles": [
            found.article.model_dump(mode="json")
            | {"attributions": [a.model_dump(mode="json") for a in found.attributions]}
            for found in corpus.extractions
        ],
        "claims": [
            claim.model_dump(mode="json")
            for found in corpus.extractions
            for claim in _wanted(found, view)
        ],
        "skipped": [record.model_dump(mode="json") for record in corpus.skipped],
    }


def _wanted(found: Extraction, view: View) -> list[Claim]:
    return [c for c in found.claims if view.speaker is None or speaks(c, view.speaker)]


def _compose(corpus: Corpus, view: View) -> Iterator[RenderableType]:
    pen = Pen(view)
    claims = {found.article.id: _wanted(found, view) for found in corpus.extractions}
    total = sum(map(len, claims.values()))
    yield pen.text(
        f"{words.count(len(claims), 'article')} · {words.count(total, 'claim')}", style="bold"
    )
    for found in corpus.extractions:
        article = found.article
        yield Text("")
        yield pen.heading(article.outlet)
        facts = [article.path, article.title or "", article.published or ""]
        yield pen.text(" · ".join(fact for fact in facts if fact), style="dim")
        if claims[article.id]:
            yield _table(pen, article, claims[article.id])
    for note in remarks.notes(corpus.articles):
        yield Text("")
        yield pen.text(note, style="dim")
    for skipped in corpus.skipped:
        yield Text("")
        symbol = Text(f"{pen.symbol('skipped')} ", pen.style("skipped"))
        name = pen.text(skipped.path, style="bold")
        yield pen.join([symbol, name, pen.text(f"  {skipped.reason} ({skipped.code})")])


def _table(pen: Pen, article: Article, claims: list[Claim]) -> RenderableType:
    rows = []
    for claim in claims:
        line = place(article, (claim.start, claim.end)).line
        first, *rest = tellings.who(claim)
        said = [pen.text(first, style="" if claim.speaker or claim.voice else "dim")]
        said += [pen.text(words_, style="dim") for words_ in rest]
        spans = tellings.shown_spans(claim, article.text)
        pieces = ("".join(p.text for p in as_read(article, span, ())) for span in spans)
        text = " … ".join(pieces)
        before, after = tellings.frame(claim, article.text)
        framed = f"{before}“{text}”" if claim.quote == "direct" else f"{before}{text}{after}"
        wording = pen.text(framed)
        rows.append((Text(str(line), "dim"), Text("\n").join(said), wording))
    return pen.table(rows, [4, max(18, pen.width // 4), None], ["right"])
