"""Processes killed while they write: nothing recorded may be lost, and nothing half-written.

    python -m benchmarks.kills [--kills 500] [--out FILE]

A process adds decisions to a ledger, or readings to a cache, as fast as it can and tells each one
that is done; it is killed (SIGKILL) at a random moment, from before the first write on. Then
everything that it told has to be there, the file has to be valid, and the next process has to be
able to write.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from factcheck.cache import FILE_NAME, Cache
from factcheck.ledger import load
from factcheck.ledger.models import Decision
from factcheck.ledger.save import add_decisions

RESULTS = Path(__file__).parent / "results" / "kills.json"
_LEDGER = """
import sys
from pathlib import Path
from factcheck.ledger.models import Decision
from factcheck.ledger.save import add_decisions
print("ready", flush=True)
for number in range(10_000):
    name = f"{sys.argv[2]}-{number:05}"
    add_decisions(Path(sys.argv[1]), [Decision(decision="conflict-accepted", fingerprints=(name,))])
    print(name, flush=True)
"""
_CACHE = """
import sys
from pathlib import Path
from factcheck.cache import Cache
print("ready", flush=True)
for number in range(10_000):
    name = f"{int(sys.argv[2]):08x}{number:08x}"
    with Cache(Path(sys.argv[1])) as cache:
        cache.readings.put({name: 1.5})
    print(name, flush=True)
"""


def killed(script: str, target: Path, run: int, seconds: float) -> list[str]:
    """What a process told as done before it was killed, `seconds` after it was ready."""
    command = [sys.executable, "-c", script, str(target), str(run)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    told = process.stdout.read().splitlines()
    process.stdout.close()
    process.wait()
    return told


def of_ledger(kills: int, chance: random.Random) -> dict[str, int]:
    """Kill writers of one ledger, a new ledger every ten kills so that writing stays quick."""
    found = {"kills": 0, "recorded": 0, "lost": 0, "not valid": 0, "left behind": 0}
    for start in range(0, kills, 10):
        with tempfile.TemporaryDirectory() as place:
            path = Path(place) / "claims.yaml"
            path.write_text("# kept\nversion: 1\n", encoding="utf-8")
            recorded: set[str] = set()
            for run in range(start, min(start + 10, kills)):
                recorded |= set(killed(_LEDGER, path, run, chance.uniform(0, 0.12)))
                found["kills"] += 1
                try:
                    there = {entry.fingerprints[0] for entry in load(path).decisions}
                except Exception:
                    found["not valid"] += 1
                    continue
                found["lost"] += len(recorded - there)
            last = Decision(decision="conflict-accepted", fingerprints=("last",))
            add_decisions(path, [last])
            found["recorded"] += len(recorded)
            found["left behind"] += len(list(Path(place).iterdir())) - 1
    return found


def of_cache(kills: int, chance: random.Random) -> dict[str, int]:
    """Kill writers of one cache."""
    found = {"kills": 0, "recorded": 0, "lost": 0, "not valid": 0}
    with tempfile.TemporaryDirectory() as place:
        recorded: set[str] = set()
        for run in range(kills):
            recorded |= set(killed(_CACHE, Path(place), run, chance.uniform(0, 0.12)))
            found["kills"] += 1
        with closing(sqlite3.connect(Path(place) / FILE_NAME)) as database:
            (verdict,) = database.execute("PRAGMA integrity_check").fetchone()
        with Cache(Path(place)) as cache:
            there = cache.readings.get(sorted(recorded))
        found["not valid"] = int(verdict != "ok")
        found["recorded"] = len(recorded)
        found["lost"] = len(recorded - set(there))
    return found


def main() -> int:
    """Kill and write; 1 where anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--out", type=Path, default=RESULTS)
    options = parser.parse_args()
    chance = random.Random(7)
    share = options.kills * 4 // 5
    found = {
        "ledger": of_ledger(share, chance),
        "cache": of_cache(options.kills - share, chance),
    }
    options.out.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(found, indent=2))
    bad = ("lost", "not valid", "left behind")
    return int(any(part.get(name, 0) for part in found.values() for name in bad))


if __name__ == "__main__":
    raise SystemExit(main())
