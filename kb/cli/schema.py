"""The verb `schema`: the JSON Schema of what people write."""

import json

import click

from kb.entry import schemas


@click.command("schema")
@click.argument(
    "name", type=click.Choice(["front-matter", "entry", "products", "tools", "synonyms"]), default="front-matter"
)
def schema_command(name: str) -> None:
    """Print the JSON Schema of the front matter, a .yml entry, or one of the data files."""
    click.echo(json.dumps(schemas("")[f"{name}.schema.json"], indent=2))
