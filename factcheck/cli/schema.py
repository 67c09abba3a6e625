"""`factcheck schema`: the JSON Schemas of what the program writes and reads."""

from __future__ import annotations

import click


@click.command("schema", short_help="Print a JSON Schema.")
@click.argument("name", type=click.Choice(["report", "ledger"]))
def command(name: str) -> None:
    """Print the JSON Schema of the report format or of the ledger (claims.yaml)."""
    import json

    if name == "report":
        from factcheck.reports import schema
    else:
        from factcheck.ledger import schema
    click.echo(json.dumps(schema(), indent=2, ensure_ascii=False))
