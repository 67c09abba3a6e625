"""`factcheck rules`: what each finding means and how to resolve it."""

from __future__ import annotations

import click

from factcheck.errors import UsageError


@click.command("rules", short_help="List the rules of `check`, or explain one.")
@click.argument("rule", required=False)
def command(rule: str | None) -> None:
    """List the rules of `factcheck check`, or explain RULE (an id such as FC101, or a name)."""
    from factcheck.ledger.load import suggestion
    from factcheck.ledger.rules import BY_ID, BY_NAME, CHECKS

    if rule is None:
        width = max(len(check.rule.name) for check in CHECKS)
        for check in CHECKS:
            found = check.rule
            click.echo(f"{found.id}  {found.name:{width}}  {found.level:7}  {found.short}")
        return
    wanted = BY_ID.get(rule.upper()) or BY_NAME.get(rule.lower())
    if wanted is None:
        hint = suggestion(rule, (*BY_ID, *BY_NAME))
        raise UsageError("no-rule", f"no rule '{rule}'{hint}", "'factcheck rules' lists them.")
    click.echo(wanted.rule.help, nl=False)
