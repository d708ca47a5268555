"""What a person at a terminal says to a draft: signature, title, address and tags, each with a proposal."""

import re
from dataclasses import replace

import click

from kb.checks import visible
from kb.cli import questions
from kb.drafts import Draft, DraftError, draft_entry, free_slug_of, slug_problem
from kb.entry import Collection, slug_of


def approved(draft: Draft, collection: Collection, *, asks_slug: bool, asks_tags: bool) -> Draft:
    """The draft as a person wants it. Raises StoppedError."""
    draft = _worded(draft, collection)
    if asks_slug:
        draft = replace(draft, slug=_asked_slug(draft, collection))
    if asks_tags:
        said = questions.ask("Tags, two to five", ", ".join(draft.tags), _tags_problem)
        draft = replace(draft, tags=_tags_in(said))
    return draft


def _worded(draft: Draft, collection: Collection) -> Draft:
    """The draft with the signature and the title that the person wants."""
    click.echo("The signature is the message with {{name}} where it varies.", err=True)
    while True:
        signature = questions.ask("Signature", draft.signature.replace("\n", " "))
        try:
            changed = draft_entry(draft.product, draft.error, draft.fix, draft.cause, collection, signature=signature)
        except DraftError as problem:
            click.echo(visible(str(problem)), err=True)
            continue
        title = questions.ask("Title", draft.title)
        return replace(draft, signature=changed.signature, title=title or draft.title)


def _asked_slug(draft: Draft, collection: Collection) -> str:
    """The end of the page's address, which stays for ever; proposed by the title."""

    def problem(slug: str) -> str:
        return slug_problem(draft.product, slug, collection)

    proposed = free_slug_of(draft.product, draft.title, collection) or draft.slug
    return questions.ask(f"The page's address, for ever: {draft.product}/", proposed, problem)


def _tags_in(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag for tag in re.split(r"[,\s]+", text) if tag))


def _tags_problem(text: str) -> str:
    wrong = [tag for tag in _tags_in(text) if tag != slug_of(tag)]
    return f"Lower case, digits and hyphens: {slug_of(wrong[0]) or 'ports'}" if wrong else ""
