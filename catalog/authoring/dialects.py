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

MARKS = {
    "bigquery": r"`[\w-]+\.[\w-]+(?:\.[\w*-]+)?`|\b(?:INT64|FLOAT64|SAFE_CAST|SAFE_DIVIDE|COUNTIF)\b|STRUCT<",
    "snowflake": r"\b(?:VARIANT|IFF|FLATTEN|TRANSIENT|TIMESTAMP_NTZ|TO_VARCHAR|DATEADD|ZEROIFNULL)\b",
    "databricks": r"\b(?:USING DELTA|TBLPROPERTIES|ZORDER|LATERAL VIEW)\b",
    "redshift": r"\b(?:DISTKEY|SORTKEY|DISTSTYLE|GETDATE)\b",
    "tsql": r"\bNVARCHAR\b|\bGETDATE\(|\bTOP \(?\d|\[\w+\]\.\[|\bISNULL\(|^GO$",
    "mysql": r"ENGINE ?= ?InnoDB|\bAUTO_INCREMENT\b|\bIFNULL\(|`\w+`",
    "clickhouse": r"\bMergeTree\b|\btoDate\(|\btoStartOf\w+\(|\buniqExact\(",
    "duckdb": r"\b(?:read_csv|read_parquet|read_json)\w*\(|\bSUMMARIZE\b",
    "postgres": r"::\w+|\bplpgsql\b|\bSERIAL\b|\bILIKE\b|\bjsonb?_|\bTIMESTAMPTZ\b",
    "oracle": r"\b(?:NVL|VARCHAR2|SYSDATE|ROWNUM|CONNECT BY)\b",
    "trino": r"\b(?:approx_distinct|date_parse|json_extract_scalar|element_at)\(",
}
"""Dialect → what it alone, or nearly so, is written with."""

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
    """How many of the texts have something of a dialect in them."""
    mark = re.compile(MARKS[dialect], re.IGNORECASE | re.MULTILINE)
    return sum(bool(mark.search(text)) for text in texts)
