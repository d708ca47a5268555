"""What headings of old pages are called, and which section of an entry they stand for."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

PARTS: Final = ("error", "cause", "fix", "summary", "guidance", "example", "notes", "recommendation")
"""What a heading can stand for."""

_NAMES: Final = {
    "error": """error; errors; error message; error messages; error text; error output; error details; message;
        messages; symptom; symptoms; symptom description; problem; problems; problem description; problem statement;
        issue; issues; issue description; what happens; what happened; what you see; how it looks; log; logs;
        log output; log message; log messages; console output; stack trace; stacktrace; traceback; exception;
        alert; alert text; observed behavior; observed behaviour; actual behavior; actual behaviour""",
    "cause": """cause; causes; root cause; root causes; cause analysis; root cause analysis; why; why it happens;
        why does it happen; why does this happen; why this happens; reason; reasons; explanation; background; rca""",
    "fix": """fix; fixes; quick fix; temporary fix; permanent fix; solution; solutions; resolution; resolutions;
        resolution steps; steps to resolve; steps to fix; workaround; workarounds; work around; work-around;
        temporary workaround; remedy; remediation; remediation steps; mitigation; mitigation steps; immediate action;
        immediate actions; action; actions; action plan; answer; accepted answer; procedure; recovery; recovery steps;
        recovery procedure; repair; step; steps; what to do; what helps; what helped; what got you past it; how to fix;
        how to fix it; how to resolve; how to resolve it; how to solve it; how to recover; runbook""",
    "summary": "summary; short summary; tldr; tl dr; in short; overview; abstract; description; short description",
    "guidance": """guidance; diagnosis; diagnostics; diagnose; investigation; troubleshooting; triage; debugging;
        how to check; how to diagnose; how to verify; verification; verify; validation; check; checks; impact; scope""",
    "example": "example; examples; example output; sample; sample output",
    "notes": """notes; note; see also; reference; references; link; links; related; related pages; related articles;
        related links; further reading; more information; additional information; history; change history; contact;
        contacts; escalation; owner; owners; comments; environment; affected versions; affected systems""",
    "recommendation": """recommendation; recommendations; prevention; preventive measures; how to prevent it;
        how to avoid it; long term fix; long-term fix; follow up; follow-up; next steps; lessons learned""",
}  # fmt: skip
_OTHER_NAMES: Final = {
    "error": """fehler; fehlermeldung; fehlermeldungen; fehlertext; fehlerbild; symptom; symptome; meldung; problem;
        problembeschreibung; エラー; エラーメッセージ; エラー内容; 症状; 現象; 事象; 問題""",
    "cause": "ursache; ursachen; grundursache; grund; gründe; hintergrund; warum; 原因; 理由; 根本原因; 背景",
    "fix": """lösung; lösungen; lösungsweg; lösungsschritte; behebung; fehlerbehebung; abhilfe; massnahme; massnahmen;
        vorgehen; schritte; umgehung; übergangslösung; 解決; 解決策; 解決方法; 対処; 対処法; 対処方法; 対応;
        対応方法; 回避策; 手順; 復旧手順""",
    "summary": "zusammenfassung; kurzbeschreibung; beschreibung; überblick; 概要; 要約; 説明",
    "guidance": "diagnose; prüfung; fehlersuche; auswirkung; auswirkungen; 確認; 確認方法; 調査; 切り分け; 影響",
    "example": "beispiel; beispiele; 例",
    "notes": "hinweis; hinweise; anmerkung; anmerkungen; siehe auch; links; quellen; kontakt; 備考; 注意; 参考; 関連",
    "recommendation": "empfehlung; empfehlungen; vorbeugung; prävention; nächste schritte; 再発防止; 予防; 推奨",
}
"""The same in the other languages that pages speak, folded as a heading is before it is looked up."""
_KNOWN: Final = {
    name.strip(): part
    for told in (_NAMES, _OTHER_NAMES)
    for part, names in told.items()
    for name in " ".join(names.split()).split(";")
}

_BEFORE: Final = re.compile(r"^(?:[^\w]|\d+(?:\.\d+)*[.):]? |_)+|^(?:step|schritt) \d+[.:)]? ", re.IGNORECASE)
"""Numbers, signs and pictures before a heading's words."""
_SIDE_WORD: Final = re.compile(r"^(?:the|possible|known|likely|probable|suggested|proposed|recommended|common) ")
_NUMBERED: Final = re.compile(r"^(?P<name>.*\S) ?(?:#|no\.? ?)?(?:\d{1,2}|[a-d])$")
_TITLED: Final = re.compile(r"^(?P<name>[^:–—]{2,40}?)\s*(?::|\s[–—-])\s+(?P<title>\S.*)$")
_OPTION: Final = re.compile(r"^(?:option|method|variant|alternative|approach|way) (?:\d{1,2}|[a-d])$")
_QUESTION: Final = (
    (re.compile(r"^how (?:to|do i|can i|do you|can you) (?:fix|resolve|solve|repair|recover|work around)\b"), "fix"),
    (re.compile(r"^why (?:do|does|did|is|am|it|this)\b"), "cause"),
)


class Named(NamedTuple):
    """What a heading stands for, and what it says beside that: of `Workaround: restart it`, the end."""

    part: str
    title: str


class HeadingError(ValueError):
    """What is said of headings can't be so; the text says why."""


def named(heading: str, own: Mapping[str, str]) -> Named | None:
    """What a heading stands for; None where it is none of those that are known, or of a keeper's own."""
    text = " ".join(_BEFORE.sub("", heading.strip()).split()).rstrip(":：?？!.… ")
    if part := _part(text, own):
        return Named(part, "")
    titled = _TITLED.match(text)
    if titled and (part := _part(titled["name"], own)):
        return Named(part, titled["title"])
    lower = text.casefold()
    found = next((part for form, part in _QUESTION if form.match(lower)), None)
    return Named(found, "") if found else None


def _part(text: str, own: Mapping[str, str]) -> str | None:
    name = text.casefold().replace(";", "").replace("’", "'")
    if name in own:
        return own[name]
    if _OPTION.match(name):
        return "fix"
    numbered = _NUMBERED.match(name)
    for tried in (name, _SIDE_WORD.sub("", name), numbered["name"] if numbered else ""):
        if found := own.get(tried) or _KNOWN.get(tried):
            return found
    return None


def own_headings(said: tuple[str, ...]) -> dict[str, str]:
    """What a keeper says of headings: `Lösung=fix,Ursache=cause`. Raises HeadingError."""
    found: dict[str, str] = {}
    for pair in (pair for text in said for pair in text.split(",") if pair.strip()):
        heading, sign, part = (piece.strip() for piece in pair.rpartition("="))
        if not sign or not heading or part not in PARTS:
            raise HeadingError(f"{pair.strip()!r}: write HEADING=PART, with one of the parts {', '.join(PARTS)}.")
        found[heading.casefold()] = part
    return found
