"""Where an archive keeps what was made of it, and the shards there."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from pathlib import Path

from factcheck.ledger.files import write_atomically

# Hidden, so that no run takes what lies in it for articles.
FOLDER = ".factcheck"


@dataclass(frozen=True)
class Place:
    """The folder of an archive's articles, and the folder of what was made of them."""

    root: Path

    @property
    def own(self) -> Path:
        """The folder of what this program keeps."""
        return self.root / FOLDER

    @property
    def index(self) -> Path:
        """The file of the index."""
        return self.own / "archive-1.sqlite"

    def shard(self, name: str) -> Path:
        """The file of a shard; its name is a hash in hexadecimal digits."""
        return self.own / "shards" / name[:2] / f"{name}.z"

    def read(self, name: str) -> bytes | None:
        """What a shard holds; `None` where it is not there, or damaged."""
        try:
            return zlib.decompress(self.shard(name).read_bytes())
        except (FileNotFoundError, zlib.error):
            return None

    def write(self, name: str, data: bytes) -> None:
        """Write a shard, whole or not at all. Raises `OSError`."""
        path = self.shard(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, zlib.compress(data, 3))
