"""Each kind of source is read into articles, and what is none is told with the reason."""

from __future__ import annotations

import io
import time
from pathlib import Path
from typing import Any

import docx
import pytest
from pypdf import PdfWriter
from ruamel.yaml import YAML
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from factcheck.intake.binaries import pages_of
from factcheck.intake.drafts import Draft, Left, Request, Taken, Where
from factcheck.intake.readers import read
from factcheck.intake.refresh import leads_to
from tests.intake.server import TEXT, page

CASES = YAML(typ="safe").load(Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8"))

SENT_ON: list[tuple[str, str | None]] = YAML(typ="safe").load(
    Path(__file__).with_name("refresh.yaml").read_text("utf-8")
)
TIMES: list[tuple[str, str, str]] = YAML(typ="safe").load(
    Path(__file__).with_name("times.yaml").read_text("utf-8")
)


def taken(
    name: str, data: bytes, fields: tuple[tuple[str, str], ...] = (), url: str | None = None
) -> tuple[list[Draft], list[Left]]:
    found: list[Taken] = list(read(Request(Where(name, url), data=data, fields=fields)))
    drafts = [one for one in found if isinstance(one, Draft)]
    return drafts, [one for one in found if isinstance(one, Left)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case: dict[str, Any]) -> None:
    drafts, left = taken(case["file"], case["data"].encode(), url=case.get("url"))
    wanted = case.get("drafts", [])
    shown = [
        {key: getattr(draft, key) for key in one} for draft, one in zip(drafts, wanted, strict=True)
    ]
    for one in shown:
        one.update({key: list(value) for key, value in one.items() if isinstance(value, tuple)})
    assert shown == wanted
    reasons = case.get("left", [])
    assert len(left) == len(reasons)
    assert all(part in one.reason for part, one in zip(reasons, left, strict=True)), left


@pytest.mark.parametrize(("head", "there"), SENT_ON)
def test_where_a_page_sends_its_reader(head: str, there: str | None) -> None:
    assert leads_to(f"<html><head>{head}</head>", "https://harlow.example/x") == there


def test_no_page_takes_long_to_tell_where_it_leads() -> None:
    tag = '<meta http-equiv="refresh" content="0'
    for bad in (tag + " " * 40_000, tag + ";0" * 20_000, "<meta " * 9_000, "<!--" * 15_000):
        start = time.monotonic()
        assert leads_to(bad, "https://harlow.example/x") is None
        assert time.monotonic() - start < 2


@pytest.mark.parametrize(
    ("head", "url", "link"),
    [
        ('content="0; url=https://harlow.example/1"', None, "https://harlow.example/1"),
        ('content="0; url=/1"', "https://harlow.example/x", "https://harlow.example/1"),
        ('content="0; url=/1"', None, None),
    ],
)
def test_a_page_that_only_leads_on_is_told_as_such(
    head: str, url: str | None, link: str | None
) -> None:
    head = f'<meta http-equiv="refresh" {head}>'
    drafts, (left,) = taken("a.html", page(*TEXT[:1], head=head).encode(), url=url)
    assert (drafts, left.link) == ([], link)
    assert left.reason == "only leads to another page"
    # What is long enough to be read is an article all the same.
    drafts, _ = taken("a.html", page(*TEXT, *TEXT, head=head).encode(), url=url)
    assert len(drafts) == 1


def running(published: str, *openings: str) -> list[str | None]:
    """The moments of the entries of a running report whose entries open so."""
    entries = [f"{opening}\n\n{TEXT[0]}" for opening in openings]
    front = f"---\ntitle: 'Harlow: live updates'\noutlet: Harlow Post\npublished: {published}\n---"
    drafts, _ = taken("live.md", "\n\n".join((front, *entries)).encode())
    return [draft.published for draft in drafts]


@pytest.mark.parametrize(("opening", "day", "moment"), TIMES)
def test_a_zone_is_kept(opening: str, day: str, moment: str) -> None:
    assert running(day, opening, "13:00", "12:59") == [moment, f"{day}T13:00", f"{day}T12:59"]


def test_a_running_report_goes_on_after_midnight() -> None:
    clocks = ("22:10", "23:55", "00:20", "8.15am", "10pm", "1am")
    days = ("11", "11", "12", "12", "12", "13")
    hours = ("22:10", "23:55", "00:20", "08:15", "22:00", "01:00")
    moments = [f"2026-02-{day}T{hour}" for day, hour in zip(days, hours, strict=True)]
    assert running("2026-02-11", *clocks) == moments
    assert running("2026-02-11", *clocks[::-1]) == moments[::-1]
    # An entry out of order is of the same day.
    assert running("2026-02-11", "10:00", "12:00", "11:00", "13:00")[2] == "2026-02-11T11:00"


def pdf(*lines: str) -> bytes:
    """A PDF with a text layer of these lines."""
    shown = " ".join(f"({line}) Tj 0 -16 Td" for line in lines)
    content = f"BT /F1 12 Tf 40 700 Td {shown} ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R"
        b" /Resources << /Font << /F1 4 0 R >> >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    ]
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, 2)
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 6\n0000000000 65535 f \n")
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def word() -> bytes:
    document = docx.Document()
    document.add_heading("Bridge closed", 0)
    document.add_paragraph(TEXT[0])
    document.add_heading("Cracks", 1)
    document.add_paragraph(TEXT[2])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def archive(pages: int, gzip: bool = True) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzip)
    for number in range(pages):
        for kind, body in (("text/html; charset=utf-8", page()), ("image/png", "no page")):
            headers = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(
                    f"https://harlow.example/{number}/{kind[:4]}",
                    "response",
                    payload=io.BytesIO(body.encode()),
                    http_headers=headers,
                )
            )
    return out.getvalue()


def test_a_pdf_with_a_text_layer() -> None:
    (draft,), left = taken("a.pdf", pdf("Bridge closed", "", *TEXT[2].split(", ")))
    assert draft.text.splitlines()[0] == "Bridge closed"
    assert "three cracks in the northern pier" in draft.text
    assert not left


def test_a_pdf_of_pictures() -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    out = io.BytesIO()
    writer.write(out)
    _, (left,) = taken("a.pdf", out.getvalue())
    assert "without a text layer" in left.reason


def test_a_pdf_with_a_password() -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    _, (left,) = taken("a.pdf", out.getvalue())
    assert "password" in left.reason


def test_a_word_document() -> None:
    (draft,), _ = taken("a.docx", word())
    assert draft.title == "Bridge closed"
    assert draft.text == f"{TEXT[0]}\n\n## Cracks\n\n{TEXT[2]}"


@pytest.mark.parametrize("gzip", [True, False])
def test_an_archive_that_is_cut_off_gives_no_part_of_a_page(gzip: bool) -> None:
    whole = archive(2, gzip)
    pages = list(pages_of(io.BytesIO(whole), Where("a.warc")))
    assert not any(isinstance(page, Left) for page in pages)
    for end in range(1, len(whole) - 4, 7):
        *found, last = pages_of(io.BytesIO(whole[:end]), Where("a.warc"))
        if isinstance(last, Left):
            assert "damaged" in last.reason
        else:
            # Nothing but the end of a record is missing.
            found.append(last)
        assert found == pages[: len(found)]


@pytest.mark.parametrize("gzip", [True, False])
def test_an_archive_holds_pages_alone(gzip: bool) -> None:
    drafts, left = taken("a.warc.gz" if gzip else "a.warc", archive(3, gzip))
    assert [draft.url for draft in drafts] == [f"https://harlow.example/{n}/text" for n in range(3)]
    assert not left


def test_keys_of_one_s_own() -> None:
    data = b'{"kop": "Bridge closed", "krant": "Harlow Post", "tekst": "The mayor said no."}'
    fields = (("title", "kop"), ("outlet", "krant"), ("text", "tekst"))
    (draft,), _ = taken("a.json", data, fields)
    assert (draft.title, draft.outlet, draft.text) == (
        "Bridge closed",
        "Harlow Post",
        "The mayor said no.",
    )
