"""Does it really happen, and does the fix really help: recipes, sandbox, versions of tools, records."""

from kb.proofs.combinations import Combination, combinations_of
from kb.proofs.from_command import recipe_of
from kb.proofs.proving import Job, Result, State, done, jobs_of
from kb.proofs.recording import record_of, with_record
from kb.proofs.sandbox import Finished, Sandbox, SandboxError, Trial, Unguarded, choose_sandbox
from kb.proofs.tools import Counter, this_platform
from kb.proofs.trying import Trying
from kb.proofs.wording import fit_to_show

__all__ = [
    "Combination",
    "Counter",
    "Finished",
    "Job",
    "Result",
    "Sandbox",
    "SandboxError",
    "State",
    "Trial",
    "Trying",
    "Unguarded",
    "choose_sandbox",
    "combinations_of",
    "done",
    "fit_to_show",
    "jobs_of",
    "recipe_of",
    "record_of",
    "this_platform",
    "with_record",
]
