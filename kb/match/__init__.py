"""From a pasted error to its entry: the signature language, the index, the matcher."""

from kb.match.command import Finished, run
from kb.match.drafting import draft_signature
from kb.match.evaluate import Case, Evaluation, Miss, evaluate
from kb.match.fill import fill, fill_prose
from kb.match.fixes import Fix, fix_files, read_fix
from kb.match.index import build_index
from kb.match.matcher import Answer, Matcher
from kb.match.parts import UNTYPED, Literal, Match, Placeholder
from kb.match.signature import Signature, SignatureError, parse_signature
from kb.match.sources import Known, SourceError, from_entries, from_signatures, from_site
from kb.match.stream import match_stream
from kb.match.telling import error_blocks
from kb.match.values import fits

__all__ = [
    "UNTYPED",
    "Answer",
    "Case",
    "Evaluation",
    "Finished",
    "Fix",
    "Known",
    "Literal",
    "Match",
    "Matcher",
    "Miss",
    "Placeholder",
    "Signature",
    "SignatureError",
    "SourceError",
    "build_index",
    "draft_signature",
    "error_blocks",
    "evaluate",
    "fill",
    "fill_prose",
    "fits",
    "fix_files",
    "from_entries",
    "from_signatures",
    "from_site",
    "match_stream",
    "parse_signature",
    "read_fix",
    "run",
]
