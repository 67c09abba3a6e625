"""`factcheck schema`: the JSON Schemas of what the program writes and reads."""

from __future__ import annotations

import click


@click.command("schema", short_help="Print a JSON Schema.")
@click.argument("name", type=click.Choice(["report", "ledger", "who", "outlet"]))
def command(name: str) -> None:
    """Print the JSON Schema of the report format, of the ledger (claims.yaml), or of what the
    commands `who` and `outlet` print with --format json.
    """
    import json

    if name == "report":
        from factcheck.reports import schema

        told = schema()
    elif name == "ledger":
        from factcheck.ledger import schema as of_ledger

        told = of_ledger()
    else:
        from factcheck.reports.queries import schema as of_answer

        told = of_answer(name)
    click.echo(json.dumps(told, indent=2, ensure_ascii=False))
