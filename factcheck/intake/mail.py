"""Mail, and pages that browsers save as mail (MHTML) → drafts."""

from __future__ import annotations

import email.message
import email.policy
from email.utils import parseaddr

from factcheck.intake.charset import decoded
from factcheck.intake.drafts import Draft, Left, Taken, Where, draft
from factcheck.intake.markup import of_fragment
from factcheck.intake.pages import read_page

_MOST_PARTS = 200
# With fewer words the plain part only says that the mail is HTML.
_ENOUGH = 30


def read_mail(data: bytes, where: Where) -> Taken:
    """The text of a mail, its sender as outlet; of a saved page that page."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    parts = [part for part, _ in zip(message.walk(), range(_MOST_PARTS), strict=False)]
    pages = [_text(part) for part in parts if part.get_content_type() == "text/html"]
    plain = [_text(part) for part in parts if part.get_content_type() == "text/plain"]
    if address := message.get("Snapshot-Content-Location"):
        return read_page(pages[0] if pages else "", Where(where.place, str(address).strip()))
    words = sum(len(text.split()) for text in plain)
    if pages and words < _ENOUGH:
        page = read_page(pages[0], where)
        lines = page.text if isinstance(page, Draft) else "\n\n".join(of_fragment(pages[0]))
    else:
        lines = "\n\n".join(plain).strip()
    if not lines:
        return Left(where.place, "is a mail without text")
    return draft(
        where.place,
        lines,
        title=_header(message, "Subject"),
        outlet=parseaddr(_header(message, "From"))[0],
        dates=[_header(message, "Date")],
    )


def _text(part: email.message.Message) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    return decoded(data, part.get_content_charset())


def _header(message: email.message.Message, name: str) -> str:
    """A header as it is read; one that cannot be decoded as it stands."""
    from email.errors import HeaderParseError
    from email.header import decode_header, make_header

    value = str(message.get(name) or "")
    try:
        return str(make_header(decode_header(value)))
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        return value
