"""Lineage as JSON: every fact of every statement."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from ..sql.edges import StatementLineage
from ..trace import TracedText
from ..traced_files import result_name


def as_json(texts: tuple[TracedText, ...], _now: datetime) -> str:
    """`{files: [{path, dialect, statements: […]}]}`; a statement as `StatementLineage` names its parts.

    The target of a bare query is null.
    """
    files = [
        {
            "path": text.sql.start.file,
            "dialect": text.sql.dialect,
            "statements": [_statement(text, statement) for statement in text.statements],
        }
        for text in texts
    ]
    return json.dumps({"files": files}, indent=2, ensure_ascii=False) + "\n"


def _statement(text: TracedText, statement: StatementLineage) -> dict[str, Any]:
    content = asdict(statement)
    for name in ("outputs", "columns", "indirect"):
        content[name] = [each._asdict() for each in getattr(statement, name)]
    if statement.kind == "select" and statement.writes == (result_name(text, statement),):
        content["writes"] = []
        for edge in (*content["columns"], *content["indirect"]):
            edge["target_table"] = None
    return content
