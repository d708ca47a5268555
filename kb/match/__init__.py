"""From a pasted error to its entry: the signature language, the index, the matcher."""

from kb.match.evaluate import Case, Evaluation, Miss, evaluate
from kb.match.fill import fill
from kb.match.fixes import Fix, fix_files, read_fix
from kb.match.index import build_index
from kb.match.matcher import Answer, Matcher
from kb.match.parts import UNTYPED, Literal, Match, Placeholder
from kb.match.signature import Signature, SignatureError, parse_signature
from kb.match.stream import match_stream

__all__ = [
    "UNTYPED",
    "Answer",
    "Fix",
    "Case",
    "Evaluation",
    "Literal",
    "Match",
    "Matcher",
    "Miss",
    "Placeholder",
    "Signature",
    "SignatureError",
    "build_index",
    "fill",
    "fix_files",
    "evaluate",
    "match_stream",
    "parse_signature",
    "read_fix",
]
