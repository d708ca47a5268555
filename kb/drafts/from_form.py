"""From an issue that was filled in with the form "An error and its fix" to an entry that passes the checks."""

from collections.abc import Mapping
from dataclasses import replace

from kb.drafts.checked_entry import Checking, Written, write_entry
from kb.drafts.draft import DraftError, draft_entry, telling_error, with_changes
from kb.drafts.guesses import find_product
from kb.drafts.issue_form import Filled
from kb.entry import Collection


def usable(form: Filled, product: str, collection: Collection) -> Filled:
    """The form with the product's id, the one called `product` where that is given, and with the error alone.

    Raises DraftError where a part is missing, and LookupError for an unknown product, with what to do.
    """
    empty = [name for name, value in (("product", form.product), ("error", form.error), ("fix", form.fix)) if not value]
    if empty:
        where = "its `### ` heading" if len(empty) == 1 else "a `### ` heading of its own"
        raise DraftError(f"the issue does not say the {' and the '.join(empty)}, under {where}.")
    return replace(form, product=find_product(product or form.product, collection), error=telling_error(form.error))


def write_form(form: Filled, changes: Mapping[str, object], collection: Collection, checking: Checking) -> Written:
    """Write the entry of a usable form, with what somebody chose instead. Raises DraftError, with what is wrong."""
    draft = draft_entry(form.product, form.error, form.fix, form.cause, collection)
    draft = replace(with_changes(draft, changes), version=form.version)
    try:
        return write_entry(draft, collection, checking, is_strict=True)
    except DraftError:
        # What its Markdown breaks, its words alone may not.
        return write_entry(draft, collection, checking, is_strict=True, as_code=True)
