"""Lineage for programs that draw: Graphviz DOT and Mermaid, a box for each table and a line for each edge."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from ..trace import TracedText

MERMAID = str.maketrans({'"': "#quot;", "#": "#35;", "<": "#lt;", ">": "#gt;", "&": "#amp;", "\n": " "})
"""Characters with a meaning in labels of Mermaid → its names for them."""


class Line(NamedTuple):
    """A line of the drawing. Without a column at its end it decides the rows of the whole table."""

    source: tuple[str, str]
    target: tuple[str, str]
    label: str
    is_direct: bool


def as_dot(texts: tuple[TracedText, ...], _now: datetime) -> str:
    """A directed graph in the DOT language of Graphviz, read from left to right."""
    lines = sorted(set(_lines(texts)))
    ids = _ids(lines)
    body = ["digraph lineage {", "  rankdir=LR;", "  node [shape=box];"]
    for number, (table, columns) in enumerate(_tables(lines).items()):
        body += [f"  subgraph cluster_{number} {{", f"    label={_quoted(table)};"]
        body += [f"    {ids[table, column]} [label={_quoted(column or 'rows')}];" for column in columns]
        body.append("  }")
    for line in lines:
        style = "" if line.is_direct else ", style=dashed"
        body.append(f"  {ids[line.source]} -> {ids[line.target]} [label={_quoted(line.label)}{style}];")
    return "\n".join([*body, "}"]) + "\n"


def as_mermaid(texts: tuple[TracedText, ...], _now: datetime) -> str:
    """A flowchart of Mermaid, read from left to right."""
    lines = sorted(set(_lines(texts)))
    ids = _ids(lines)
    body = ["flowchart LR"]
    for number, (table, columns) in enumerate(_tables(lines).items()):
        body.append(f'  subgraph t{number}["{entities(table)}"]')
        body += [f'    {ids[table, column]}["{entities(column or "rows")}"]' for column in columns]
        body.append("  end")
    for line in lines:
        arrow = "-->" if line.is_direct else "-.->"
        body.append(f"  {ids[line.source]} {arrow}|{line.label}| {ids[line.target]}")
    return "\n".join(body) + "\n"


def _lines(texts: tuple[TracedText, ...]) -> Iterator[Line]:
    for statement in (statement for text in texts for statement in text.statements):
        for edge in statement.columns:
            target = (edge.target_table or "", edge.target_column)
            is_direct = edge.type == "DIRECT"
            yield Line((edge.source_table, edge.source_column), target, _label(edge.subtype), is_direct)
        for indirect in statement.indirect:
            source = (indirect.source_table, indirect.source_column)
            yield Line(source, (indirect.target_table or "", ""), _label(indirect.subtype), is_direct=False)


def _label(subtype: str) -> str:
    return subtype.lower().replace("_", " ")


def _tables(lines: list[Line]) -> dict[str, list[str]]:
    """Table → columns that lines begin or end at, both sorted."""
    ends = sorted({end for line in lines for end in (line.source, line.target)})
    tables: dict[str, list[str]] = {}
    for table, column in ends:
        tables.setdefault(table, []).append(column)
    return tables


def _ids(lines: list[Line]) -> dict[tuple[str, str], str]:
    ends = sorted({end for line in lines for end in (line.source, line.target)})
    return {end: f"c{number}" for number, end in enumerate(ends)}


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def entities(text: str) -> str:
    """A text in which Mermaid finds no syntax of its own."""
    return text.translate(MERMAID)
