"""Fill the figures into `docs/benchmark.md` and `docs/independence.md`, so that they cannot drift
from what was measured.

python -m benchmarks.newsroom.page
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from benchmarks.newsroom import RESULTS, events
from factcheck.evaluation.gold import SLOTS

DOCS = Path(__file__).parents[2] / "docs"
PAGE = DOCS / "benchmark.md"
_SYSTEMS = {
    "factcheck": "**factcheck**",
    "factcheck at 53e41f3": "factcheck before this benchmark (53e41f3)",
    "token_set_ratio, two outlets": "sentences, `token_set_ratio`; two outlets",
    "token_set_ratio, no shared run": "sentences, `token_set_ratio`; two without a shared run",
    "IDF cosine, two outlets": "sentences, IDF cosine; two outlets",
    "IDF cosine, no shared run": "sentences, IDF cosine; two without a shared run",
}
_COLUMNS = {
    "link F1": "link_f1",
    "conflict F1": "divergence_f1",
    "words shown": "value_recall",
    "corr. precision": "corroborated_precision",
    "false corr.": "false_corroboration",
    "called so": "corroborated_kept",
    "origins": "origins_right",
    "speakers": "speakers_right",
    "relays": "relays_found",
}


def counts() -> str:
    """How much of each kind there is."""
    lines = [
        "| part | events | articles | words | statements | divergent | single-sourced |",
        "|---|---|---|---|---|---|---|",
    ]
    slots: dict[str, Counter[str]] = {}
    for part in ("train", "dev"):
        found = list(events(part))
        told = [statement for event in found for statement in event.gold.clusters]
        verdicts = Counter(statement.verdict for statement in told)
        slots[part] = Counter(s.conflict.slot for s in told if s.conflict)
        cells = (
            part,
            len(found),
            sum(len(event.texts) for event in found),
            sum(len(text.split()) for event in found for text in event.texts.values()),
            len(told),
            verdicts["divergent"],
            verdicts["single-sourced"],
        )
        lines.append("| " + " | ".join(map(_cell, cells)) + " |")
    lines += ["", "Material conflicts by slot (train + dev):", ""]
    lines.append(
        ", ".join(f"{slot} {slots['train'][slot]} + {slots['dev'][slot]}" for slot in SLOTS) + "."
    )
    return "\n".join(lines) + "\n"


def table() -> str:
    """The systems' figures on dev, then on train."""
    lines = []
    measured: dict[str, Any] = json.loads(RESULTS.read_text(encoding="utf-8"))
    for part in ("dev", "train"):
        lines += [
            "",
            f"| {part} | " + " | ".join(_COLUMNS) + " |",
            "|---" * (len(_COLUMNS) + 1) + "|",
        ]
        for name, label in _SYSTEMS.items():
            if name in measured[part]:
                lines.append(_row(label, measured[part][name]["figures"]))
        if part == "dev":
            second = json.loads(RESULTS.with_name("second_reading.json").read_text("utf-8"))
            reader = f"*a second careful reader ({len(second['events'])} events)*"
            lines.append(_row(reader, second["figures"]))
    return "\n".join(lines[1:]) + "\n"


def _row(label: str, figures: dict[str, float | None]) -> str:
    cells = ("–" if (v := figures[key]) is None else f"{v:.2f}" for key in _COLUMNS.values())
    return f"| {label} | " + " | ".join(cells) + " |"


def second() -> str:
    """How far two readers agree."""
    found = json.loads(RESULTS.with_name("second_reading.json").read_text("utf-8"))
    told, c = found["figures"], found["counts"]
    return (
        f"A second reader annotated {len(found['events'])} of the events "
        f"({', '.join(found['events'])}) from the plain articles alone. Of the "
        f"{c['covered']} statements that both have, {c['verdicts right']} have one verdict "
        f"({told['verdicts_right']:.2f}) and {c['origins right']} one number of origins "
        f"({told['origins_right']:.2f}). Links agree at F1 {told['link_f1']:.2f}, conflicts at "
        f"{told['divergence_f1']:.2f}, speakers at {told['speakers_right']:.2f}, relays at "
        f"{told['relays_found']:.2f}. Read these as the ceiling.\n"
    )


def pairs() -> str:
    """How many pairs there are, and what the program makes of them."""
    found: dict[str, Any] = json.loads(RESULTS.with_name("hard_pairs.json").read_text("utf-8"))
    relations = list(found["all"]["relations"])
    lines = [
        "| source | pairs | " + " | ".join(relations) + " | ranked¹ | linked² | of `same`³ |",
        "|---" * (len(relations) + 5) + "|",
    ]
    for source, row in found.items():
        cells = [source, row["pairs"], *row["relations"].values()]
        cells += [
            row["auc same against topic or unrelated"],
            row["linked that share a statement"],
            row["same that are linked"],
        ]
        lines.append("| " + " | ".join(map(_cell, cells)) + " |")
    return "\n".join(lines) + "\n"


def reliability() -> str:
    """How probable several origins are told to be, and how many statements have several."""
    found = json.loads(RESULTS.with_name("newsroom_oracle.json").read_text("utf-8"))
    rows = found["dev"]["groups"]["reliability"]
    lines = ["| told | so it is | statements |", "|---|---|---|"]
    lines += [
        "| " + " | ".join(_cell(row[name]) for name in ("told", "so", "statements")) + " |"
        for row in rows
    ]
    return "\n".join(lines) + "\n"


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.2f}"
    return f"{value:,}" if isinstance(value, int) else "–" if value is None else str(value)


PAGES: dict[Path, dict[str, Callable[[], str]]] = {
    PAGE: {"counts": counts, "second": second, "figures": table, "pairs": pairs},
    DOCS / "independence.md": {"reliability": reliability},
}


def filled(page: str, blocks: Mapping[str, Callable[[], str]]) -> str:
    """The page with its blocks made anew. Raises `ValueError` where a block is missing."""
    for name, make in blocks.items():
        text = make()
        head, begin, rest = page.partition(f"<!-- {name}: begin -->\n")
        _, end, tail = rest.partition(f"<!-- {name}: end -->")
        if not end:
            raise ValueError(f"the page needs one pair of '{name}' markers")
        page = head + begin + text + end + tail
    return page


def main() -> None:
    """Write the pages."""
    for page, blocks in PAGES.items():
        page.write_text(filled(page.read_text(encoding="utf-8"), blocks), encoding="utf-8")


if __name__ == "__main__":
    main()
