"""Tools in many versions: one interface, one file a source."""

from kb.proofs.tools.counter import Counter, this_platform
from kb.proofs.tools.programs import told_version
from kb.proofs.tools.tool import Kit, NotTriedError, Supply, ToolSource

__all__ = ["Counter", "Kit", "NotTriedError", "Supply", "ToolSource", "this_platform", "told_version"]
