"""SQL of several shapes, the same on every run: what engines are timed on."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

DIALECT = "bigquery"

WIDE = 200
"""Columns of the widest texts."""

Schema = dict[str, dict[str, str]]


def texts() -> dict[str, str]:
    """Name of a shape → its SQL."""
    return {
        "wide 200 x 3": wide(),
        "star 200 x 3": stars(),
        "chain of 60 CTEs": chain(),
        "join of 12": joins(),
        "union of 50": unions(),
        "60 windows": windows(),
        "merge of 60": merge(),
        "40 everyday queries": "\n;\n".join(everyday(number) for number in range(40)),
    }


def schema() -> Schema:
    """The columns of the tables that the texts read."""
    tables = {f"raw.t{number}": {"k": "INT64"} | columns("c", 40) for number in range(12)}
    return tables | {"raw.wide": {"k": "INT64"} | columns("c", WIDE)}


def columns(prefix: str, number: int) -> dict[str, str]:
    """So many columns of numbers."""
    return {f"{prefix}{each}": "INT64" for each in range(number)}


def wide() -> str:
    """200 columns through three levels, each an expression over two of the level before."""
    levels = ["raw.wide", "one", "two"]
    parts = [
        ",\n  ".join(
            f"CASE WHEN c{i} > {i} THEN c{i} + c{(i + 1) % WIDE} ELSE COALESCE(c{i}, 0) END AS c{i}"
            for i in range(WIDE)
        )
        for _ in levels
    ]
    one, two, last = (f"SELECT k,\n  {part}\nFROM {level}" for part, level in zip(parts, levels, strict=True))
    return f"CREATE TABLE mart.wide AS\nWITH one AS ({one}),\ntwo AS ({two})\n{last}"


def stars() -> str:
    """200 columns handed through three levels by stars, and named in the end."""
    named = ",\n  ".join(f"SUM(c{i}) AS c{i}" for i in range(WIDE))
    return (
        "CREATE TABLE mart.stars AS\nWITH one AS (SELECT * FROM raw.wide), two AS (SELECT * FROM one)\n"
        f"SELECT k,\n  {named}\nFROM two\nGROUP BY k"
    )


def chain() -> str:
    """60 queries of ten columns, each reading the one before."""
    parts = ["q0 AS (SELECT k, c0, c1, c2, c3, c4, c5, c6, c7, c8 FROM raw.wide)"]
    for number in range(1, 60):
        body = ", ".join(f"c{i} + c{(i + 1) % 9} AS c{i}" for i in range(9))
        parts.append(f"q{number} AS (SELECT k, {body} FROM q{number - 1} WHERE c0 > {number})")
    return "CREATE TABLE mart.chain AS\nWITH " + ",\n".join(parts) + "\nSELECT * FROM q59"


def joins() -> str:
    """A join of twelve tables with 120 columns, most names qualified."""
    body = ",\n  ".join(f"t{i % 12}.c{i % 40} * t{(i + 1) % 12}.c{i % 37} AS r{i}" for i in range(120))
    rest = "\n".join(f"LEFT JOIN raw.t{i} AS t{i} ON t0.k = t{i}.k AND t{i}.c1 > 0" for i in range(1, 12))
    return f"CREATE TABLE mart.joined AS\nSELECT t0.k,\n  {body}\nFROM raw.t0 AS t0\n{rest}\nWHERE t0.c3 = 1"


def unions() -> str:
    """50 branches of 20 columns."""
    branches = (
        "SELECT k, " + ", ".join(f"c{i} + {branch} AS c{i}" for i in range(20)) + f" FROM raw.t{branch % 12}"
        for branch in range(50)
    )
    return "CREATE TABLE mart.united AS\n" + "\nUNION ALL\n".join(branches)


def windows() -> str:
    """60 functions over windows, a third of them named, and a QUALIFY."""
    over = ("(PARTITION BY k ORDER BY c1)", "w", "(PARTITION BY k, c2 ORDER BY c3 DESC)")
    body = ",\n  ".join(f"SUM(c{i % 40}) OVER {over[i % 3]} AS w{i}" for i in range(60))
    return (
        f"CREATE TABLE mart.windows AS\nSELECT k,\n  {body}\nFROM raw.t0\n"
        "WINDOW w AS (PARTITION BY k ORDER BY c0)\nQUALIFY ROW_NUMBER() OVER w = 1"
    )


def merge() -> str:
    """A MERGE that sets and inserts 60 columns from an aggregate."""
    names = [f"c{i}" for i in range(39)]
    sums = ", ".join(f"SUM({name}) AS {name}" for name in names)
    sets = ", ".join(f"{name} = s.{name} + t.{name}" for name in names)
    listed = ", ".join(["k", *names])
    values = ", ".join(["s.k", *(f"s.{name}" for name in names)])
    return (
        f"MERGE INTO raw.t1 AS t\nUSING (SELECT k, {sums} FROM raw.t2 GROUP BY k) AS s\nON t.k = s.k\n"
        f"WHEN MATCHED THEN UPDATE SET {sets}\nWHEN NOT MATCHED THEN INSERT ({listed}) VALUES ({values})"
    )


def everyday(number: int) -> str:
    """A query as people write them: two sources cleaned, joined, counted by day."""
    one, other = f"raw.t{number % 12}", f"raw.t{(number + 5) % 12}"
    measures = ",\n  ".join(
        f"COUNT(DISTINCT IF(b.c{i} > {number}, a.c{i}, NULL)) AS measure_{i}"
        for i in range(1, number % 7 + 3)
    )
    return f"""CREATE OR REPLACE TABLE mart.everyday_{number} AS
-- How many of each, by day
WITH cleaned AS (
  SELECT k, LOWER(CAST(c0 AS STRING)) AS kind, c1, c2, c3, c4, c5, c6, c7, c8
  FROM {one}
  WHERE c1 IS NOT NULL AND c2 BETWEEN 1 AND {number + 10}
)
SELECT
  a.kind,
  DATE_TRUNC(b.c9, WEEK) AS week,
  {measures},
  SAFE_DIVIDE(SUM(a.c3), NULLIF(COUNT(*), 0)) AS share
FROM cleaned AS a
JOIN {other} AS b ON a.k = b.k AND b.c4 = a.c4
WHERE EXISTS (SELECT 1 FROM raw.t0 AS x WHERE x.k = a.k AND x.c5 > 0)
GROUP BY 1, 2
HAVING COUNT(*) > 1
ORDER BY share DESC"""


def write_project(folder: Path, files: int) -> None:
    """A project of so many SQL files in ten layers, each file reading three tables of the layer before."""
    (folder / "definitions").mkdir(parents=True)
    (folder / "plumbline.yml").write_text(f"name: Generated\ndialect: {DIALECT}\n", "utf-8")
    for number, sql in enumerate(layered(files)):
        (folder / "definitions" / f"t{number:05}.sql").write_text(sql, "utf-8")


def layered(files: int) -> Iterator[str]:
    """The texts of such a project: about ten columns each, through a query of three sources."""
    chosen = random.Random(files)
    in_layer = max(files // 10, 1)
    for number in range(files):
        layer = number // in_layer
        one, two, three = (
            f"layer{layer - 1}.t{chosen.randrange(in_layer) + (layer - 1) * in_layer}"
            if layer
            else f"raw.t{chosen.randrange(12)}"
            for _ in range(3)
        )
        body = ",\n  ".join(f"COALESCE(a.c{i}, b.c{i}) + {number} AS c{i}" for i in range(4))
        yield f"""CREATE OR REPLACE TABLE layer{layer}.t{number} AS
WITH a AS (SELECT * FROM {one} WHERE c1 > 0)
SELECT
  a.k,
  {body},
  SUM(b.c4) AS c4,
  MAX(CASE WHEN c.c5 > 0 THEN c.c5 END) AS c5
FROM a
JOIN {two} AS b ON a.k = b.k
LEFT JOIN {three} AS c ON a.k = c.k AND c.c2 = b.c2
WHERE b.c3 IS NOT NULL
GROUP BY ALL
"""
