"""The events of BASIL with our labels, laid out from the public repository.

    git clone https://github.com/launchnlp/BASIL
    python -m benchmarks.basil BASIL EVAL_DIR

Writes EVAL_DIR/basil (12 events, for measuring) and EVAL_DIR/basil-statements (40, for fitting):
in `YEAR_EVENT/` the articles of three outlets (`nyt.txt`, `fox.txt`, `hpo.txt`: the title, an empty
line, a sentence a line) and `gold.json`. `labels/basil.json` holds the labels as ids and offsets,
and a hash of each text: where one differs, nothing is written.

What the labels say in words of an annotator stays out: a speaker, a relay or a value is there where
it stands in an article, and a statement is told in the words of its first mention.
`python -m benchmarks.basil --labels EVAL_DIR` writes the labels from such a folder.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

LABELS = Path(__file__).parent / "labels" / "basil.json"
SETS = ("basil", "basil-statements")
OUTLET_VOICE = "outlet voice"
# Where a text stands: the article's outlet, and code points of its file.
Place = tuple[str, int, int]


def texts(articles: Path, event: str) -> dict[str, str]:
    """The three articles of an event (`YEAR_ID`), by outlet, from the folder of BASIL's articles."""
    year, name = event.split("_", 1)
    found = {}
    for number in (1, 2, 3):
        path = articles / year / f"{name}_{number}.json"
        article = json.loads(path.read_text(encoding="utf-8"))
        title = article["title"].strip()
        lines = [title, "", *(s for paragraph in article["body-paragraphs"] for s in paragraph)]
        found[article["source"].lower()] = "".join(
            f"{line}\n" for line in (lines if title else lines[2:])
        )
    return found


def hashed(text: str) -> str:
    """What a text is known by."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def labels(gold: Mapping[str, Any], found: Mapping[str, str]) -> dict[str, Any]:
    """The labels of an event without any words; `found` are its articles by outlet."""
    return {
        "texts": {outlet: hashed(text) for outlet, text in sorted(found.items())},
        "outlets": gold["outlets"],
        "clusters": [_cluster(cluster, gold["outlets"], found) for cluster in gold["clusters"]],
    }


def _cluster(
    cluster: Mapping[str, Any], outlets: Mapping[str, str], found: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "id": cluster["id"],
        "verdict": cluster["verdict"],
        "origins": cluster["origins"],
        "conflicts": [
            [
                conflict["slot"],
                conflict["material"],
                {
                    number: place[1:]
                    for number, words in conflict["values"].items()
                    if (place := _place(words, [outlets[number]], found))
                },
            ]
            for conflict in cluster["divergence"]
        ],
        "mentions": [_mention(mention, found) for mention in cluster["mentions"]],
    }


def _mention(mention: Mapping[str, Any], found: Mapping[str, str]) -> list[Any]:
    """Outlet, spans, exact spans, quote, speaker and relay; `null` for what is nowhere written."""
    # Its own article first.
    order = sorted(found, key=lambda outlet: (outlet != mention["outlet"], outlet))
    who = mention["attributed_to"]
    return [
        mention["outlet"],
        mention["spans"],
        mention.get("part_spans"),
        mention["quote"],
        OUTLET_VOICE if who == OUTLET_VOICE else _place(who, order, found),
        _place(mention["via"], order, found),
    ]


def _place(
    words: str | None, outlets: Iterable[str], found: Mapping[str, str]
) -> Place | None:
    for outlet in outlets:
        at = found[outlet].find(words) if words else -1
        if words and at >= 0:
            return outlet, at, at + len(words)
    return None


def gold(event: str, told: Mapping[str, Any], found: Mapping[str, str]) -> dict[str, Any]:
    """The `gold.json` of an event, from its labels and articles."""
    year, name = event.split("_", 1)
    return {
        "event": name,
        "year": int(year),
        "outlets": told["outlets"],
        "clusters": [_told(cluster, told["outlets"], found) for cluster in told["clusters"]],
    }


def _told(
    cluster: Mapping[str, Any], outlets: Mapping[str, str], found: Mapping[str, str]
) -> dict[str, Any]:
    mentions = []
    for outlet, spans, parts, quote, speaker, via in cluster["mentions"]:
        mentions.append(
            {
                "outlet": outlet,
                "file": f"{outlet}.txt",
                "spans": spans,
                **({"part_spans": parts} if parts else {}),
                "attributed_to": speaker if speaker == OUTLET_VOICE else _words(speaker, found),
                "via": _words(via, found),
                "quote": quote,
            }
        )
    first = mentions[0]
    exact = first.get("part_spans") or first["spans"]
    return {
        "id": cluster["id"],
        "statement": " ".join(found[first["outlet"]][slice(*span)] for span in exact),
        "mentions": mentions,
        "divergence": [
            {
                "slot": slot,
                "values": {n: found[outlets[n]][slice(*span)] for n, span in values.items()},
                "material": material,
            }
            for slot, material, values in cluster["conflicts"]
        ],
        "origins": cluster["origins"],
        "verdict": cluster["verdict"],
    }


def _words(place: Place | None, found: Mapping[str, str]) -> str | None:
    return found[place[0]][slice(*place[1:])] if place else None


def read(folder: Path) -> dict[str, str]:
    """The articles of an event's folder, by outlet."""
    return {path.stem: path.read_bytes().decode("utf-8") for path in sorted(folder.glob("*.txt"))}


def digest(folder: Path) -> str:
    """A hash over the texts and labels below a folder: the same for all that were laid out."""
    whole = {
        path.parent.name: labels(json.loads(path.read_text(encoding="utf-8")), read(path.parent))
        for path in sorted(folder.glob("*/gold.json"))
    }
    return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()[:16]


def lay_out(articles: Path, target: Path, kept: Mapping[str, Any]) -> list[str]:
    """Write all events below `target`; where texts are others, none, and these are returned.

    `kept` are the labels: events by set.
    """
    found = {event: texts(articles, event) for part in SETS for event in kept[part]}
    others = [
        event
        for part in SETS
        for event, told in kept[part].items()
        if {outlet: hashed(text) for outlet, text in found[event].items()} != told["texts"]
    ]
    if others:
        return others
    for part in SETS:
        for event, told in kept[part].items():
            folder = target / part / event
            folder.mkdir(parents=True, exist_ok=True)
            for outlet, text in found[event].items():
                (folder / f"{outlet}.txt").write_bytes(text.encode())
            written = json.dumps(gold(event, told, found[event]), indent=1, ensure_ascii=False)
            (folder / "gold.json").write_text(written + "\n", encoding="utf-8")
    return []


def write_labels(data: Path) -> None:
    """Write the labels of a folder that holds both sets."""
    lines = []
    for part in SETS:
        events = [
            f"{json.dumps(path.parent.name)}: "
            + json.dumps(
                labels(json.loads(path.read_text(encoding="utf-8")), read(path.parent)),
                separators=(",", ":"),
                sort_keys=True,
            )
            for path in sorted((data / part).glob("*/gold.json"))
        ]
        lines.append(f'"{part}": {{\n' + ",\n".join(events) + "\n}")
    LABELS.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def main() -> int:
    """Lay out the events, or write their labels; 1 where a text is another."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("source", type=Path, help="a clone of BASIL; with --labels an EVAL_DIR")
    parser.add_argument("target", type=Path, nargs="?", help="EVAL_DIR")
    parser.add_argument("--labels", action="store_true")
    options = parser.parse_args()
    if options.labels:
        write_labels(options.source)
        return 0
    if options.target is None:
        parser.error("EVAL_DIR is missing")
    kept = json.loads(LABELS.read_text(encoding="utf-8"))
    others = lay_out(options.source / "articles", options.target, kept)
    for event in others:
        print(f"{event}: its texts are not those that were labelled")
    return int(bool(others))


if __name__ == "__main__":
    sys.exit(main())
