"""What an answer shows of an entry first: the workaround to try, and what is proven."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.entry import Proven, first_step, named_versions
from kb.match.fixes import FixProof

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kb.entry import Entry, Product, Step


def step_and_proofs(entry: Entry, products: Mapping[str, Product]) -> tuple[Step, tuple[FixProof, ...]]:
    """The workaround of an entry that is to be tried first, and all that are proven, in the order of their numbers."""
    proven = Proven(entry)
    proofs = (
        FixProof(workaround=number, versions=named_versions(proof.run, products), day=proof.day.isoformat())
        for number, proof in sorted(proven.proofs.items())
    )
    return first_step(entry, proven), tuple(proofs)
