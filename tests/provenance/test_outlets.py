"""The table of outlets, and how an article's outlet and family are told."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from publicsuffixlist import PublicSuffixList

from factcheck import outlets
from factcheck.records import Article

CASES = tomllib.loads(
    Path(__file__).with_name("cases").joinpath("outlets.toml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", CASES["lookup"])
def test_lookup(name: str) -> None:
    info = outlets.lookup(name)
    assert info and [info.name, info.family] == CASES["lookup"][name]


@pytest.mark.parametrize("host", CASES["domains"])
def test_registrable_domain(host: str) -> None:
    assert outlets.registrable_domain(host) == CASES["domains"][host]


def test_registrable_domains_are_those_of_the_whole_list() -> None:
    whole = PublicSuffixList()
    data = resources.files("publicsuffixlist").joinpath("public_suffix_list.dat")
    rules = [rule for rule in data.read_text("utf-8").splitlines() if rule[:1] not in ("", "/")]
    written = [rule for rule in rules if not rule.isascii()]
    hosts = [rule.lstrip("!*.") for rule in [*rules[::31], *written[::31], "nowhere", "xn--x", "é"]]
    hosts += [host.encode("idna").decode("ascii") for host in hosts if not host.isascii()]
    for host in hosts:
        for name in (f"news.example.{host}", f"example.{host}"):
            assert outlets.registrable_domain(name) == (whole.privatesuffix(name) or name)


@pytest.mark.parametrize("path", CASES["files"])
def test_outlet_of_file_name(path: str) -> None:
    assert outlets.outlet_of(None, None, path)[0] == CASES["files"][path]


@pytest.mark.parametrize("case", CASES["addresses"], ids=lambda c: f"{c['outlet']} {c['url']}")
def test_the_address_tells_outlets_of_like_name_apart(case: dict[str, Any]) -> None:
    assert list(outlets.outlet_of(case["outlet"], case["url"], "x.txt")) == case["is"]


@pytest.mark.parametrize("case", CASES["runs"], ids=lambda c: " ".join(c["files"]))
def test_numbers_of_files(case: dict[str, Any]) -> None:
    found = outlets.unified([filed(path) for path in case["files"]])
    assert [article.outlet for article in found] == case["outlets"]
    assert [article.family for article in found] == case["outlets"]


@pytest.mark.parametrize("name", ["", "  ", "http://[", "a..b", "no such outlet", "com", "."])
def test_unknown_names_are_none(name: str) -> None:
    assert outlets.lookup(name) is None


def test_unknown_outlet_falls_back_to_domain_then_file() -> None:
    url = "https://news.example.co.uk/a"
    assert outlets.outlet_of("Quayside Gazette", url, "x.txt") == (
        "Quayside Gazette",
        "example.co.uk",
    )
    assert outlets.outlet_of(None, url, "x.txt") == ("example.co.uk", "example.co.uk")
    assert outlets.outlet_of(None, None, "dir/x.txt") == ("x", "x")


def test_editions_are_one_family() -> None:
    families = {
        outlets.outlet_of(None, f"https://www.{d}/x", "x")[1] for d in ("bbc.com", "bbc.co.uk")
    }
    assert families == {"BBC"}


@pytest.mark.parametrize("key", ["CNN", "cnn.com", "Cable News Network"])
def test_the_ledger_wins_over_the_table(key: str) -> None:
    assert outlets.outlet_of("CNN", None, "x.txt", {key: "Ours"})[1] == "Ours"


def test_table_names_and_domains_belong_to_one_outlet() -> None:
    text = resources.files("factcheck").joinpath("data/outlets.json").read_text(encoding="utf-8")
    data = json.loads(text)
    entries = [*data["agencies"], *(o for f in data["families"] for o in f["outlets"])]
    domains = Counter(domain for entry in entries for domain in entry["domains"])
    names = Counter(
        key
        for entry in entries
        for key in {
            outlets.key(name)
            for name in (entry["name"], *entry.get("aliases", ()), *entry.get("ambiguous", ()))
        }
    )
    assert [d for d, count in domains.items() if count > 1] == []
    assert [n for n, count in names.items() if count > 1] == []
    assert all(
        entry["source"].startswith("http") for entry in (*data["agencies"], *data["families"])
    )
    assert not {d for d in domains if outlets.is_platform(d)}


# Spellings of one name that a reader cannot tell apart, or would not.
TWINS = {
    "case": "HARBOUR COURIER",
    "the": "The Harbour Courier",
    "spaces": "Harbour\u2003Courier ",
    "a zero-width space": "Harbour\u200b Courier",
    "a word joiner": "Harbour Courier\u2060",
    "a soft hyphen": "Har\u00adbour Courier",
    "a mark of direction": "\u202aHarbour Courier\u202c",
    "a Cyrillic letter": "H\u0430rbour C\u043eurier",
    "Greek capitals": "\u0397ARBOUR COURIER",
    "full width": "Ｈａｒｂｏｕｒ Courier",
    "mathematical letters": "\U0001d407arbour Courier",
    "one word": "HarbourCourier",
    "underscores": "harbour_courier",
    "an edition": "Harbour Courier Online",
}


def told(outlet: str, url: str | None = None, family: str | None = None) -> Article:
    family = family or outlets.outlet_of(outlet, url, "a.md")[1]
    return Article(
        id=outlet, path="a.md", outlet=outlet, family=family, title=None, published=None,
        language="en", text="", url=url,
    )  # fmt: skip


def filed(path: str) -> Article:
    outlet, family = outlets.outlet_of(None, None, path)
    return told(outlet, None, family).model_copy(update={"path": path})


@pytest.mark.parametrize("twin", TWINS.values(), ids=TWINS)
def test_names_that_look_alike_are_one_outlet(twin: str) -> None:
    for pair in ([told("Harbour Courier"), told(twin)], [told(twin), told("Harbour Courier")]):
        found = outlets.unified(pair)
        assert len({article.outlet for article in found}) == 1
        assert len({article.family for article in found}) == 1


def test_accents_composed_and_not_are_one_outlet() -> None:
    found = outlets.unified([told("Cafe\u0301 Journal"), told("Café Journal")])
    assert len({article.family for article in found}) == 1


def test_of_spellings_the_plainest_is_told() -> None:
    found = outlets.unified(
        [told("HARBOUR COURIER"), told("H\u0430rbour Courier"), told("Harbour Courier")]
    )
    assert {article.outlet for article in found} == {"Harbour Courier"}


def test_what_the_address_tells_of_one_holds_for_both() -> None:
    found = outlets.unified(
        [told("Harbour Courier", "https://courier.example/1"), told("Harbour courier")]
    )
    assert {article.family for article in found} == {"courier.example"}


def test_two_publishers_of_like_name_stay_apart() -> None:
    one, other = outlets.unified(
        [
            told("The Herald", "https://herald.example/1"),
            told("The Herald", "https://herald2.example/"),
        ]
    )
    assert one.family != other.family
    assert one.outlet != other.outlet


def test_two_outlets_of_like_name_are_told_by_their_domains() -> None:
    found = outlets.unified(
        [
            told("The Guardian", "https://www.theguardian.com/a"),
            told("The Guardian", "https://guardian.ng/a"),
        ]
    )
    assert [article.outlet for article in found] == ["The Guardian", "The Guardian (guardian.ng)"]


def test_other_names_stay_as_they_are() -> None:
    names = [
        "Harbour Courier",
        "Harbor Courier",
        "Harbour Couriers",
        "北京日报",
        "北京晚报",
        "!",
        "?",
    ]
    assert [article.outlet for article in outlets.unified([told(name) for name in names])] == names


def test_an_agency_with_an_invisible_character_is_known() -> None:
    info = outlets.lookup("Reut\u200bers")
    assert info is not None
    assert info.name == "Reuters"
