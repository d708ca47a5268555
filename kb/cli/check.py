"""Verbs about what an entry has to be: `check`, `rule`, `schema`."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.markdown import Markdown

from kb.checks import Rule, all_rules, check, to_report
from kb.entry import load_collection, schemas
from kb.site.urls import RESERVED

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("check")
@click.argument("folder", type=_FOLDER, default="entries")
def check_command(folder: Path) -> None:
    """Check all entries in FOLDER (default: entries).

    Prints every problem with its place and what to do, and exits with 1 if there is one.
    """
    collection = load_collection(folder)
    problems = check(collection, datetime.now(UTC).date(), RESERVED)
    if problems:
        click.echo(to_report(problems))
        sys.exit(1)
    products = len({entry.product for entry in collection.entries})
    click.echo(f"{len(collection.entries)} entries for {products} products, no problems.")


@click.command("rule")
@click.argument("code", required=False)
def rule_command(code: str | None) -> None:
    """Explain the rule CODE; without one, list all rules."""
    rules = all_rules()
    if code is None:
        for rule in rules.values():
            click.echo(f"{rule.code}  {rule.name:<20} {rule.summary}")
        return
    found = rules.get(code.upper()) or next((rule for rule in rules.values() if rule.name == code), None)
    if found is None:
        raise click.BadParameter(f"there is no rule {code!r}. `kb rule` lists all.", param_hint="CODE")
    text = explanation(found)
    if sys.stdout.isatty():
        Console().print(Markdown(text))
    else:
        click.echo(text)


def explanation(rule: Rule) -> str:
    """A rule as Markdown: what, why, what to do, and an example of each kind."""
    return (
        f"# {rule.code} {rule.name}\n\n{rule.summary}\n\n"
        f"## Why it matters\n\n{rule.why}\n\n## What to do\n\n{rule.fix}\n\n"
        f"## Not like this\n\n```yaml\n{rule.bad.strip()}\n```\n\n## Like this\n\n```yaml\n{rule.good.strip()}\n```"
    )


@click.command("schema")
@click.argument("name", type=click.Choice(["front-matter", "entry", "products", "tools"]), default="front-matter")
def schema_command(name: str) -> None:
    """Print the JSON Schema of the front matter, a .yml entry, products.yml or tools.yml."""
    click.echo(json.dumps(schemas("")[f"{name}.schema.json"], indent=2))
