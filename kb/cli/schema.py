"""The verb `schema`: the JSON Schema of what people write."""

import click

from kb.checks import json_text
from kb.entry import schemas


@click.command("schema")
@click.argument(
    "name", type=click.Choice(["front-matter", "entry", "products", "tools", "synonyms"]), default="front-matter"
)
def schema_command(name: str) -> None:
    """Print the JSON Schema of the front matter, a .yml entry, or one of the data files."""
    click.echo(json_text(schemas("")[f"{name}.schema.json"], 2))
