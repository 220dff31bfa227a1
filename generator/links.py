"""Where each thing has its page. The only place that decides a path.

A path is relative to the root of a site and ends in `/` (a page), or in `/#…` (a place on one). It
depends on the thing alone, so it stays when other things come and go.
"""

from __future__ import annotations

import datetime
import hashlib
import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote, urljoin

from catalog import (
    Described,
    Enum,
    Job,
    Location,
    Metric,
    Node,
    NodeKind,
    Report,
    Settings,
    Table,
    Team,
    Term,
)

HOME = ""
METRICS = "metrics/"
TABLES = "tables/"
REPORTS = "reports/"
JOBS = "jobs/"
TEAMS = "teams/"
ENUMS = "enums/"
CHECKS = "checks/"
GLOSSARY = "glossary/"
COVERAGE = "coverage/"
A_TO_Z = "a-z/"
WAIVERS = "checks/waivers/"
CHANGES = "changes/"
FEED = "changes/feed.xml"
LINEAGE = "lineage/"
DOWNLOADS = "downloads/"

ASSETS = "assets/plumbline/"
"""Where the files of `generator/assets` go."""

LONGEST_SEGMENT = 100
DIGEST_LENGTH = 8
CACHED_NAMES = 65_536

_SAFE = re.compile(r"[a-z0-9][a-z0-9_-]*(\.[a-z0-9_-]+)*")
_UNSAFE_RUN = re.compile(r"[^a-z0-9._-]+")
_DOTS = re.compile(r"\.{2,}")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d|index\.html)(\..*)?")
"""Names that Windows keeps for devices, and the one that every folder of the site has already."""

_KEY_STARTS = tuple(f"{kind}:" for kind in NodeKind)

_SECTIONS: dict[type[Described], str] = {
    Metric: METRICS,
    Table: TABLES,
    Report: REPORTS,
    Job: JOBS,
    Team: TEAMS,
    Enum: ENUMS,
}


@lru_cache(maxsize=CACHED_NAMES)
def segment(name: str) -> str:
    """A name as one part of a path: different for different names, on every file system.

    Lower-case names of letters, digits, `.`, `_` and `-` stay as they are. A name all in capitals is lowered
    and ends in `~`; any other becomes a readable rest and a digest.
    """
    if _is_safe(name):
        return name
    if name == name.upper() and _is_safe(name.lower()):
        return f"{name.lower()}~"
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:DIGEST_LENGTH]
    return f"{_readable_rest(name)}~{digest}"


def path_of(thing: Described) -> str:
    """The page of a metric, table, report, job, team or enumeration; a term's place in the glossary."""
    if isinstance(thing, Term):
        return f"{GLOSSARY}#{segment(thing.name)}"
    return f"{_SECTIONS[type(thing)]}{segment(thing.name)}/"


def metric_path(name: str) -> str:
    """The page of a metric."""
    return f"{METRICS}{segment(name)}/"


def past_metric_path(name: str, day: datetime.date) -> str:
    """The page of a metric as it stood from a day on: an address that stays."""
    return f"{metric_path(name)}@{day.isoformat()}/"


def past_definition_path(name: str, day: datetime.date) -> str:
    """The definition of that day as a file, whose digest is cited."""
    return f"{past_metric_path(name, day)}definition.json"


def table_path(name: str) -> str:
    """The page of a table."""
    return f"{TABLES}{segment(name)}/"


def column_path(table: str, column: str) -> str:
    """The row of a column on the page of its table."""
    return f"{table_path(table)}#{column_anchor(column)}"


def column_anchor(column: str) -> str:
    """The id of the row of a column."""
    return f"column-{segment(column)}"


def report_path(name: str) -> str:
    """The page of a report."""
    return f"{REPORTS}{segment(name)}/"


def job_path(name: str) -> str:
    """The page of a job."""
    return f"{JOBS}{segment(name)}/"


def team_path(name: str) -> str:
    """The page of a team."""
    return f"{TEAMS}{segment(name)}/"


def enum_path(name: str) -> str:
    """The page of an enumeration."""
    return f"{ENUMS}{segment(name)}/"


def enum_value_path(enum: str, value: str) -> str:
    """The row of a value on the page of its enumeration."""
    return f"{enum_path(enum)}#{enum_value_anchor(value)}"


def enum_value_anchor(value: str) -> str:
    """The id of the row of a value."""
    return f"value-{segment(value)}"


def check_path(code: str) -> str:
    """The page of a check; its code is in capitals, its path is not."""
    return f"{CHECKS}{code.lower()}/"


def letter_path(letter: str) -> str:
    """The page of the names that begin with a letter, where each letter has one."""
    return f"{A_TO_Z}{letter}/"


def node_path(node: Node) -> str | None:
    """The page of what a node of the lineage stands for; None for a step, which has none."""
    match node.kind:
        case NodeKind.TABLE:
            return table_path(node.name)
        case NodeKind.COLUMN:
            return column_path(node.name, node.column)
        case NodeKind.METRIC:
            return metric_path(node.name)
        case NodeKind.REPORT:
            return report_path(node.name)
    return None


def explorer_path(node: Node) -> str:
    """The lineage explorer as it shows a table, metric or report, or the trace of a column."""
    column = f"&c={_quoted(node.name)}.{_quoted(node.column)}" if node.column else ""
    return f"{LINEAGE}#n={quote(explorer_key(node.whole), safe=':', errors='replace')}{column}"


def trace_path(table: str, column: str) -> str:
    """The trace of a column in the lineage explorer."""
    return explorer_path(Node(NodeKind.COLUMN, table, column))


@lru_cache(maxsize=CACHED_NAMES)
def _quoted(name: str) -> str:
    return quote(name, safe="", errors="replace")


def explorer_key(node: Node) -> str:
    """What a table, metric or report is called in the address of the explorer; a table by its bare name."""
    is_bare = node.kind is NodeKind.TABLE and not node.name.startswith(_KEY_STARTS)
    return node.name if is_bare else f"{node.kind}:{node.name}"


def href(path: str, *, start: str) -> str:
    """The relative address of a path, seen from the page at path `start`."""
    if path.startswith(f"{start}#"):
        return path[len(start) :]
    way = "../" * start.count("/")
    return f"{way}{path}" if way or path else "./"


def address_of(thing: Described, column: str, site: str) -> str:
    """The whole address of the page of a thing, or of the row of one of its columns, on a site."""
    path = column_path(thing.name, column) if column else path_of(thing)
    return urljoin(f"{site.rstrip('/')}/", quote(path, safe="/#~", errors="replace"))


def edit_address(settings: Settings, location: Location) -> str | None:
    """Where a file of the definitions is changed in the repository; None where that is not known."""
    base = edit_base(settings)
    if not base or not location.file:
        return None
    line = f"#L{location.line}" if location.line else ""
    return f"{base}{quote(location.file)}{line}"


def edit_base(settings: Settings) -> str:
    """What comes before the path of a file in `edit_address`; empty where the repository is not known."""
    return f"{settings.repository.rstrip('/')}/{settings.edit_path}/" if settings.repository else ""


def _is_safe(name: str) -> bool:
    return (
        len(name) <= LONGEST_SEGMENT
        and _SAFE.fullmatch(name) is not None
        and _RESERVED.fullmatch(name) is None
    )


def _readable_rest(name: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    rest = _DOTS.sub(".", _UNSAFE_RUN.sub("-", ascii_only))
    return rest[: LONGEST_SEGMENT // 2].strip("-._") or "unnamed"
