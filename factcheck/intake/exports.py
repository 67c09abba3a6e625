"""Articles as press archives export them: lines that head them, the text, lines that end it."""

from __future__ import annotations

import itertools
import re

from factcheck.intake.drafts import Draft, draft

_LINE = r"[^\n]{1,300}"
# Nexis: title, outlet and date, then keys, then the text behind a line that says so.
_NEXIS = re.compile(
    rf"(?P<title>{_LINE})\n(?P<outlet>{_LINE})\n(?P<date>{_LINE})\n"
    r"(?P<keys>(?:[^\n]*\n){0,20}?)Body\n"
)
# Factiva: title, writer, length, date, time, outlet, its code and the language, rights, the text.
_FACTIVA = re.compile(
    rf"(?:[A-Z][a-z]+\n)?(?P<title>{_LINE})\n(?P<keys>(?:By {_LINE}\n)?)[\d,.]+ words\n"
    rf"(?P<date>{_LINE})\n(?:\d\d:\d\d\n)?(?P<outlet>{_LINE})\n"
    r"(?:[^\n]*\n){0,8}?(?:Copyright|©|\([cC]\))[^\n]*\n"
)
_HEAD_LINES = 40
_BYLINE = re.compile(r"(?mi)^By(?:line:)? (?P<name>[^\n]+)$")
_END = re.compile(
    r"(?m)^[ \t_]*(?:Load-Date:.*|Classification|End of Document|Document [A-Z]{3}\w{12,30})[ \t]*$"
)
_PLACE = re.compile(r" ?\([^()]{1,60}\)$")


def exported(text: str, place: str) -> Draft | None:
    """The article of a stretch of an export, `None` where it has no head that is known."""
    lines = text.splitlines(keepends=True)
    filled = (number for number, line in enumerate(lines) if line.strip())
    numbers = list(itertools.islice(filled, _HEAD_LINES))
    told = "".join(f"{lines[number].strip()}\n" for number in numbers)
    head = _NEXIS.match(told) or _FACTIVA.match(told)
    if head is None:
        return None
    byline = _BYLINE.search(head["keys"])
    body = "".join(lines[numbers[head.group().count("\n") - 1] + 1 :])
    end = _END.search(body)
    return draft(
        place,
        body[: end.start() if end else None].strip(),
        title=head["title"],
        outlet=_PLACE.sub("", head["outlet"]),
        dates=[head["date"]],
        bylines=[byline["name"]] if byline else [],
    )
