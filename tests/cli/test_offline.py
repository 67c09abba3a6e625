"""Nothing leaves the computer: a real run under a tracer asks nobody anything and writes nothing
but what it was told to.

The tracer sees the system calls of the process and of every library in it, whatever language they
are written in; a patched `socket` module would not.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CORPUS = Path(__file__).parents[2] / "corpus"
# Both are known to happen only in a process that lives for some seconds.
_ARTICLES = 16
_CALL = re.compile(
    r"^\d+\s+(?:socket|connect|sendto|sendmsg|sendmmsg|bind|listen|getsockname)\(.*", re.M
)
_WRITTEN = re.compile(
    r"^\d+\s+(?:openat\(\w+, \"(?P<opened>[^\"]*)\", [^,)]*O_(?:WRONLY|RDWR|CREAT)|"
    r"(?:creat|mkdir|mkdirat|mknod)\((?:AT_FDCWD, )?\"(?P<made>[^\"]*)\").*",
    re.M,
)
# By a socket in a folder of its own a run asks the process that its readers are copies of; who else
# is asked has an address of another kind, or another place.
_OWN = re.compile(
    r"\d+\s+(?:socket\(AF_UNIX|(?:bind|connect)\(\d+, \{sa_family=AF_UNIX, sun_path=\"[^\"]*/pymp-)"
)
_ADDRESSED = re.compile(r"\d+\s+(?:socket|bind|connect|sendto)\(")
# Python's own probes while it starts, and the terminal.
_DEVICES = re.compile(r"/dev/(?:null|tty|pts/\d+)$")


def archive(folder: Path) -> Path:
    """Different articles, made of the sample's."""
    articles = folder / "articles"
    articles.mkdir()
    sample = sorted(CORPUS.glob("*.md"))
    for number in range(_ARTICLES):
        text = sample[number % len(sample)].read_text(encoding="utf-8")
        text = re.sub(r"(?m)^(outlet|url): .*$", rf"\1: Paper {number}", text)
        (articles / f"paper-{number}.md").write_text(f"{text}\nNote {number}.\n", encoding="utf-8")
    return articles


def traced(folder: Path, *command: str, status: int = 0) -> tuple[list[str], list[str]]:
    """The network calls of a command, and the files that it opened to write or made."""
    if shutil.which("strace") is None:
        if os.environ.get("CI"):
            pytest.fail("strace is missing, so the promise of the README is not proved")
        pytest.skip("strace is not installed")
    home, log = folder / "home", folder / "trace"
    home.mkdir()
    (folder / "tmp").mkdir()
    # What is set on build machines must not be what keeps a library silent.
    quiet = ("CI", "GITHUB_ACTIONS", "ORT_DISABLE_TELEMETRY", "DO_NOT_TRACK")
    environment = {name: value for name, value in os.environ.items() if name not in quiet}
    environment |= {
        "HOME": str(home),
        "TMPDIR": str(folder / "tmp"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    environment.pop("FACTCHECK_CACHE", None)
    calls = "trace=%network,openat,creat,mkdir,mkdirat,mknod"
    tracer = ["strace", "-f", "-qq", "--seccomp-bpf", "-s", "4096", "-e", calls, "-o", str(log)]
    done = subprocess.run([*tracer, *command], env=environment, capture_output=True, text=True)
    assert done.returncode == status, done.stderr
    text = log.read_text(encoding="utf-8", errors="replace")
    assert "openat(" in text
    written = [m["opened"] or m["made"] for m in _WRITTEN.finditer(text)]
    return _CALL.findall(text), [path for path in written if not _DEVICES.match(path)]


@pytest.mark.model
def test_a_run_asks_nobody_and_writes_only_its_cache(tmp_path: Path) -> None:
    articles = archive(tmp_path)
    program = [sys.executable, "-m", "factcheck"]
    calls, written = traced(tmp_path, *program, "compare", str(articles), "--no-ledger")
    assert calls == []
    assert written
    assert [path for path in written if not path.startswith(str(tmp_path / "cache"))] == []
    assert list((tmp_path / "home").iterdir()) == []


def test_adding_files_asks_nobody(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        "<html><head><link rel='canonical' href='https://paper.example/1'></head><body><p>The mayor"
        " said on Friday that the bridge would stay closed.</p><img src='https://paper.example/x'>"
    )
    (tmp_path / "feed.xml").write_text(
        "<rss version='2.0'><channel><title>Paper</title><item><title>Bridge</title>"
        "<link>https://paper.example/1</link></item></channel></rss>"
    )
    (tmp_path / "entity.xml").write_text(
        "<!DOCTYPE rss SYSTEM 'http://paper.example/x.dtd'><rss version='2.0'><channel></channel>"
    )
    files = [str(path) for path in sorted(tmp_path.glob("*.*ml"))]
    program = [sys.executable, "-m", "factcheck", "add"]
    calls, written = traced(tmp_path, *program, *files, "--to", str(tmp_path / "to"), status=3)
    assert [call for call in calls if _ADDRESSED.match(call) and not _OWN.match(call)] == []
    told = (str(tmp_path / "to"), str(tmp_path / "tmp"))
    assert [path for path in written if not path.startswith(told)] == []
    assert list((tmp_path / "tmp").iterdir()) == []


@pytest.mark.model
def test_the_tracer_sees_a_call(tmp_path: Path) -> None:
    # Were this one green without a call, the other would prove nothing.
    script = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM); open('left', 'w')"
    calls, written = traced(
        tmp_path, sys.executable, "-c", f"import os; os.chdir(os.environ['HOME']); {script}"
    )
    assert "socket(AF_INET" in calls[0]
    assert written == ["left"]


@pytest.mark.model
def test_no_network_client_is_loaded() -> None:
    clients = "http.client ssl asyncio httpx httpx2 requests urllib3 urllib.request huggingface_hub"
    script = (
        "import sys\nfrom factcheck.cli import cli\n"
        "words = ['compare', 'tests/cli/stories', '--no-cache', '-q']\n"
        "try: cli.main(words, standalone_mode=False)\n"
        "except SystemExit: pass\n"
        f"print(sorted(set({clients.split()!r}) & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=CORPUS.parent, capture_output=True, text=True
    )
    assert done.stdout.splitlines()[-1] == "[]", done.stdout + done.stderr
