"""Where strangers' programs run: several kinds of sandbox behind one interface."""

from kb.proofs.sandbox.choosing import choose_sandbox
from kb.proofs.sandbox.trial import Bounds, End, Finished, Ran, Room, Sandbox, SandboxError, Step, Trial, TrialError
from kb.proofs.sandbox.unguarded import Unguarded

__all__ = [
    "Bounds",
    "End",
    "Finished",
    "Ran",
    "Room",
    "Sandbox",
    "SandboxError",
    "Step",
    "Trial",
    "TrialError",
    "Unguarded",
    "choose_sandbox",
]
