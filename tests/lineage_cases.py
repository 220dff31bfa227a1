"""Cases of lineage as texts: SQL, with what is expected of it in comments.

`--@ dialect snowflake` and `--@ table d.t(a INT64, s STRUCT<x INT64>)` say what the text is traced with;
`--@ default d` names the default schema. Lines that begin with `-->` are what is expected, by statement:

    --> select                          the kind, with it a statement begins
    --> reads d.t                       tables read; likewise writes
    --> n <- d.t:a identity             a column and its sources, table:column subtype
    --> n <- generated                  a column known to have no source
    --> n <- nothing                    a column of which nothing is known
    --> rows <- d.t:b filter            what decides which rows arrive
    --> gap unknown_star                reasons of gaps
    --> unknown d.t:x                   columns read that do not exist
    --> type n INT64                    the type of a column, where the case is about it
    --> text n = a + 1                  the expression of a column, where the case is about it
    --> line n 3                        the line where it stands, where the case is about it

Everything but types, texts and lines is compared in full.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from catalog.sql import EdgeType, StatementLineage, trace_sql

CASES = Path(__file__).parent / "cases" / "lineage"


@dataclass
class Case:
    """One text and its expectation, a list of lines for each statement."""

    sql: str
    dialect: str = "bigquery"
    default: str | None = None
    schema: dict[str, dict[str, str]] = field(default_factory=dict)
    expected: list[list[str]] = field(default_factory=list)


def read_case(path: Path) -> Case:
    lines = path.read_text(encoding="utf-8").splitlines()
    case = Case("\n".join("" if line.startswith(("--@", "-->")) else line for line in lines))
    for line in lines:
        if line.startswith("--@ dialect "):
            case.dialect = line.removeprefix("--@ dialect ").strip()
        elif line.startswith("--@ default "):
            case.default = line.removeprefix("--@ default ").strip()
        elif line.startswith("--@ table "):
            name, _, columns = line.removeprefix("--@ table ").strip().partition("(")
            case.schema[name] = dict(_column(text) for text in _split(columns.removesuffix(")")))
        elif line.startswith("--> "):
            said = line.removeprefix("--> ").strip()
            if re.fullmatch(r"[a-z_]+", said):
                case.expected.append([])
            case.expected[-1].append(said)
    return case


def _split(text: str) -> list[str]:
    """At commas outside brackets."""
    parts, depth = [""], 0
    for char in text:
        depth += (char in "<(") - (char in ">)")
        if char == "," and not depth:
            parts.append("")
        else:
            parts[-1] += char
    return [part.strip() for part in parts if part.strip()]


def _column(text: str) -> tuple[str, str]:
    name, _, kind = text.partition(" ")
    return name, kind.strip()


def trace_case(case: Case) -> tuple[StatementLineage, ...]:
    return trace_sql(
        case.sql,
        dialect=case.dialect,
        schema=case.schema,
        default_schema=case.default,
        default_catalog=None,
        infer_types=True,
    )


def described(statement: StatementLineage, expected: list[str]) -> list[str]:
    """A statement in the words of an expectation, with types, texts and lines where that asks for them."""
    lines = [statement.kind]
    if statement.reads:
        lines.append("reads " + ", ".join(statement.reads))
    if statement.writes:
        lines.append("writes " + ", ".join(statement.writes))
    for output in statement.outputs:
        lines.append(f"{output.name} <- {_sources(statement, output.name, is_generated=output.is_generated)}")
    rows = [f"{e.source_table}:{e.source_column} {e.subtype.lower()}" for e in statement.indirect]
    if rows:
        lines.append("rows <- " + ", ".join(rows))
    lines += [f"gap {gap.reason}" for gap in statement.gaps]
    lines += [f"unknown {miss.table}:{miss.column}" for miss in statement.unknown_columns]
    for output in statement.outputs:
        asked = {
            f"type {output.name} ": output.type or "unknown",
            f"text {output.name} = ": output.expression,
            f"line {output.name} ": str(output.line),
        }
        lines += [
            start + value
            for start, value in asked.items()
            if any(said.startswith(start) for said in expected)
        ]
    return lines


def _sources(statement: StatementLineage, name: str, *, is_generated: bool) -> str:
    found = {}
    for edge in statement.columns:
        if edge.target_column == name:
            words = [f"{edge.source_table}:{edge.source_column}", edge.subtype.lower()]
            words += ["masked"] if edge.masking else []
            words += ["ambiguous"] if edge.ambiguous else []
            found[" ".join(words)] = edge.type is EdgeType.DIRECT
    if not found:
        return "generated" if is_generated else "nothing"
    return ", ".join(sorted(found, key=lambda words: (not found[words], words)))


def in_order(lines: list[str]) -> list[str]:
    """An expectation as `described` writes it: rows sorted by source, questions last."""
    ranks = {"type": 1, "text": 2, "line": 3}
    asked = [line for line in lines if line.split(" ")[0] in ranks and "<-" not in line]
    told = [line for line in lines if line not in asked]
    return told + sorted(asked)
