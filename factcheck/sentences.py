"""Blocks → sentences, with exact offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factcheck.records import Block, Sentence, Span

# A longer stretch is cut at white space before sentence splitting, so that a text without a
# sentence end costs linear time.
_LONGEST_PIECE = 20_000
_UNFINISHED = re.compile(
    r"(?:\b(?:Reps?|Sens?|Cong|Govs?|Gens?|Lt|Col|Maj|Capt|Cmdr|Sgt|Cpl|Atty|Hon|Pres|Prof|Drs?|Mrs?"
    r"|Ms|Messrs|Rev|Fr|Msgr|Supt|Det|Insp|Amb|St|Mt|Ft|No|vs|approx|est|Nev|Ariz|Calif|Fla|Mass|Mich"
    r"|Minn|Tex|Wis|Ill|Ind|Pa|Va|Md|Conn|Tenn|Okla|Colo|Wash|Ore|Ky|La|Ala|Ga|Miss|Mo|Neb|Del"
    r"|Ark|Kan|Mont|Wyo)|-[A-Z])\.$"
)
# An abbreviation with a point, before a word that begins a sentence: "… in the U.S. They …". What
# people do is written with a capital there alone ("U.S. officials"), and behind the hour of a clock
# whatever is no day, month or zone.
_ENDS_TOO = re.compile(
    r"(?:(?:\b(?:[A-Z]\.){2,}|\b(?:Inc|Ltd|Corp|Co|Bros|etc|al|Jr|Sr)\.)[\"”’')\]]*\s+"
    r"(?=[\"“‘'(\[]?(?:He|She|It|They|We|You|I|His|Her|Its|Their|Our|My|This|These|Those|There|That"
    r"|The|A|An|And|But|Nor|So|Yet|Some|Many|Most|Both|All|Neither|Nobody|No|Not|If|When|While|As"
    r"|In|On|At|After|Before|Since|For|From|With|By|What|Who|Why|How|Then|However|Meanwhile|Instead"
    r"|Officials|Police|Authorities|Investigators|Prosecutors|Detectives|Witnesses|Residents|Doctors"
    r"|Experts|Analysts|Scientists|Researchers|Critics|Supporters|Opponents|Lawyers|Relatives"
    r"|Families|Friends|Neighbou?rs|Rescuers|Firefighters|Protesters|Survivors|Passengers|Villagers"
    r"|Workers|Employees|Organi[sz]ers|Activists|Reporters|Inspectors|Engineers|Crews)"
    r"[,’']?\s)"
    r"|\b[ap]\.m\.[\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z])(?!(?i:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar"
    r"|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b|[A-Z]{2,5}\b"
    r"|\S+ (?:[Tt]ime|[Ss]tandard)\b|Eastern|Central|Mountain|Pacific|Atlantic))"
)
_WORD = re.compile(r"[^\W_]+")


def unfinished(line: str) -> bool:
    """Whether a line ends in a title or an initial, which ends no sentence ("Rep.", "D-N.")."""
    return _UNFINISHED.search(line[-12:]) is not None


def sentences(text: str, found: tuple[Block, ...]) -> tuple[Sentence, ...]:
    """The sentences of the body and caption blocks, in order; offsets are exact.

    Sentence boundaries come from syntok, which splits inside long quotations too.
    """
    import syntok.segmenter  # imported here: `--help` needs no sentence splitter

    result = []
    for index, block in enumerate(found):
        if block.kind not in ("body", "caption"):
            continue
        for start, end in _pieces(text, block.start, block.end):
            spans: list[list[int]] = []
            for paragraph in syntok.segmenter.analyze(text[start:end]):
                for tokens in paragraph:
                    first = start + tokens[0].offset
                    last = start + tokens[-1].offset + len(tokens[-1].value)
                    # A closing mark or a lone bracket is no sentence of its own, and a title
                    # or an initial ("Rep.", "D-N.") ends none.
                    if spans and (
                        not _WORD.search(text, first, last)
                        or _UNFINISHED.search(text, max(start, spans[-1][1] - 12), spans[-1][1])
                    ):
                        spans[-1][1] = last
                    else:
                        spans.append([first, last])
            cut = [part for s, e in spans for part in _at_abbreviations(text, s, e)]
            result += [Sentence(start=s, end=e, block=index) for s, e in cut]
    return tuple(result)


def _at_abbreviations(text: str, start: int, end: int) -> Iterator[Span]:
    """A sentence, cut where it ends in an abbreviation and a word follows that begins another."""
    for match in _ENDS_TOO.finditer(text, start, end):
        yield start, match.start() + len(match[0].rstrip())
        start = match.end()
    yield start, end


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > _LONGEST_PIECE:
        cut = text.rfind(" ", start + 1, start + _LONGEST_PIECE)
        cut = cut if cut > start else start + _LONGEST_PIECE
        yield start, cut
        start = cut
    yield start, end
