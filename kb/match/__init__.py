"""From a pasted error to its entry: the signature language, the index, the matcher."""

from kb.match.against import is_ruled_out
from kb.match.bare import folded_lines, without_noise
from kb.match.command import run
from kb.match.evaluate import Case, Evaluation, evaluate
from kb.match.filling import (
    NEVER,
    Hole,
    Types,
    fill,
    fill_prose,
    holes_of,
    inline_pieces,
    pieces,
    prose_pieces,
    types_of,
)
from kb.match.fixes import Fix, FixProof, fix_files, read_fix
from kb.match.growing import GrowingMatcher
from kb.match.index import build_index
from kb.match.indexed import Indexed, platforms_of, signatures_of
from kb.match.known import Known, KnownError, SourceError
from kb.match.match import Match
from kb.match.matcher import Answer, Matcher
from kb.match.noise import fold
from kb.match.platforms import platforms_shown
from kb.match.proven import proven_line, said_of, step_and_proofs
from kb.match.search import (
    Document,
    Found,
    Query,
    QueryEvaluation,
    Result,
    SearchIndex,
    Synonyms,
    build_search,
    evaluate_queries,
    is_pasted,
    search,
    telling_line,
)
from kb.match.shared import shared_tables
from kb.match.signature import Signature, parse_signature
from kb.match.sources import from_entries, from_signatures, from_site
from kb.match.stream import match_stream
from kb.match.values import fits
from kb.match.versions import Versions, version_notes, versions_of, versions_shown, wording_notes
from kb.match.words import COMMON

__all__ = [
    "COMMON",
    "NEVER",
    "Answer",
    "Case",
    "Document",
    "Evaluation",
    "Fix",
    "FixProof",
    "Found",
    "GrowingMatcher",
    "Hole",
    "Indexed",
    "Known",
    "KnownError",
    "Match",
    "Matcher",
    "Query",
    "QueryEvaluation",
    "Result",
    "SearchIndex",
    "Signature",
    "SourceError",
    "Synonyms",
    "Types",
    "Versions",
    "build_index",
    "build_search",
    "evaluate",
    "evaluate_queries",
    "fill",
    "fill_prose",
    "fits",
    "fix_files",
    "fold",
    "folded_lines",
    "from_entries",
    "from_signatures",
    "from_site",
    "holes_of",
    "inline_pieces",
    "is_pasted",
    "is_ruled_out",
    "match_stream",
    "parse_signature",
    "pieces",
    "platforms_of",
    "platforms_shown",
    "prose_pieces",
    "proven_line",
    "read_fix",
    "run",
    "said_of",
    "search",
    "shared_tables",
    "signatures_of",
    "step_and_proofs",
    "telling_line",
    "types_of",
    "version_notes",
    "versions_of",
    "versions_shown",
    "without_noise",
    "wording_notes",
]
