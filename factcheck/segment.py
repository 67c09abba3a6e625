"""Text → blocks and sentences, with what is no statement marked as what it is.

Raw web copy carries navigation lines, captions, date lines and lists of other stories; markdown
carries headings and images. Every line gets a kind; only `body` blocks hold claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from factcheck.dates import dateline_date, parse_date_line
from factcheck.records import Block, BlockKind, Sentence, Span

# A longer stretch is cut at white space before sentence splitting, so that a text without a
# sentence end costs linear time.
_LONGEST_PIECE = 20_000

_TERMINAL = re.compile(r"[.!?…:;,。][\"'”’»)\]]*$")
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_NAVIGATION = re.compile(
    r"(?i)(?:skip to (?:main |the )?(?:content|navigation)|(?:main )?menu|search|subscribe(?: now)?"
    r"|sign (?:in|up)|log ?in|register|home(?:page)?|share(?: this)?(?: (?:article|story|page))?"
    r"|advertisement|advertising|sponsored|print(?: this)?|e-?mail|copy link|comments?(?: \(\d+\))?"
    r"|\d+ comments?|listen(?: to (?:this )?article)?|\d+ min(?:ute)?s? read|read more|load more"
    r"|back to top|follow us(?: on .{1,30})?|cookies?(?: (?:policy|settings))?|privacy policy"
    r"|terms of (?:use|service)|all rights reserved|newsletters?|facebook|twitter|x|whatsapp"
    r"|telegram|linkedin|close|next|previous|tags?:.{0,200}|topics?:.{0,200}|https?://\S+"
    r"|©.{0,120}|copyright .{0,120}|abstract|full text)\.?"
)
_RELATED = re.compile(
    r"(?i)(?:related(?: (?:articles?|stories|news|content|topics|coverage))?|read (?:also|next)"
    r"|see also|also read|more (?:on this(?: story| topic)?|from .{1,40}|stories|news)"
    r"|recommended(?: for you)?|you (?:may|might) also like|most (?:read|popular)"
    r"|trending(?: now)?|latest (?:news|stories)|don[’']t miss|editors?[’']s? picks?)\s*:?"
)
_RELATED_INLINE = re.compile(
    r"(?i)(?:read (?:more|also|next)|see also|also read|related)\s*[:|–—-]\s"
)
_CAPTION = re.compile(
    r"(?i)^(?:photo|image|picture|caption|file photo|pictured|watch|video|infographic|graphic|map)"
    r"(?: credit| by)?\s*[:|–—-]|\((?:ap |file |afp |epa |reuters )?(?:photo|image|file)\b"
    r"|\b(?:ap photo|getty images|afp via getty|reuters/[A-Z]|file photo|image credit|photo by"
    r"|photo courtesy)\b|^!\["
)
_BYLINE = re.compile(r"(?i)^(?:by|written by|from)\s+(?=\S)")
_CREDIT = re.compile(
    r"(?i)^[(\[]?(?:(?:additional )?(?:reporting|writing)|editing|compiled|edited|produced)"
    r"(?: and \w+)? by\b|^[(\[]?with (?:afp|ap|reuters|files from|reporting|additional|inputs?)\b"
    r"|^(?:source|via|h/t|hat tip|original(?:ly published)?)\s*[:|]"
    r"|^[(\[]?(?:ap|afp|reuters|upi|dpa|efe|tass|xinhua|anadolu(?: agency)?)[)\]]?$"
)
_UNFINISHED = re.compile(
    r"(?:\b(?:Reps?|Sens?|Cong|Govs?|Gens?|Lt|Col|Maj|Capt|Cmdr|Sgt|Cpl|Atty|Hon|Pres|Prof|Drs?|Mrs?"
    r"|Ms|Messrs|Rev|Fr|Msgr|Supt|Det|Insp|Amb|St|Mt|Ft|No|vs|approx|est|Nev|Ariz|Calif|Fla|Mass|Mich"
    r"|Minn|Tex|Wis|Ill|Ind|Pa|Va|Md|Conn|Tenn|Okla|Colo|Wash|Ore|Ky|La|Ala|Ga|Miss|Mo|Neb|Del"
    r"|Ark|Kan|Mont|Wyo)|-[A-Z])\.$"
)
_HEADING_MARK = re.compile(r"#{1,6}\s+")


def body_text(span: Span, text: str) -> str:
    """The words of a span with every run of white space as one space."""
    return " ".join(text[span[0] : span[1]].split())


def blocks(text: str, start: int = 0, *, markdown: bool = False) -> tuple[Block, ...]:
    """Cut `text[start:]` into blocks, in order, each of one kind; white space is in none.

    The first headline-like line is the title; headline-like lines between it and the first
    paragraph are captions (which is what raw copies carry there), later ones headings.
    """
    found: list[Block] = []
    kinds: set[BlockKind] = set()
    in_related = False
    for first, last, followed in _paragraphs(text, start):
        line = text[first:last]
        kind = _kind(line, kinds, in_related, followed, markdown)
        in_related = kind == "related"
        if markdown and (mark := _HEADING_MARK.match(line)):
            first += mark.end()
        found.append(Block(start=first, end=last, kind=kind))
        kinds.add(kind)
    return tuple(found)


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
            result += [Sentence(start=s, end=e, block=index) for s, e in spans]
    return tuple(result)


def date_of(text: str, found: tuple[Block, ...]) -> str | None:
    """The article's date (EDTF) as far as a date line, else a dateline, tells it."""
    for block in found:
        if block.kind == "date" and (date := parse_date_line(text[block.start : block.end])):
            return date
    for block in found:
        if block.kind == "body":
            return dateline_date(text[block.start : block.end])
    return None


def _paragraphs(text: str, start: int) -> Iterator[tuple[int, int, bool]]:
    """Yield (start, end, stands alone above others) of paragraphs, hard-wrapped lines joined."""
    chunk: list[Span] = []
    end = len(text.rstrip())
    for match in re.compile(
        r"[^\r\n\u2028\u2029\x0b\x0c\x85]*(?:\r\n|[\r\n\u2028\u2029\x0b\x0c\x85]|$)"
    ).finditer(text, start):
        line = match.group()
        stripped = line.strip()
        if stripped:
            first = match.start() + len(line) - len(line.lstrip())
            chunk.append((first, first + len(stripped)))
        if chunk and (not stripped or match.end() == len(text)):
            yield from _chunk(text, chunk, match.end() < end)
            chunk = []


def _chunk(text: str, lines: list[Span], more: bool) -> Iterator[tuple[int, int, bool]]:
    inner = lines[:-1]
    lengths = sorted(end - start for start, end in inner)
    wrapped = (
        len(inner) >= 2
        and 40 <= lengths[len(lengths) // 2] <= 100
        and lengths[-1] <= 110
        and sum(bool(_TERMINAL.search(text[max(s, e - 8) : e])) for s, e in inner) * 2 <= len(inner)
    )
    if wrapped:
        yield lines[0][0], lines[-1][1], True
        return
    for index, (start, end) in enumerate(lines):
        yield start, end, more and index == len(lines) - 1


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > _LONGEST_PIECE:
        cut = text.rfind(" ", start + 1, start + _LONGEST_PIECE)
        cut = cut if cut > start else start + _LONGEST_PIECE
        yield start, cut
        start = cut
    yield start, end


def _kind(
    line: str, before: set[BlockKind], in_related: bool, followed: bool, markdown: bool
) -> BlockKind:
    if len(line) > 400:
        return "body"
    words = _WORD.findall(line)
    complete = bool(_TERMINAL.search(line))
    if markdown and _HEADING_MARK.match(line):
        return "heading" if before & {"title", "body"} else "title"
    if _NAVIGATION.fullmatch(line) or not words or _is_link_bar(line):
        return "navigation"
    if _RELATED.fullmatch(line) or (_RELATED_INLINE.match(line) and len(words) < 30):
        return "related"
    if len(line) <= 80 and parse_date_line(line) is not None:
        return "date"
    if _CREDIT.search(line) and len(words) < 40:
        return "credit"
    if _CAPTION.search(line) and len(words) < 60:
        return "caption"
    if _BYLINE.match(line) and len(words) <= 14 and not complete and _capitalised(words[1:]) > 0.6:
        return "byline"
    headline = len(words) <= 25 and (
        not complete or (followed and len(words) <= 20 and _capitalised(words) >= 0.75)
    )
    if in_related and headline:
        return "related"
    if not before & {"title", "body"}:
        return "title" if headline else "body"
    if "body" not in before:
        return "caption" if headline and not complete else "body"
    if headline and not complete and (len(words) <= 8 or _capitalised(words) >= 0.6):
        return "heading"
    return "body"


def _capitalised(words: list[str]) -> float:
    """The share of capitalised words among those long enough to be capitalised in a headline."""
    long = [word for word in words if len(word) > 3 or word[0].isupper()]
    return sum(word[0].isupper() or word[0].isdigit() for word in long) / (len(long) or 1)


def _is_link_bar(line: str) -> bool:
    """Whether a line is a row of links: "World | Politics | Sport"."""
    parts = [part.strip() for part in re.split(r"[|•·›»]", line)]
    longest = {1: 0, 2: 2}.get(len(parts), 4)
    return all(len(part.split()) <= longest for part in parts)
