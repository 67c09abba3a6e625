"""Write the README's table of figures from benchmarks/results, so that they cannot drift apart.

    python -m benchmarks.readme_figures [--check]

The rows stand in readme_figures.toml. `--check` only says whether the README differs (exit 1).
"""

from __future__ import annotations

import argparse
import json
import re
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
ROWS = ROOT / "benchmarks" / "readme_figures.toml"
RESULTS = ROOT / "benchmarks" / "results"
_BLOCK = re.compile(r"(?s)(<!-- figures: begin[^>]*-->\n).*?(<!-- figures: end -->)")


def table(rows: list[dict[str, str]], results: Path) -> str:
    """Render the rows that were measured as a Markdown table.

    A row's `figure` is `RESULT:KEY.KEY`: a file in `results` without its ending, and the way to a
    number in it. `format` is a Python format specification. Raises `KeyError` for a figure that
    its result does not hold.
    """
    lines = ["| what | figure | for comparison |", "|---|---|---|"]
    for row in rows:
        if row not in unmeasured(rows, results):
            value = format(figure(row["figure"], results), row.get("format", ".2f"))
            lines.append(f"| {row['what']} | **{value}** | {row.get('compare', '')} |")
    return "\n".join(lines) + "\n"


def unmeasured(rows: list[dict[str, str]], results: Path) -> list[dict[str, str]]:
    """Find the rows whose benchmark has left no result."""
    names = {path.stem for path in results.glob("*.json")}
    return [row for row in rows if row["figure"].partition(":")[0] not in names]


def figure(name: str, results: Path) -> float:
    """Look up the number that `RESULT:KEY.KEY` names; a KEY may be a list's index."""
    result, _, keys = name.partition(":")
    try:
        value: Any = json.loads((results / f"{result}.json").read_text(encoding="utf-8"))
        for key in keys.split("."):
            value = value[int(key)] if isinstance(value, list) else value[key]
        return float(value)
    except (OSError, LookupError, TypeError, ValueError) as error:
        raise KeyError(f"{ROWS.name} asks for {name}, which is no number: {error!r}") from error


def filled(readme: str, figures: str) -> str:
    """Put the table between the README's two markers; raises `ValueError` where they are not."""
    text, found = _BLOCK.subn(lambda match: match[1] + figures + match[2], readme)
    if found != 1:
        raise ValueError("the README needs one pair of 'figures' markers")
    return text


def main() -> int:
    """Write or check the README; returns the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="only say whether the README agrees")
    check: bool = parser.parse_args().check
    rows = tomllib.loads(ROWS.read_text(encoding="utf-8"))["row"]
    for row in unmeasured(rows, RESULTS):
        print(f"not in the README, for it was not measured: {row['what']}")
    before = README.read_text(encoding="utf-8")
    after = filled(before, table(rows, RESULTS))
    if check and before != after:
        print("README.md differs from benchmarks/results: run python -m benchmarks.readme_figures")
        return 1
    if before != after:
        README.write_text(after, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
