"""What lies at a path, where the system may refuse to say: a closed folder, a name too long."""

from __future__ import annotations

from pathlib import Path


def is_folder(path: Path) -> bool:
    """Whether a path leads to a folder; not where the system does not let us see it."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def is_file(path: Path) -> bool:
    """Whether a path leads to a regular file; not where the system does not let us see it."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def lies(path: Path) -> bool:
    """Whether anything lies at a path; not where the system does not let us see it."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def is_link(path: Path) -> bool:
    """Whether a path is a symbolic link; not where the system does not let us see it."""
    try:
        return path.is_symlink()
    except (OSError, ValueError):
        return False
