"""One hash for what must be recognised again: cache entries, findings."""

from __future__ import annotations

import hashlib


def key(*parts: bytes | str) -> str:
    """Hash over all that a result depends on; the parts' borders count."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()
