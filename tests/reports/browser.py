"""A real headless Chromium, driven by its own protocol: pages, media, scripts."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATH = next(
    (
        path
        for name in ("chromium", "chromium-browser", "google-chrome", "chrome")
        if (path := shutil.which(name))
    ),
    None,
)
_SECONDS = 90.0
_QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-port=0",
)


class Browser:
    """One page of a browser, by the protocol of its developer tools."""

    def __init__(self, socket: Any) -> None:
        """Talk through a web socket that is open."""
        self._socket = socket
        self._last = 0

    def ask(self, method: str, **parameters: object) -> dict[str, Any]:
        """The answer to a command of the protocol."""
        self._last += 1
        told = {"id": self._last, "method": method, "params": parameters}
        self._socket.send(json.dumps(told))
        while True:
            answer = json.loads(self._socket.recv(timeout=_SECONDS))
            if answer.get("id") == self._last:
                assert "error" not in answer, answer
                return dict(answer["result"])

    def show(self, width: int, media: Mapping[str, str]) -> None:
        """Make the window so many pixels wide, with features of media as `prefers-color-scheme`."""
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=900,
            deviceScaleFactor=1,
            mobile=False,
        )
        features = [{"name": name, "value": value} for name, value in media.items()]
        self.ask("Emulation.setEmulatedMedia", features=features)

    def open(self, page: Path) -> None:
        """Load a file and wait until it is there."""
        self.ask("Page.navigate", url=page.as_uri())
        self._until("document.readyState == 'complete' && location.href != 'about:blank'")

    def run(self, script: str) -> Any:
        """The value of an expression in the page, or of what it promises."""
        done = self.ask(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in done, done
        return done["result"].get("value")

    def _until(self, condition: str) -> None:
        last = time.monotonic() + _SECONDS
        while not self.run(condition):
            assert time.monotonic() < last, condition
            time.sleep(0.02)


@contextmanager
def browser(profile: Path) -> Iterator[Browser]:
    """A browser that runs as long as it is needed."""
    from websockets.sync.client import connect

    assert PATH is not None
    profile.mkdir(parents=True, exist_ok=True)
    with subprocess.Popen(
        [PATH, *_QUIET, f"--user-data-dir={profile}", "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            with connect(_page(profile), max_size=None, open_timeout=_SECONDS) as socket:
                yield Browser(socket)
        finally:
            process.kill()


def _page(profile: Path) -> str:
    """The address of the page's web socket; the browser notes its port when it is ready."""
    last = time.monotonic() + _SECONDS
    while time.monotonic() < last:
        try:
            port = (profile / "DevToolsActivePort").read_text().split()[0]
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list") as answer:
                pages = [found for found in json.load(answer) if found["type"] == "page"]
            return str(pages[0]["webSocketDebuggerUrl"])
        except (OSError, IndexError):
            time.sleep(0.05)
    raise AssertionError("the browser did not start")
