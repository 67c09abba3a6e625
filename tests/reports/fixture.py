"""One report made by hand that holds every status, qualifier and kind of divergence.

The outlets, people and events are made up. Spans are found by their words, so that the texts
can be edited freely.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.config import Settings
from factcheck.records import (
    Access,
    Article,
    Attribution,
    Block,
    BlockKind,
    Claim,
    Credit,
    Divergence,
    DivergenceSlot,
    DivergenceValue,
    Evidence,
    Finding,
    Group,
    Inconsistency,
    InconsistencyValue,
    Independence,
    Level,
    Link,
    Origin,
    OriginKind,
    Pair,
    Qualifier,
    QuoteKind,
    RelatedPlace,
    Report,
    Rule,
    Sentence,
    Skipped,
    Slot,
    Span,
    Speaker,
    Status,
    Summary,
    Tool,
    Via,
    Voice,
)

if TYPE_CHECKING:
    from factcheck.pipeline import Corpus

COURIER = """\
Ferry runs aground off Port Almar

Harbour minister Dana Reyes at the quay on Sunday.

PORT ALMAR (Coastwire) - At least 12 people were injured when the ferry Sirocco ran aground on \
Saturday, the coast guard said.

"The captain did not ignore the storm warning," transport minister Dana Reyes told reporters. \
"We will publish every page of the log."

A person close to the ferry company told Coastwire that the steering had failed before the \
ship struck the reef. The ship was carrying 240 passengers.

Reyes said the inquiry would be led by Judge Tomas Berg.

The company and the union held direct talks in Almar on Monday.
"""

GAZETTE = """\
Sirocco accident: what we know

Fifteen people were injured when the ferry Sirocco ran aground on Sunday, hospital director \
Ines Falk told the Gazette.

"The captain did ignore the storm warning," transport minister Dana Reyes said.

According to an unnamed source familiar with the company, the ship's steering failed before it \
hit the reef. Harbour director Dana Reyes will publish the whole log.

The inquiry will be led by Judge Oskar Lind, Reyes said. The union has met the company only \
through mediators, in Tarsk.
"""

LEDGER = """\
Log of the Sirocco to be made public

Transport minister Dana Reyes pledged on Monday to publish every page of the log.

The ferry was carrying 240 passengers, Coastwire reported.

The ferry company denied that the steering had failed.
"""

WHARF = """\
Passengers wait for answers

With Coastwire. The Sirocco had 240 passengers on board.

"We were told to stay below," union leader Mara Quist said, while the company gave the same \
words to its spokesman.
"""

_TEXTS = {
    "a1": ("almar-courier.example", "articles/courier.txt", COURIER, "2031-05-05"),
    "a2": ("north-gazette.example", "articles/gazette.txt", GAZETTE, "2031-05-06"),
    "a3": ("evening-ledger.example", "articles/ledger.md", LEDGER, None),
    "a4": ("wharf-daily.example", "articles/wharf.txt", WHARF, "2031-05-06T09:30"),
}


def _article(ident: str) -> Article:
    outlet, path, text, published = _TEXTS[ident]
    blocks: list[Block] = []
    sentences: list[Sentence] = []
    start = 0
    for index, paragraph in enumerate(text.split("\n\n")):
        body = paragraph.rstrip("\n")
        kind: BlockKind = "title" if index == 0 else "body"
        if body.startswith("Harbour minister"):
            kind = "caption"
        blocks.append(Block(start=start, end=start + len(body), kind=kind))
        if kind != "title":
            at = start
            for piece in body.replace('." ', '."\0').replace(". ", ".\0").split("\0"):
                sentences.append(Sentence(start=at, end=at + len(piece), block=len(blocks) - 1))
                at += len(piece) + 1
        start += len(paragraph) + 2
    credited = {
        "a1": (Credit(name="Coastwire", kind="agency", span=span("a1", "(Coastwire)")),),
        "a4": (Credit(name="Coastwire", kind="agency", span=span("a4", "With Coastwire")),),
    }
    return Article(
        id=ident,
        path=path,
        outlet=outlet,
        family=outlet.removesuffix(".example"),
        title=text.split("\n", 1)[0],
        published=published,
        language="en",
        credits=credited.get(ident, ()),
        text=text,
        blocks=tuple(blocks),
        sentences=tuple(sentences),
    )


def span(article: str, words: str) -> Span:
    """Where these words stand in an article; they stand there exactly once."""
    text = _TEXTS[article][2]
    assert text.count(words) == 1, (article, words, text.count(words))
    start = text.index(words)
    return (start, start + len(words))


REYES = Speaker(name="Dana Reyes", as_written="Dana Reyes", role="transport minister", kind="named")
GUARD = Speaker(name="coast guard", as_written="the coast guard", kind="organisation")
FALK = Speaker(
    name="Ines Falk",
    as_written="hospital director Ines Falk",
    role="hospital director",
    kind="named",
)
INSIDER = Speaker(
    name="person close to the ferry company",
    as_written="A person close to the ferry company",
    kind="unnamed",
)
FAMILIAR = Speaker(
    name="source familiar with the company",
    as_written="an unnamed source familiar with the company",
    kind="unnamed",
)
COMPANY = Speaker(name="ferry company", as_written="The ferry company", kind="organisation")
QUIST = Speaker(
    name="Mara Quist", as_written="union leader Mara Quist", role="union leader", kind="named"
)


def _claim(
    ident: str,
    words: str,
    reading: str = "",
    *,
    rest: str = "",
    speaker: Speaker | None = None,
    quote: QuoteKind = "indirect",
    source: str = "",
    cue: str = "",
    via: tuple[Via, ...] = (),
    access: Access | None = None,
    slots: tuple[Slot, ...] = (),
) -> Claim:
    article = ident.split("-")[0]
    pieces = tuple(span(article, piece) for piece in (words, rest) if piece)
    text = _TEXTS[article][2]
    return Claim(
        id=ident,
        fingerprint=f"fp-{ident}",
        article=article,
        start=pieces[0][0],
        end=pieces[-1][1],
        spans=pieces,
        text=" ".join(text[start:end] for start, end in pieces),
        reading=reading or f"{words[0].upper()}{words[1:]}.",
        kind="utterance" if speaker else "report",
        quote=quote if speaker else "none",
        speaker=speaker,
        voice=speaker,
        source_spans=(span(article, source),) if source else (),
        cue_spans=(span(article, cue),) if cue else (),
        via=via,
        access=access or Access(),
        slots=slots,
    )


_COASTWIRE = Via(name="Coastwire", kind="agency", span=span("a1", "told Coastwire"))

CLAIMS = (
    _claim(
        "a1-1",
        "At least 12 people were injured when the ferry Sirocco ran aground on Saturday",
        speaker=GUARD,
        source="the coast guard",
        cue="the coast guard said",
        slots=(
            Slot(
                slot="figure",
                value=">=12 injured",
                text="At least 12",
                span=span("a1", "At least 12"),
            ),
            Slot(slot="date", value="2031-05-03", text="Saturday", span=span("a1", "Saturday")),
        ),
    ),
    _claim(
        "a1-2",
        "The captain did not ignore the storm warning",
        speaker=REYES,
        quote="direct",
        source="transport minister Dana Reyes",
        cue="told reporters",
        access=Access(kind="public", name="news conference", spans=(span("a1", "told reporters"),)),
    ),
    _claim("a1-3", "We will publish every page of the log", speaker=REYES, quote="direct"),
    _claim(
        "a1-4",
        "the steering had failed before the ship struck the reef",
        "The steering of the Sirocco had failed before the ship struck the reef.",
        speaker=INSIDER,
        source="A person close to the ferry company",
        cue="told Coastwire that",
        via=(_COASTWIRE,),
        access=Access(kind="relayed", name="Coastwire", spans=(span("a1", "told Coastwire"),)),
    ),
    _claim(
        "a1-5", "The ship was carrying 240 passengers", "The Sirocco was carrying 240 passengers."
    ),
    _claim(
        "a1-6", "the inquiry would be led by Judge Tomas Berg", speaker=REYES, cue="Reyes said the"
    ),
    _claim("a1-7", "The company and the union held direct talks in Almar on Monday"),
    _claim(
        "a2-1",
        "Fifteen people were injured when the ferry Sirocco ran aground on Sunday",
        speaker=FALK,
        source="hospital director Ines Falk",
        cue="told the Gazette",
        access=Access(kind="interview", name="Gazette", spans=(span("a2", "told the Gazette"),)),
        slots=(
            Slot(slot="figure", value="15 injured", text="Fifteen", span=span("a2", "Fifteen")),
            Slot(slot="date", value="2031-05-04", text="Sunday", span=span("a2", "Sunday")),
        ),
    ),
    _claim(
        "a2-2",
        "The captain did ignore the storm warning",
        speaker=REYES,
        quote="direct",
        source="transport minister Dana Reyes",
    ),
    _claim(
        "a2-3",
        "the ship's steering failed before it hit the reef",
        speaker=FAMILIAR,
        source="an unnamed source familiar with the company",
        cue="According to",
    ),
    _claim("a2-4", "Harbour director Dana Reyes will publish the whole log", speaker=None),
    _claim("a2-5", "The inquiry will be led by Judge Oskar Lind", speaker=REYES),
    _claim("a2-6", "The union has met the company only through mediators, in Tarsk"),
    _claim(
        "a3-1",
        "publish every page of the log",
        "Dana Reyes will publish every page of the log.",
        speaker=REYES,
        cue="pledged",
    ),
    _claim(
        "a3-2",
        "The ferry was carrying 240 passengers",
        speaker=None,
        via=(Via(name="Coastwire", kind="agency", span=span("a3", "Coastwire")),),
    ),
    _claim(
        "a3-3",
        "the steering had failed",
        "The steering had not failed.",
        speaker=COMPANY,
        source="The ferry company",
        cue="denied that",
    ),
    _claim(
        "a4-1",
        "The Sirocco had 240 passengers on board",
        access=Access(
            kind="relayed", name="Coastwire", spans=(span("a4", "With Coastwire"),), carried=True
        ),
    ),
    _claim(
        "a4-2",
        "We were told to stay below",
        speaker=QUIST,
        quote="direct",
        source="union leader Mara Quist",
    ),
)

_OUTLETS = {article: facts[0] for article, facts in _TEXTS.items()}


def _origin(
    name: str,
    kind: OriginKind,
    *claims: str,
    shown: bool | None = None,
    likely: float | None = None,
    reason: str = "the only telling",
    evidence: tuple[Evidence, ...] = (),
) -> Origin:
    grade: Independence | None = None if shown is None else "shown" if shown else "assumed"
    return Origin(
        name=name,
        kind=kind,
        outlets=tuple(sorted({_OUTLETS[claim[:2]] for claim in claims})),
        claims=claims,
        independence=grade if likely is None else "likely",
        probability=likely or (None if shown is None else 0.99 if shown else 0.9),
        reason=reason,
        evidence=evidence,
    )


def _value(value: str, *places: tuple[str, str], origins: tuple[str, ...]) -> DivergenceValue:
    return DivergenceValue(
        value=value,
        claims=tuple(claim for claim, _ in places),
        spans=tuple(span(claim[:2], words) for claim, words in places),
        origins=origins,
    )


def _divergence(
    slot: DivergenceSlot, reason: str, *values: DivergenceValue, material: bool = True, **more: bool
) -> Divergence:
    return Divergence(slot=slot, material=material, reason=reason, values=values, **more)


def _link(a: str, b: str, score: float, *levels: tuple[str, str, float]) -> Link:
    return Link(
        a=a,
        b=b,
        relation="equivalent",
        score=score,
        levels=tuple(Level(name=n, level=level, weight=w) for n, level, w in levels),
    )


def _group(
    ident: str,
    statement: str,
    status: Status,
    *claims: str,
    qualifiers: tuple[Qualifier, ...] = (),
    origins: tuple[Origin, ...],
    divergences: tuple[Divergence, ...] = (),
    links: tuple[Link, ...] = (),
    reason: str = "",
    probability: float = 0.9,
    pairs: tuple[Pair, ...] = (),
) -> Group:
    by_id = {claim.id: claim for claim in CLAIMS}
    voices: dict[str, Voice] = {}
    for claim in claims:
        voice = by_id[claim].voice
        if voice:
            so_far = voices[voice.name].claims if voice.name in voices else ()
            voices[voice.name] = Voice(name=voice.name, kind=voice.kind, claims=(*so_far, claim))
    kept = list(voices.values())
    if "one-voice" in qualifiers:
        kept = [Voice(name=kept[0].name, kind=kept[0].kind, claims=claims)]
    grades = {origin.independence for origin in origins}
    grade = next((g for g in ("shown", "likely", "assumed") if g in grades), None)
    return Group(
        independence=grade,
        probability=probability if grade else None,
        pairs=pairs,
        id=ident,
        statement=statement,
        status=status,
        qualifiers=qualifiers,
        claims=claims,
        outlets=tuple(sorted({_OUTLETS[claim[:2]] for claim in claims})),
        origins=origins,
        voices=tuple(kept),
        divergences=divergences,
        links=links,
        reason=reason,
    )


_LEVELS = (
    ("base rate", "one pair in 400", -6.0),
    ("wording", "near quotation", 5.2),
    ("rare words", "shared: ignore, storm, warning", 2.1),
    ("speaker", "same speaker", 1.9),
    ("numbers", "none", 0.0),
    ("position", "far apart", -0.4),
)

_GROUPS = (
    _group(
        "g1",
        "People were injured when the ferry Sirocco ran aground.",
        "divergent",
        "a1-1",
        "a2-1",
        qualifiers=("updated",),
        origins=(
            _origin("coast guard", "own", "a1-1", shown=True, reason="a public statement"),
            _origin(
                "North Gazette",
                "own",
                "a2-1",
                shown=True,
                reason="told this newspaper",
                evidence=(
                    Evidence(
                        article="a2",
                        span=span("a2", "told the Gazette"),
                        note="first-hand reporting",
                    ),
                ),
            ),
        ),
        divergences=(
            _divergence(
                "date",
                "the accident is put on two different days",
                _value("Saturday", ("a1-1", "Saturday"), origins=("coast guard",)),
                _value("Sunday", ("a2-1", "Sunday"), origins=("North Gazette",)),
            ),
            _divergence(
                "figure",
                "“at least 12” allows 15",
                _value("≥ 12 injured", ("a1-1", "At least 12"), origins=("coast guard",)),
                _value("15 injured", ("a2-1", "Fifteen"), origins=("North Gazette",)),
                material=False,
                updated=True,
            ),
        ),
        links=(
            _link(
                "a1-1",
                "a2-1",
                0.91,
                ("base rate", "one pair in 400", -6.0),
                ("wording", "paraphrase", 6.1),
                ("names", "shared: Sirocco", 2.2),
            ),
        ),
        reason=(
            "divergent – the accident is put on two different days; 2 outlets, 2 origins "
            "(coast guard, North Gazette); independence shown: told this newspaper"
        ),
    ),
    _group(
        "g2",
        "The captain ignored the storm warning.",
        "divergent",
        "a1-2",
        "a2-2",
        qualifiers=("one-voice",),
        origins=(
            _origin("Almar Courier", "own", "a1-2", shown=False, reason="a public utterance"),
            _origin("North Gazette", "own", "a2-2", shown=False, reason="a public utterance"),
        ),
        divergences=(
            _divergence(
                "quotation",
                "one telling lacks “not”",
                _value(
                    "did not ignore",
                    ("a1-2", "The captain did not ignore the storm warning"),
                    origins=("Almar Courier",),
                ),
                _value(
                    "did ignore",
                    ("a2-2", "The captain did ignore the storm warning"),
                    origins=("North Gazette",),
                ),
            ),
        ),
        links=(_link("a1-2", "a2-2", 0.943, *_LEVELS),),
        reason=(
            "divergent – one telling lacks “not”; one voice, Dana Reyes; 2 outlets,"
            " 2 origins (Almar Courier, North Gazette); independence assumed: a public utterance"
        ),
    ),
    _group(
        "g3",
        "The steering of the Sirocco had failed before it struck the reef.",
        "corroborated",
        "a1-4",
        "a2-3",
        qualifiers=("one-voice", "anonymous", "assumed"),
        origins=(
            _origin(
                "Coastwire",
                "agency",
                "a1-4",
                shown=False,
                reason="named as the relay: “told Coastwire”",
                evidence=(Evidence(article="a1", span=span("a1", "told Coastwire"), note="relay"),),
            ),
            _origin(
                "North Gazette",
                "own",
                "a2-3",
                shown=False,
                reason="no relay named; an unnamed source of its own is assumed",
            ),
        ),
        links=(
            _link(
                "a1-4",
                "a2-3",
                0.88,
                ("base rate", "one pair in 400", -6.0),
                ("wording", "paraphrase", 4.9),
                ("rare words", "steering, reef", 3.1),
            ),
        ),
        reason=(
            "corroborated that it was said – one unnamed person close to the ferry company; "
            "2 outlets, 2 origins (Coastwire, North Gazette); independence assumed"
        ),
    ),
    _group(
        "g4",
        "Dana Reyes will publish every page of the log.",
        "corroborated",
        "a1-3",
        "a2-4",
        "a3-1",
        origins=(
            _origin("Almar Courier", "own", "a1-3", shown=True, reason="told reporters"),
            _origin("Evening Ledger", "own", "a3-1", shown=True, reason="attended"),
            _origin("North Gazette", "own", "a2-4", shown=True, reason="own words"),
        ),
        divergences=(
            _divergence(
                "role",
                "one office is a former one",
                _value(
                    "transport minister",
                    ("a3-1", "Transport minister"),
                    origins=("Evening Ledger",),
                ),
                _value(
                    "harbour director", ("a2-4", "Harbour director"), origins=("North Gazette",)
                ),
                material=False,
            ),
        ),
    ),
    _group(
        "g5",
        "The Sirocco was carrying 240 passengers.",
        "single-sourced",
        "a1-5",
        "a3-2",
        "a4-1",
        qualifiers=("echoed",),
        origins=(
            _origin(
                "Coastwire",
                "agency",
                "a1-5",
                "a3-2",
                "a4-1",
                reason="all credited to Coastwire",
                evidence=(
                    Evidence(article="a1", span=span("a1", "(Coastwire)"), note="dateline"),
                    Evidence(
                        article="a3",
                        span=span("a3", "Coastwire reported"),
                        note="credit in the text",
                    ),
                    Evidence(article="a4", span=span("a4", "With Coastwire"), note="footer"),
                ),
            ),
        ),
        reason=("single-sourced; 3 outlets, 1 origin (Coastwire); all credited to Coastwire"),
    ),
    _group(
        "g6",
        "The inquiry will be led by a judge.",
        "divergent",
        "a1-6",
        "a2-5",
        qualifiers=("assumed",),
        origins=(
            _origin("Almar Courier", "own", "a1-6", shown=False, reason="a public utterance"),
            _origin("North Gazette", "own", "a2-5", shown=False, reason="a public utterance"),
        ),
        divergences=(
            _divergence(
                "person",
                "two different judges",
                _value("Tomas Berg", ("a1-6", "Tomas Berg"), origins=("Almar Courier",)),
                _value("Oskar Lind", ("a2-5", "Oskar Lind"), origins=("North Gazette",)),
            ),
        ),
    ),
    _group(
        "g7",
        "The company and the union held talks.",
        "divergent",
        "a1-7",
        "a2-6",
        origins=(
            _origin("Almar Courier", "own", "a1-7", shown=False, reason="own words"),
            _origin("North Gazette", "own", "a2-6", shown=False, reason="own words"),
        ),
        divergences=(
            _divergence(
                "manner",
                "direct talks and talks through mediators cannot both hold",
                _value("direct", ("a1-7", "direct"), origins=("Almar Courier",)),
                _value("indirect", ("a2-6", "only through mediators"), origins=("North Gazette",)),
            ),
            _divergence(
                "place",
                "two places, neither within the other",
                _value("Almar", ("a1-7", "in Almar"), origins=("Almar Courier",)),
                _value("Tarsk", ("a2-6", "in Tarsk"), origins=("North Gazette",)),
            ),
        ),
    ),
    _group(
        "g8",
        "The steering had failed.",
        "divergent",
        "a3-3",
        qualifiers=("contested",),
        origins=(
            _origin("Evening Ledger", "own", "a3-3", shown=False, reason="a public statement"),
        ),
        divergences=(
            _divergence(
                "polarity",
                "the company denies what an unnamed source asserts",
                _value("asserted", ("a1-4", "had failed before"), origins=("Coastwire",)),
                _value("denied", ("a3-3", "denied"), origins=("Evening Ledger",)),
                contested=True,
            ),
            _divergence(
                "attribution",
                "the same utterance is given to two sources",
                _value(
                    "person close to the ferry company",
                    ("a1-4", "A person close to the ferry company"),
                    origins=("Coastwire",),
                ),
                _value("ferry company", ("a3-3", "The ferry company"), origins=("Evening Ledger",)),
            ),
        ),
    ),
    _group(
        "g9",
        "Passengers were told to stay below.",
        "single-sourced",
        "a4-2",
        origins=(_origin("Wharf Daily", "own", "a4-2"),),
    ),
)

# Told by two, and how sure that is.
_GRADED = (
    _group(
        "g10",
        "The company and the union talked.",
        "corroborated",
        "a1-7",
        "a2-6",
        origins=(
            _origin("Almar Courier", "own", "a1-7", likely=0.97, shown=False, reason="own words"),
            _origin("North Gazette", "own", "a2-6", likely=0.97, shown=False, reason="own words"),
        ),
        probability=0.97,
    ),
    _group(
        "g11",
        "A judge will lead the inquiry.",
        "single-sourced",
        "a1-6",
        "a2-5",
        qualifiers=("one-voice", "assumed"),
        origins=(
            _origin("Almar Courier", "own", "a1-6", shown=False, reason="a public utterance"),
            _origin("North Gazette", "own", "a2-5", shown=False, reason="a public utterance"),
        ),
        probability=0.61,
        pairs=(
            Pair(
                a="a1-6",
                b="a2-5",
                certain=False,
                child="north-gazette.example",
                parent="almar-courier.example",
                probability=0.61,
                reason="said in public",
                levels=(
                    Level(name="prior", level="tellings of two outlets", weight=-3.1),
                    Level(name="wording here", level="alike in wording", weight=1.6),
                    Level(name="rare words here", level="rare words of these two", weight=1.1),
                    Level(name="time", level="not before the other", weight=-0.1),
                    Level(name="agency", level="no agency", weight=0.1),
                ),
            ),
        ),
        reason=(
            "single-sourced – two separate origins are not likely enough: 61% where 85% is asked "
            "for; 2 outlets, perhaps 2 origins (Almar Courier, North Gazette); "
            "north-gazette.example may have it from almar-courier.example (alike in wording)"
        ),
    ),
)

GROUPS: tuple[Group, ...] = (*_GROUPS, *_GRADED)
ARTICLES = tuple(_article(ident) for ident in _TEXTS)

REPORT = Report(
    tool=Tool(version="1.2.3", settings=Settings()),
    articles=ARTICLES,
    claims=CLAIMS,
    groups=GROUPS,
    inconsistencies=(
        Inconsistency(
            article="a1",
            slot="role",
            values=(
                InconsistencyValue(
                    value="harbour minister", spans=(span("a1", "Harbour minister"),)
                ),
                InconsistencyValue(
                    value="transport minister", spans=(span("a1", "transport minister"),)
                ),
            ),
            reason="Dana Reyes has two offices in one article.",
        ),
    ),
    skipped=(
        Skipped(path="articles/scan.txt", code="no-text", reason="the file holds no readable text"),
    ),
    summary=Summary(
        articles=4,
        outlets=4,
        claims=len(CLAIMS),
        groups=len(GROUPS),
        divergent=5,
        corroborated=3,
        shown=1,
        likely=1,
        assumed=1,
        single_sourced=3,
        echoed=1,
        inconsistencies=1,
        skipped=1,
    ),
)

_SAID = span("a1", "the coast guard said")
ATTRIBUTIONS = {
    "a1": (
        Attribution(
            source=(span("a1", "the coast guard"),),
            cue=((_SAID[1] - len("said"), _SAID[1]),),
            content=(CLAIMS[0].spans[0],),
        ),
    ),
    "a2": (),
}

RULES = (
    Rule(
        id="FC201",
        name="divergent-statement",
        short="Outlets disagree on a statement.",
        full="Two tellings of one statement give values that cannot both hold.",
        help="Check the primary source of each value.\n\nThen accept or correct it.",
        level="error",
    ),
    Rule(
        id="FC301",
        name="single-sourced-statement",
        short="A statement rests on one origin.",
        full="Everything that carries the statement leads back to one origin.",
        help="Look for a second, independent origin.",
        level="warning",
    ),
    Rule(
        id="FC501",
        name="unmeasured-input",
        short="An input could not be measured.",
        full="A file was skipped, so nothing is known about it.",
        help="Repair or remove the file.",
        level="note",
    ),
)

FINDINGS = (
    Finding(
        rule="FC301",
        level="warning",
        message="“The Sirocco was carrying 240 passengers.” has 3 outlets, 1 origin (Coastwire).",
        group="g5",
        article="a4",
        span=CLAIMS[16].spans[0],
        related=(
            RelatedPlace(
                article="a1", span=CLAIMS[4].spans[0], message="almar-courier.example says the same"
            ),
        ),
        fingerprint="0f" * 16,
    ),
    Finding(
        rule="FC201",
        level="error",
        message="date: Saturday / Sunday. The accident is put on two different days.",
        group="g1",
        article="a2",
        span=span("a2", "Sunday"),
        related=(RelatedPlace(article="a1", span=span("a1", "Saturday"), message="Saturday"),),
        fingerprint="1a" * 16,
    ),
    Finding(
        rule="FC501",
        level="note",
        message="the file holds no readable text",
        path="articles/scan.txt",
        fingerprint="2b" * 16,
        new=False,
    ),
)


def corpus() -> Corpus:
    """The articles as `extract` gets them."""
    # Imported late: all other tests here run without the stages of the pipeline.
    from factcheck.pipeline import Corpus, Extraction

    return Corpus(
        extractions=tuple(
            Extraction(
                article=article,
                attributions=ATTRIBUTIONS.get(article.id, ()),
                claims=tuple(claim for claim in CLAIMS if claim.article == article.id),
            )
            for article in ARTICLES
        ),
        skipped=REPORT.skipped,
    )
