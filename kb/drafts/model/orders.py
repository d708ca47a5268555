"""Sentences that speak to a program and not to a reader, or that claim what only a command or a person may say.

A list of words can't be complete. What it misses is still a sentence that names its source, in a section that is shown
as a draft, without links and without a command that its sources don't have.
"""

import re
import unicodedata
from typing import Final

_ORDERS: Final = (
    r"(?:ignore|disregard|forget|override)\W{1,3}(?:\w+\W{1,3}){0,4}(?:instruction|prompt|rule|guideline)",
    r"\bnew instructions?\b",
    r"\bbefore (?:answering|you answer)\b",
    r"\b(?:decode|read|run) (?:this|it|all of it) and (?:do|obey)\b",
    r"\bremember from now on\b",
)
_ROLES: Final = (
    r"\b(?:your|reveal the|print the|show the|repeat the) system prompt\b|developer message",
    r"\b(?:human|assistant) ?:|(?:^|[.!?\]]\s|[\n(])\W{0,3}(?:system|user|developer) ?:",
    r"\bas (?:an ai|(?:the|an) (?:ai )?assistant)\b",
    r"\byou are (?:now |an? )(?:\w+ ){0,3}(?:ai|assistant|agent|model|chatbot)\b",
    r"\b(?:note|message) (?:to|for) (?:\w+ ){0,2}(?:models?|agents?|assistants?)\b",
    r"\b(?:settings|permissions) of your agent\b",
    r"\[/?inst\]|<\|",
    r"</?(?:thinking|function_\w+|tool_\w+|invoke|parameter)\b",
)
_TOOLS: Final = (
    r"tool[ _]?calls?\b|function[ _]?calls?\b|tools/call|\btool_use\b|\bjsonrpc\b",
    r"\btool'?s? results?\b|\btool results?\b",
    r"\b(?:match_error|search_fixes|get_fix|propose_fix|report_outcome)\b",
)
_MARKS: Final = (
    r"[<‹«]{2}\W*data\b|\bdata\W+[0-9a-f]{16}\b",
    r"\b(?:outside of )?(?:all|the) (?:marks|fences?) (?:are|is|do|now|no)\b|\boutside of all marks\b",
    r"\b(?:from|written by|signed by) the server\b|\bknown-fixes server\b",
)
_CLAIMS: Final = (
    r"\bproven by a machine\b|\bprovenance\b\W{1,4}\{?|\breviewed\b\W{1,3}\{|\breviewed by\b|\bruns_as_it_stands\b",
    r"\b(?:already )?agreed to (?:every|all|each) commands?\b",
    r"\b(?:needs?|wants?) no confirmation\b|\bwithout (?:asking|confirmation)\b",
)
_ASKED: Final = (r"\bdraft these sections\b|\bentry's title is json text\b|\bleave the others empty\b",)
"""What a model is told itself: small ones repeat it."""
_ANY: Final = re.compile("|".join((*_ORDERS, *_ROLES, *_TOOLS, *_MARKS, *_CLAIMS, *_ASKED)), re.IGNORECASE)
_SOURCE: Final = re.compile(r"\[[^\[\]\s]{1,200}[#!]\d{1,10}(?: (?:comment \d{1,6}|timeline|files))?\]")
"""What looks like the name of a source, which stands beside a statement and never in it."""


def speaks_to_a_program(text: str) -> bool:
    """Whether a text holds such a sentence."""
    return bool(_ANY.search(unicodedata.normalize("NFKC", text)))


def names_a_source(text: str) -> bool:
    """Whether a text pretends to rest on a source by its own words."""
    return bool(_SOURCE.search(text))
