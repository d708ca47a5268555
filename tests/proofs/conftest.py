"""What tests of proofs share: the sandboxes that work on this machine."""

import pytest

from kb.proofs.sandbox import Sandbox, SandboxError
from kb.proofs.sandbox.choosing import KINDS


def works(kind) -> Sandbox | None:
    try:
        return kind()
    except SandboxError:
        return None


@pytest.fixture(scope="session", params=KINDS, ids=lambda kind: kind.__name__)
def sandbox(request) -> Sandbox:
    """Each kind of sandbox in turn, where it works."""
    found = works(request.param)
    if found is None:
        pytest.skip("it does not work on this machine")
    return found
