"""Which sandbox there is: the first that works here."""

from collections.abc import Callable
from typing import Final

from kb.proofs.sandbox.bubblewrap import bubblewrap
from kb.proofs.sandbox.landlock import landlock
from kb.proofs.sandbox.podman import podman
from kb.proofs.sandbox.trial import Sandbox, SandboxError

KINDS: Final[tuple[Callable[[], Sandbox], ...]] = (bubblewrap, landlock, podman)
"""In the order of preference: those first that hide more of the machine; the slowest last."""


def choose_sandbox() -> Sandbox:
    """The first sandbox that works here. Raises SandboxError, which says of each why it does not."""
    reasons: list[str] = []
    for kind in KINDS:
        try:
            return kind()
        except SandboxError as error:
            reasons.append(str(error))
    raise SandboxError("\n".join(reasons))
