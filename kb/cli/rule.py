"""The verb `rule`: what a rule finds, and why."""

import sys

import click

from kb.checks import Rule, all_rules


@click.command("rule")
@click.argument("code", required=False)
def rule_command(code: str | None) -> None:
    """Explain the rule CODE; without one, list all rules."""
    rules = all_rules()
    if code is None:
        for rule in rules.values():
            click.echo(f"{rule.code}  {rule.name:<22} {rule.summary}")
        return
    found = rules.get(code.upper()) or next((rule for rule in rules.values() if rule.name == code), None)
    if found is None:
        raise click.BadParameter(f"there is no rule {code!r}. `kb rule` lists all.", param_hint="CODE")
    text = explanation(found)
    if sys.stdout.isatty():
        # Imported here: `kb check` starts faster without them.
        from rich.console import Console  # noqa: PLC0415
        from rich.markdown import Markdown  # noqa: PLC0415

        Console().print(Markdown(text))
    else:
        click.echo(text)


def explanation(rule: Rule) -> str:
    """A rule as Markdown: what, why, what to do, and an example of each kind."""
    mended = f"\n\n`kb check --fix`: {rule.mended}" if rule.mended else ""
    firm = f"\n\nIt is an error in every knowledge base: {rule.firm}." if rule.firm else ""
    return (
        f"# {rule.code} {rule.name}\n\n{rule.summary}{firm}\n\n"
        f"## Why it matters\n\n{rule.why}\n\n## What to do\n\n{rule.fix}{mended}\n\n"
        f"## Not like this\n\n```yaml\n{rule.bad.strip()}\n```\n\n## Like this\n\n```yaml\n{rule.good.strip()}\n```"
    )
