"""The table of outlets, and how an article's outlet and family are told."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from importlib import resources
from pathlib import Path

import pytest
from publicsuffixlist import PublicSuffixList

from factcheck import outlets

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
