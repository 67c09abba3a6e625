"""How long an assistant waits: from the start of the server to the answer of its first `compare`.

    python -m benchmarks.assistant [--out FILE]

The sample's eight articles, cold: a new process and no cache, asked by the client of the official
SDK over standard input. Wall seconds and the server's own seconds of computing are those of the
fastest of three runs, for what else runs on the machine only adds to them. Beside them stands what
`import factcheck` takes, and what the command line takes for the same comparison, run in turn with
the server; the ratio of the computing of both is what a slower machine cannot change.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import anyio
from mcp import Client, StdioServerParameters

_RUNS = 3
_ROOT = Path(__file__).resolve().parents[1]
_IMPORT = "import time; t = time.perf_counter(); import factcheck; print(time.perf_counter() - t)"


async def _ask() -> dict[str, float]:
    server = StdioServerParameters(
        command=sys.executable,
        args=["-m", "factcheck", "mcp", "corpus", "--no-cache"],
        env={"PYTHONPATH": str(_ROOT)},
        cwd=_ROOT,
    )
    start = time.perf_counter()
    async with Client(server) as client:
        connected = time.perf_counter() - start
        answer = await client.call_tool("compare", {})
        answered = time.perf_counter() - start
    counts = (answer.structured_content or {})["counts"]
    return {"articles": counts["articles"], "connected": connected, "seconds": answered}


def _computing() -> float:
    """Seconds of computing of the processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _run() -> dict[str, float]:
    before = _computing()
    found = anyio.run(_ask)
    served = _computing()
    command = [sys.executable, "-m", "factcheck", "compare", "corpus", "--no-cache", "-f", "json"]
    subprocess.run(command, cwd=_ROOT, capture_output=True, check=True)
    return found | {"computing": served - before, "command": _computing() - served}


def measure() -> dict[str, float | int]:
    """The fastest of some runs."""
    runs = [_run() for _ in range(_RUNS)]
    command = [sys.executable, "-c", _IMPORT]
    imports = [
        float(subprocess.run(command, capture_output=True, check=True).stdout) for _ in range(_RUNS)
    ]
    return {
        "articles": int(runs[0]["articles"]),
        "connected_seconds": round(min(run["connected"] for run in runs), 2),
        "answered_seconds": round(min(run["seconds"] for run in runs), 2),
        "computing_seconds": round(min(run["computing"] for run in runs), 2),
        "command_computing_seconds": round(min(run["command"] for run in runs), 2),
        "of_command": round(min(run["computing"] / run["command"] for run in runs), 2),
        "import_seconds": round(min(imports), 3),
        "cores": os.cpu_count() or 1,
    }


def main() -> None:
    """Measure, print, and keep the figures where asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    found = json.dumps(measure(), indent=1)
    print(found)
    if arguments.out:
        arguments.out.write_text(f"{found}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
