"""The SQL of models and snapshots: compiled where dbt has compiled it, else as far as names alone lead."""

from __future__ import annotations

import re
from pathlib import Path

from ...model import Location, SqlText
from .manifest import Manifest, is_file_below
from .nodes import Node, as_keys, texts_of

EXPRESSION = re.compile(r"\{\{-?\s*(ref|source|config|this)\b(.*?)-?\}\}", re.DOTALL)
QUOTED = re.compile(r"(\w+\s*=\s*)?(?:'([^']*)'|\"([^\"]*)\"|(\d+))")

SNAPSHOT_COLUMNS = ("dbt_scd_id", "dbt_updated_at", "dbt_valid_from", "dbt_valid_to")
"""Columns that every snapshot has beside those of its query, by their usual names."""


def is_compiled(node: Node) -> bool:
    """Whether dbt has written the SQL that it would run."""
    return node.text("compiled_code") is not None


def is_python(node: Node) -> bool:
    """Whether it is made by Python, and not by SQL."""
    return node.text("language") == "python"


def sql_of(manifest: Manifest, node: Node) -> SqlText | None:
    """The SQL that fills the relation, at the lines where people edit it wherever those are the same."""
    raw = node.text("raw_code") or node.text("raw_sql") or ""
    compiled = node.text("compiled_code") or node.text("compiled_sql")
    sql = compiled or with_names(manifest, node, raw)
    if is_python(node) or not sql.strip():
        return None
    path = manifest.file_of(node)
    if compiled and raw.count("\n") != compiled.count("\n"):
        path = _compiled_file(manifest, node) or path
    start = Location(manifest.asked.file(path), 1, 1)
    if node.kind == "snapshot":
        before, behind = _snapshot(node)
        start = Location(start.file, 1, 1 - len(before))
        sql = f"{before}{sql}{behind}"
    return SqlText(sql, start, manifest.dialect, node.relation)


def with_names(manifest: Manifest, node: Node, raw: str, depth: int = 0) -> str:
    """A template with `ref`, `source` and `this` replaced by relations; ephemeral models stand inside it."""
    upstream = [manifest.nodes[id] for id in node.depends_on() if id in manifest.nodes]

    def replaced(found: re.Match[str]) -> str:
        if found[1] == "config":
            return "\n" * found[0].count("\n")
        if found[1] == "this":
            return node.relation or found[0] if not found[2].strip() else found[0]
        wanted = _named(upstream, found[1], found[2])
        if wanted is None:
            return found[0]
        if wanted.relation and wanted.materialized != "ephemeral":
            return wanted.relation
        inner = with_names(manifest, wanted, wanted.text("raw_code") or "", depth + 1) if depth < 20 else ""
        return f"({_on_one_line(inner)})" if inner.strip() else found[0]

    return EXPRESSION.sub(replaced, raw)


def _named(upstream: list[Node], function: str, arguments: str) -> Node | None:
    """The node that a call of `ref` or `source` names, among those that the model depends on."""
    found = [(match[1], match[2] or match[3] or match[4] or "") for match in QUOTED.finditer(arguments)]
    names = [text for keyword, text in found if not keyword]
    version = next((text for keyword, text in found if keyword), None)
    if not names:
        return None
    if function == "source":
        fits = [each for each in upstream if [each.text("source_name"), each.name] == names[-2:]]
    else:
        fits = [each for each in upstream if each.name == names[-1] and each.kind != "source"]
        fits = [each for each in fits if str(each.content.get("version")) == version] or fits
    return fits[0] if len(fits) == 1 else None


def _on_one_line(sql: str) -> str:
    """The text without line ends, so that what follows keeps its line; with them where a comment needs it."""
    return sql if "--" in sql or "#" in sql else " ".join(sql.split("\n"))


def _compiled_file(manifest: Manifest, node: Node) -> Path | None:
    written = node.text("compiled_path")
    candidates = [manifest.folder / written] if written else []
    original = node.text("original_file_path")
    if original:
        package = node.text("package_name") or manifest.project
        candidates.append(manifest.path.parent / "compiled" / package / original)
    return next((path for path in candidates if is_file_below(path, manifest.asked.root)), None)


def _snapshot(node: Node) -> tuple[str, str]:
    """What dbt puts round the query of a snapshot, as SQL: its own columns and where they come from."""
    config = node.config
    given = as_keys(config.get("snapshot_meta_column_names"))
    scd, updated, since, until = (str(given.get(name) or name) for name in SNAPSHOT_COLUMNS)
    keys = texts_of(config.get("unique_key"))
    time = next(iter(texts_of(config.get("updated_at"))), "CURRENT_TIMESTAMP")
    parts = ", ".join([*keys, time])
    columns = [
        f"MD5(CONCAT({parts})) AS {scd}",
        f"{time} AS {updated}",
        f"{time} AS {since}",
        f"NULLIF({time}, {time}) AS {until}",
    ]
    if config.get("hard_deletes") == "new_record":
        columns.append(f"'False' AS {given.get('dbt_is_deleted') or 'dbt_is_deleted'}")
    return "".join(["SELECT *, ", ", ".join(columns), " FROM ("]), "\n) AS rows_of_today"
