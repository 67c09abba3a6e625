"""`factcheck init`: the sample corpus and ledger, to start from."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import click

from factcheck.errors import UsageError
from factcheck.safe import plain


@click.command("init", short_help="Write the sample corpus and ledger into a folder.")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
def command(folder: Path) -> None:
    """Write the sample articles (DIR/corpus) and their ledger (DIR/claims.yaml) to start from.

    Nothing that is there already is overwritten.
    """
    sample = _sample()
    targets = {folder / "claims.yaml": sample / "claims.yaml"}
    targets |= {
        folder / "corpus" / source.name: source
        for source in sorted((sample / "corpus").iterdir(), key=lambda path: path.name)
        if source.is_file()
    }
    try:
        # A link is there too, wherever it leads: it is not written through.
        existing = sorted(str(t) for t in targets if t.is_symlink() or t.exists())
        if existing:
            raise UsageError(
                "exists",
                f"{existing[0]} is there already",
                "nothing was written; choose another folder",
            )
        (folder / "corpus").mkdir(parents=True, exist_ok=True)
        for target, source in targets.items():
            target.write_bytes(source.read_bytes())
    except OSError as error:
        raise UsageError(
            "unwritable",
            f"{folder}: cannot be written: {error.strerror or error}",
            "choose another folder",
        ) from error
    count, where = len(targets) - 1, plain(str(folder))
    click.echo(f"Wrote {count} articles to {where}/corpus and {where}/claims.yaml.")
    click.echo(f"Next: cd {where} && factcheck compare")


def _sample() -> Path:
    """The sample inside an installed package, or beside the package in a source checkout."""
    package = Path(str(resources.files("factcheck")))
    packaged = package / "sample"
    return packaged if packaged.is_dir() else package.parent
