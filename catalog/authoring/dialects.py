"""In which SQL dialect files are written: found by reading them in each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..sql import GapReason, trace_sql

CANDIDATES = (
    "postgres", "bigquery", "snowflake", "duckdb", "databricks", "redshift", "tsql", "mysql", "trino",
    "clickhouse", "oracle",
)  # fmt: skip
"""Dialects that are tried; where two fit equally well, the one that comes first."""

EXCLUDED, BY_ALL = r"\* ?EXCLUDE ?\(", r"\bGROUP BY ALL\b"

MARKS = {
    "bigquery": (
        r"`[\w-]+\.[\w-]+(?:\.[\w*-]+)?`", r"\b(?:INT64|FLOAT64)\b", r"\b(?:SAFE_CAST|SAFE_DIVIDE|COUNTIF)\b",
        r"STRUCT<",
    ),
    "snowflake": (
        r"\b(?:VARIANT|TIMESTAMP_NTZ)\b", r"\b(?:IFF|TO_VARCHAR|DATEADD|ZEROIFNULL)\b", r"\bFLATTEN\b",
        r"\bTRANSIENT\b", r"\w:\w+::", EXCLUDED, BY_ALL,
    ),
    "databricks": (r"\bUSING DELTA\b", r"\bTBLPROPERTIES\b", r"\bZORDER\b", r"\bLATERAL VIEW\b", BY_ALL),
    "redshift": (r"\b(?:DISTKEY|SORTKEY|DISTSTYLE)\b", r"\bGETDATE\b"),
    "tsql": (r"\bNVARCHAR\b", r"\bGETDATE\(", r"\bTOP \(?\d", r"\[\w+\]\.\[", r"\bISNULL\(", r"^GO$"),
    "mysql": (r"ENGINE ?= ?InnoDB", r"\bAUTO_INCREMENT\b", r"\bIFNULL\(", r"`\w+`"),
    "clickhouse": (r"\bMergeTree\b", r"\bto(?:Date|StartOf\w+)\(", r"\buniqExact\("),
    "duckdb": (
        r"\b(?:read_csv|read_parquet|read_json)\w*\(", r"\bFROM '[^']+\.(?:csv|parquet|json)'",
        r"\bSUMMARIZE\b", r"\blist(?:_\w+)?\(", r"\bSTRUCT_PACK\(", EXCLUDED, BY_ALL,
    ),
    "postgres": (r"::\w", r"\bplpgsql\b", r"\bSERIAL\b", r"\bILIKE\b", r"\bjsonb?_", r"\bTIMESTAMPTZ\b"),
    "oracle": (r"\bNVL\b", r"\bVARCHAR2\b", r"\bSYSDATE\b", r"\bROWNUM\b", r"\bCONNECT BY\b"),
    "trino": (r"\b(?:approx_distinct|date_parse|json_extract_scalar|element_at)\(",),
}  # fmt: skip
"""Dialect → what it, and few others, is written with."""

SYNTAX = (GapReason.SYNTAX, GapReason.UNSUPPORTED)


def dialect_of(texts: Sequence[str]) -> str | None:
    """The dialect in which most of the texts can be read, and that they look like most; None without any."""
    if not texts:
        return None
    return min(CANDIDATES, key=lambda dialect: (_unread(texts, dialect), -_marks(texts, dialect)))


def _unread(texts: Sequence[str], dialect: str) -> int:
    """How many statements cannot be read in a dialect."""
    statements = (each for text in texts for each in trace_sql(text, dialect=dialect))
    return sum(any(gap.reason in SYNTAX for gap in statement.gaps) for statement in statements)


def _marks(texts: Sequence[str], dialect: str) -> int:
    """How many marks of a dialect the texts have, each once in a text."""
    marks = [re.compile(mark, re.IGNORECASE | re.MULTILINE) for mark in MARKS[dialect]]
    return sum(bool(mark.search(text)) for text in texts for mark in marks)
