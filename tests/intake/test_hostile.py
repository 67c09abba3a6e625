"""Sources made to hurt their readers cost a record with a reason, in bounded time and memory."""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from factcheck.config import Limits
from factcheck.intake import Filed, Left, take
from factcheck.intake.drafts import Draft, Request, Taken, Where
from factcheck.intake.readers import read
from factcheck.intake.worker import Worker
from factcheck.intake.workers import Workers
from tests.intake.server import TEXT, page
from tests.intake.test_readers import archive, pdf, word

GOOD = page()
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha ha ha">'
    + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 20}">'
        for before, name in zip("abcdefg", "bcdefgh", strict=True)
    )
    + "]><rss version='2.0'><channel><title>&h;</title><item><title>&h;</title><description>&h;"
    "</description></item></channel></rss>"
)
STOLEN = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY file SYSTEM "file:///etc/hostname">]>'
    "<rss version='2.0'><channel><title>t</title><item><title>t</title><description>"
    + " ".join(TEXT * 2)
    + " &file;</description></item></channel></rss>"
)


def zipped(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, data)
    return out.getvalue()


def cut(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


HOSTILE = {
    "nested.html": ("<html><body>" + "<div>" * 100_000 + "<p>The mayor said no.</p>").encode(),
    "lists.html": ("<html><body><article>" + "<ul><li>" * 50_000 + "x").encode(),
    "attributes.html": ("<html><body " + "a='b' " * 200_000 + ">").encode(),
    "unclosed.html": b"<html><body>" + b"<" * 500_000,
    "comment.html": b"<html><!--" + b"-" * 1_000_000,
    "entities.rss": LAUGHS.encode(),
    "nested.rss": b"<rss>" + b"<item>" * 50_000,
    "nested.json": b'[{"a":' * 100_000,
    "nested_data.json": b'{"text": ' + b"[" * 900 + b"]" * 900 + b"}",
    "number.json": b'{"date": ' + b"9" * 1_000_000 + b', "text": "x"}',
    "bomb.docx": zipped("word/document.xml", b"\0" * 200_000_000),
    "laughs.docx": zipped("word/document.xml", LAUGHS.encode()),
    "no.docx": b"PK\x03\x04" + b"\xff" * 10_000,
    "cut.docx": cut(word()),
    "cut.pdf": cut(pdf("The mayor said no."))[:60],
    "loop.pdf": b"%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 1 0 R/Kids[1 0 R]>> endobj\n"
    b"trailer <</Root 1 0 R/Size 2/Prev 0>>\nstartxref\n9\n%%EOF",
    "cut.warc.gz": cut(archive(1)),
    "cut.html": cut(b"<html><head><title>"),
    "parts.eml": b"MIME-Version: 1.0\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n"
    + b"--b\nContent-Type: multipart/mixed; boundary=b\n\n" * 20_000,
    "header.eml": b"Subject: =?zlib?b?AAAA?=\nFrom: " + b"<" * 100_000 + b"\nMIME-Version: 1.0\n\n",
    "quotes.csv": b'title,text\n"' + b"x" * 11_000_000,
    "columns.csv": b"title,text" + b"," * 1_000_000 + b"\n" + b"a," * 1_000_000,
    "nul.html": b"\0" * 1_000_000,
}


def asked(worker: Worker[Taken], request: Request) -> Iterator[Taken]:
    worker.ask(request)
    return worker.answers()


@pytest.fixture(name="worker", scope="module")
def worker_fixture() -> Iterator[Worker[Taken]]:
    with Worker(read, seconds=20) as worker:
        yield worker


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_told_and_the_next_is_read(name: str, worker: Worker[Taken]) -> None:
    start = time.monotonic()
    found = list(asked(worker, Request(Where(name), data=HOSTILE[name])))
    assert time.monotonic() - start < 25
    assert found
    assert all(
        len(one.text) < 10_000_000 if isinstance(one, Draft) else one.reason for one in found
    )
    (good,) = asked(worker, Request(Where("good.html"), data=GOOD.encode()))
    assert isinstance(good, Draft)


def test_no_file_of_the_system_is_read(worker: Worker[Taken]) -> None:
    found = list(asked(worker, Request(Where("a.rss"), data=STOLEN.encode())))
    told = "".join(one.text if isinstance(one, Draft) else "" for one in found)
    assert Path("/etc/hostname").read_text().strip() not in told.split()


def test_of_a_source_that_begins_with_rubbish_no_more_is_read(tmp_path: Path) -> None:
    record = json.dumps({"title": "a", "text": "1"})
    good = json.dumps({"title": "a", "text": TEXT[0]})
    file = tmp_path / "rubbish.jsonl"
    file.write_text("\n".join([*[record] * 1_500, good]))
    found = list(take([str(file)], tmp_path / "to", Limits()))
    assert len(found) == 1_001
    assert isinstance(found[-1], Left)
    assert "first 1,000 records" in found[-1].reason
    file.write_text("\n".join([good, *[record] * 1_500]))
    assert len(list(take([str(file)], tmp_path / "to", Limits()))) == 1_501


@pytest.mark.parametrize("control", ["\0", "\x1b", "\x0e"])
def test_a_control_ends_no_page(control: str, worker: Worker[Taken]) -> None:
    data = GOOD.replace("mayor", f"may{control}or").replace("<h1>", f"{control}<h1>").encode()
    (draft,) = asked(worker, Request(Where("a.html"), data=data))
    assert isinstance(draft, Draft)
    assert draft.text.split("\n\n") == list(TEXT)


def test_what_takes_too_long_is_ended() -> None:
    slow = json.dumps({"title": "a", "text": "<p>" + "word " * 9_000_000}).encode()
    with Worker(read, seconds=0.001) as worker:
        (left,) = asked(worker, Request(Where("slow.json"), data=slow))
        assert isinstance(left, Left)
        assert "more than 0.001 seconds" in left.reason


def test_what_takes_too_much_memory_is_ended() -> None:
    with Worker(read, memory=400_000_000) as worker:
        data = b"[" + b"[]," * 9_000_000 + b"1]"
        (left,) = asked(worker, Request(Where("large.json"), data=data))
        assert isinstance(left, Left)
        assert "memory" in left.reason


def test_processes_keep_the_order_of_the_sources() -> None:
    pages = [Request(Where(f"{n}.html"), data=page(title=f"No. {n}").encode()) for n in range(60)]
    sources: list[Request | Left] = [
        *pages[:2],
        Left("x", "no file"),
        Request(Where("a.warc"), data=archive(2)),
        *pages,
    ]
    with Workers(Limits(), most=3) as workers:
        found = list(workers.read(sources))
        assert list(workers.read(pages[:1])) == found[:1], "and go on"
    titles = [one.title if isinstance(one, Draft) else one.reason for one in found]
    wanted = ["No. 0", "No. 1", "no file", "Bridge closed", "Bridge closed"]
    assert titles == [*wanted, *(f"No. {number}" for number in range(60))]


@pytest.mark.parametrize(
    "title",
    [
        "../../etc/passwd",
        "a\0b",
        "con",
        "x" * 300,
        "..",
        "/",
        "C:\\x",
        "nul",
        "\u202etxt.exe",
        "日本",
    ],
)
def test_a_title_makes_no_path(title: str, tmp_path: Path) -> None:
    source = tmp_path / "a.json"
    source.write_text(json.dumps({"title": title, "text": " ".join(TEXT)}))
    (filed,) = take([str(source)], tmp_path / "to", Limits())
    assert isinstance(filed, Filed)
    assert filed.file.parent == tmp_path / "to"
    assert filed.file.name.isascii()
    assert len(filed.file.name) < 130
    assert filed.file.stem not in ("con", "nul", "", ".")
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == [source, filed.file]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(" ".join(TEXT))
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.html").write_text(GOOD)
    (tmp_path / "in/link.txt").symlink_to("../secret.txt")
    (tmp_path / "in/own.html").symlink_to("a.html")
    (tmp_path / "other").mkdir()
    (tmp_path / "in/linked").symlink_to("../other")
    linked, filed, left = take([str(tmp_path / "in")], tmp_path / "to", Limits())
    assert isinstance(filed, Filed)
    assert isinstance(left, Left)
    assert "leads out of the folder" in left.reason
    assert isinstance(linked, Left)
    assert "link to another folder" in linked.reason
