"""One statement on the page: verdict, differing values, tellings, and what it all rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from factcheck.records import (
    FINGERPRINT_LENGTH,
    Article,
    Claim,
    Divergence,
    DivergenceValue,
    Group,
    Span,
)
from factcheck.reports import tellings, words
from factcheck.reports.index import Index
from factcheck.reports.page.markup import Markup, element, joined
from factcheck.reports.page.picture import picture
from factcheck.reports.places import (
    Piece,
    as_read,
    excerpt,
    neighbourhood,
    place,
    sentence_around,
)
from factcheck.reports.view import View, kind_of, section

# How the marks of a passage are set.
_TAGS = {"hit": "mark", "claim": "b", "source": "i", "cue": "i"}
_CLASSES = {"said": "said-only"}


class Statements:
    """Statements as HTML, with what the filter asks of each: by number, no name is code."""

    def __init__(
        self, index: Index, groups: Sequence[Group], notes: Mapping[str, Sequence[str]]
    ) -> None:
        self.index = index
        self.notes = notes
        outlets = {name for group in groups for name in group.outlets}
        speakers = {name for group in groups for name in self.speakers_of(group)}
        self.outlets = sorted(outlets, key=str.casefold)
        self.speakers = sorted(speakers, key=str.casefold)
        self.outlet_number = {name: str(at) for at, name in enumerate(self.outlets)}
        self.speaker_number = {name: str(at) for at, name in enumerate(self.speakers)}

    def group(self, group: Group) -> Markup:
        """The whole of a statement that several outlets tell."""
        lead, rest = words.verdict_words(group)
        ident = element("a", group.id, href=f"#{group.id}", class_="id")
        return element(
            "article",
            element("h3", sign(kind_of(group)), " ", words.statement(group), " ", ident),
            element("p", element("strong", lead), " – ", rest, class_="verdict"),
            *(part for d in group.divergences for part in self._divergence(d, group)),
            *self._notes(group),
            self._tellings(group),
            self._why(group),
            class_=f"group {class_of(group)}",
            **self.data(group),
        )

    def _notes(self, group: Group) -> Iterator[Markup]:
        """What people decided or wrote of a statement."""
        names = [group.id, *map(self._name, group.claims)]
        told = [note for name in names for note in self.notes.get(name, ())]
        for note in dict.fromkeys(told):
            yield element("p", element("b", "Ledger: "), note, class_="note")

    def _name(self, claim: str) -> str:
        return self.index.claims[claim].fingerprint[:FINGERPRINT_LENGTH]

    def data(self, group: Group) -> dict[str, str]:
        """What the filter asks of a statement, by number: no name of an article is code."""
        speakers = sorted({self.speaker_number[name] for name in self.speakers_of(group)}, key=int)
        return {
            "id": group.id,
            "data_status": section(group),
            "data_outlets": " ".join(self.outlet_number[name] for name in group.outlets),
            "data_speakers": " ".join(speakers),
        }

    def speakers_of(self, group: Group) -> set[str]:
        """The names of those who say a statement, or vouch for it."""
        said = (self.index.claims[claim] for claim in group.claims)
        return {s.name for claim in said for s in (claim.speaker, claim.voice) if s}

    def _divergence(self, divergence: Divergence, group: Group) -> Iterator[Markup]:
        slot = words.slot(divergence.slot)
        label = f"What differs: {slot}" if divergence.material else f"{slot}, no conflict"
        told = "" if divergence.reason in group.reason else f": {divergence.reason}"
        yield element("p", element("b", label), told)
        values = [
            self._value(str(number) if divergence.material else "", value)
            for number, value in enumerate(divergence.values, 1)
        ]
        yield element("div", *values, class_="values")

    def _value(self, number: str, value: DivergenceValue) -> Markup:
        """A value, the words that give it, and the origins behind it."""
        told = [
            self.at(self.index.article(claim), span)
            for claim, span in zip(value.claims, value.spans, strict=False)
        ]
        behind = words.count(len(value.origins), "origin")
        origins = f"{behind}: {words.listed(value.origins)}" if value.origins else ""
        return element(
            "div",
            element("p", element("b", number) if number else "", value.value, class_="value"),
            *dict.fromkeys(told),
            element("p", origins, class_="where") if origins else "",
        )

    def at(self, article: Article, span: Span, note: str = "") -> Markup:
        """The words at a place in their sentence, under where that is."""
        where = f"{self.index.labels[article.id]}, line {place(article, span).line}"
        where += f" – {note}" if note else ""
        head = element("span", where, class_="where")
        return element("p", head, _pieces(excerpt(article, span, 140)))

    def _tellings(self, group: Group) -> Markup:
        hits = self.index.differing_words(group)
        rows = [
            element("tr", *self.telling(claim, hits.get(claim.id, [])))
            for claim in self.index.members(group)
        ]
        return tellings_table(rows)

    def telling(self, claim: Claim, hits: Sequence[Span]) -> list[Markup]:
        """Cells: where, who says it through whom, in what words."""
        line = element("a", f"line {self.index.line(claim)}", href=f"#claim-{claim.id}")
        where = element("span", line, class_="where")
        first, *rest = tellings.who(claim)
        return [
            element("td", self.index.labels[claim.article], " ", where),
            element("td", first, *(element("small", line) for line in rest)),
            element("td", self._wording(claim, hits)),
        ]

    def _wording(self, claim: Claim, hits: Sequence[Span]) -> Markup:
        article = self.index.articles[claim.article]
        marks = [(span, "hit") for span in hits]
        spans = tellings.shown_spans(claim, article.text)
        body = joined((_pieces(as_read(article, span, marks)) for span in spans), " … ")
        if claim.quote == "direct":
            body = joined(["“", body, "”"])
        before, after = tellings.frame(claim, article.text)
        return joined([before, body, after])

    def _why(self, group: Group) -> Markup:
        """The origins with what shows them, and each telling where it stands."""
        origins = [
            element(
                "li",
                element("b", words.origin_words(origin)),
                element("p", f"{', '.join(origin.outlets)}: {origin.reason}"),
                *(
                    self.at(self.index.articles[piece.article], piece.span, piece.note)
                    for piece in origin.evidence
                ),
            )
            for origin in group.origins
        ]
        hits = self.index.differing_words(group)
        passages = [
            self._passage(claim, hits.get(claim.id, [])) for claim in self.index.members(group)
        ]
        several = words.several(group)
        return element(
            "details",
            element("summary", "Origins and passages"),
            element("p", several) if several else "",
            picture(group, self.index) if group.origins else "",
            element("ol", *origins) if origins else "",
            *passages,
        )

    def _passage(self, claim: Claim, hits: Sequence[Span]) -> Markup:
        """A claim in its sentence, with the sentences before and after."""
        article = self.index.articles[claim.article]
        whole = (claim.start, claim.end)
        marks = [
            *((span, "hit") for span in hits),
            *((span, "claim") for span in claim.spans),
        ]
        before, after = (article.text[slice(*span)] for span in neighbourhood(article, whole))
        inside = _pieces(as_read(article, sentence_around(article, whole), marks))
        where = f"{self.index.labels[article.id]}, line {self.index.line(claim)}"
        parts = [element("i", before), inside, element("i", after)]
        told = joined([part for part in parts if part], " ")
        return element("div", element("span", where, class_="where"), told, class_="passage")


def notes(view: View) -> dict[str, list[str]]:
    """The notes of a view by the beginning of a claim's fingerprint."""
    found: dict[str, list[str]] = {}
    for note in view.notes:
        found.setdefault(note.about[:FINGERPRINT_LENGTH], []).append(note.told)
    return found


def tellings_table(rows: Sequence[Markup]) -> Markup:
    """A table of rows that `telling` made."""
    names = ("Outlet", "Who says it", "In what words")
    head = element("tr", *(element("th", name, scope="col") for name in names))
    return element("table", element("thead", head), element("tbody", *rows), class_="tellings")


def _pieces(pieces: Sequence[Piece]) -> Markup:
    return joined(
        element(_TAGS[piece.mark], piece.text) if piece.mark in _TAGS else piece.text
        for piece in pieces
    )


def sign(name: str) -> Markup:
    """A sign for the eye; the word for it stands beside it."""
    return element("span", words.SIGNS[name], class_="sign", aria_hidden="true")


def class_of(group: Group) -> str:
    """The class that gives a group its colour."""
    return class_name(kind_of(group))


def class_name(name: str) -> str:
    """The class of a kind of verdict."""
    return _CLASSES.get(name, name)
