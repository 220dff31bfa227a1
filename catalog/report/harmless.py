"""Texts of definitions made harmless where they are shown: no secret, no mention, no markup, no command.

What a check says may quote what anybody wrote into a definition. Reports go to places that act on text: a
comment notifies people, a build log takes commands, a page renders HTML.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ..checks.frame import Finding
from ..model import Location
from ..outcome import Outcome

HIDDEN = "[hidden]"

SECRET = re.compile(
    r"""
    \b(?:gh[pousr]_|github_pat_|glpat-|gldt-|xox[abeoprs]-|sk-|pypi-|npm_|dapi|dop_v1_)[\w-]{16,}   # tokens
    | \b(?:AKIA|ASIA)[A-Z0-9]{16}\b                                     # access keys of AWS
    | \bAIza[\w-]{35}                                                   # keys of Google
    | \beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*                                 # JSON web tokens
    | -----BEGIN[ ][A-Z ]*PRIVATE[ ]KEY-----.*?(?:-----END[ ][A-Z ]*PRIVATE[ ]KEY-----|\Z)
    | (?<=://)[^\s/:@`]+:[^\s/@`]+(?=@)                                 # user and password of an address
    | (?i:(?<=password=)|(?<=passwd=)|(?<=pwd=)|(?<=secret=)|(?<=token=)|(?<=key=))[^\s;&,`'"]+
    """,
    re.VERBOSE | re.DOTALL,
)
"""What looks like a secret of a common kind."""

BREAK = "\u200b"
"""Zero-width space: keeps a text readable and breaks what a program would see in it."""

UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Control characters, and those that turn the direction of writing round, so that text shows as another."""

COMMAND = re.compile(r"^\s*:(?=:)", re.MULTILINE)
"""Where a build log would see a command."""


def harmless(outcome: Outcome) -> Outcome:
    """The outcome for any format: without secrets, and without what a build log obeys anywhere in a line."""
    return replace(
        outcome,
        findings=tuple(map(_harmless, outcome.findings)),
        left_out=tuple(map(_harmless, outcome.left_out)),
        gone=tuple(replace(each, subject=without_secrets(each.subject)) for each in outcome.gone),
        against=without_secrets(outcome.against),
    )


def without_commands(text: str) -> str:
    """The text with every line such that no build log takes it as a command."""
    seen = UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r", "\N{REPLACEMENT CHARACTER}"))
    return COMMAND.sub(rf"\g<0>{BREAK}", seen)


def as_markdown_line(text: str) -> str:
    """The text as one line of Markdown: code between backticks as it was, all else as plain text."""
    line = " ".join(UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text).split())
    parts = line.split("`")
    if len(parts) % 2 == 0:  # A backtick that nobody closes is text.
        parts[-2:] = [f"{parts[-2]}\u02cb{parts[-1]}"]
    return "".join(_code(part) if index % 2 else _plain(part) for index, part in enumerate(parts))


def _harmless(finding: Finding) -> Finding:
    place = finding.location
    return replace(
        finding,
        subject=without_secrets(finding.subject),
        message=without_secrets(finding.message),
        hint=finding.hint and without_secrets(finding.hint),
        location=Location(without_secrets(place.file), place.line, place.column),
    )


def without_secrets(text: str) -> str:
    """The text without what looks like a secret, and without what a build log obeys anywhere in a line."""
    return SECRET.sub(HIDDEN, text).replace("##[", f"##{BREAK}[")


def _code(part: str) -> str:
    return f"`{part}`" if part.strip() else ""


def _plain(part: str) -> str:
    """Plain text inside a line: what Markdown reads is escaped, and no name, number or address is a link."""
    unlinked = re.sub(r"[@#!%&~$](?=\w)|\bGH(?=-)", rf"\g<0>{BREAK}", part)
    unlinked = re.sub(r"(?i)\b(?:https?|ftp|mailto|www)(?=[:.])", rf"\g<0>{BREAK}", unlinked)
    escaped = re.sub(r"[\\`*_\[\]#|~$]", r"\\\g<0>", unlinked)
    return escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
