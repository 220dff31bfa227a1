"""Numbers in texts: quoted ones come from the reference run, calculated ones are calculated right."""

import ast
import math
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from figures import FIGURES, Figure, measured, write
from warehouse import stale_figures, strings

from catalog import Project

pytestmark = pytest.mark.xdist_group("warehouse")

CALCULATION = re.compile(
    r"(?P<left>[√(]*\d[\d.,]*(?:\s*[-+−×÷*/()√]\s*|[\d.,])*\d[\d.,]*\)*)\s*=\s*\*{0,2}"
    r"(?P<right>\d[\d.,]*\d|\d)(?P<percent>\s*%)?"
)
OPERATORS = str.maketrans({"÷": "/", "×": "*", "−": "-", ",": ""})


def test_every_quoted_figure_comes_from_this_run(
    warehouse: duckdb.DuckDBPyConnection, example: Project
) -> None:
    assert [(figure.subject, said) for figure, said in stale_figures(warehouse, example)] == []


def test_every_text_that_names_the_reference_run_is_held_to_it(example: Project) -> None:
    told = Counter(figure.subject for figure in FIGURES)
    named: Counter[str] = Counter()
    for thing in example.catalog.things():
        texts = " ".join(strings(thing.model_dump(mode="json", exclude_none=True)))
        mentions = " ".join(texts.split()).count("eference run")
        if mentions and thing.name != "reference-run":
            named[f"{type(thing).__name__.lower()}:{thing.name}"] = mentions
    assert named == told


def test_a_stale_figure_is_found_and_can_be_written(
    warehouse: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    figure = Figure(
        "table:a.b", "It had {rows:,} rows in {queues} queues.", "SELECT 1234 AS rows, 5 AS queues"
    )
    file = tmp_path / "b.yml"
    file.write_text("text: It had 999 rows\n  in 12 queues.\nother: 999 rows\n", "utf-8")
    write(measured(warehouse, figure), figure, file)
    assert file.read_text("utf-8") == "text: It had 1,234 rows\n  in 5 queues.\nother: 999 rows\n"


def calculations(example: Project) -> Iterator[tuple[str, str, str, bool]]:
    for metric in example.catalog.metrics.values():
        for found in CALCULATION.finditer(metric.worked_example or ""):
            if re.search(r"[-+−×÷√]", found["left"]):
                yield metric.name, found["left"], found["right"], bool(found["percent"])


def value(written: str) -> float:
    """What a calculation gives, computed from its syntax tree."""
    expression = re.sub(r"√\s*\(", "sqrt(", " ".join(written.split())).translate(OPERATORS)
    return computed(ast.parse(expression, mode="eval").body)


def computed(node: ast.expr) -> float:
    match node:
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.Call(func=ast.Name(id="sqrt"), args=[inner]):
            return math.sqrt(computed(inner))
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return computed(left) + computed(right)
        case ast.BinOp(left=left, op=ast.Sub(), right=right):
            return computed(left) - computed(right)
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            return computed(left) * computed(right)
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return computed(left) / computed(right)
    raise AssertionError(ast.dump(node))


def is_right(left: str, right: str, *, percent: bool) -> bool:
    decimals = len(right.partition(".")[2])
    result = value(left) * (100 if percent and "÷" in left else 1)
    return abs(result - float(right.replace(",", ""))) <= 0.5 / 10.0**decimals + 1e-9


def test_every_written_calculation_is_right(example: Project) -> None:
    wrong = [
        f"{metric}: {left} = {right}"
        for metric, left, right, percent in calculations(example)
        if not is_right(left, right, percent=percent)
    ]
    assert wrong == []


QUANTILES = {
    "notice_median_time_to_action": (0.5, (3, 6, 20, 48, 90)),
    "p90_turnaround_time": (0.9, (5, 10, 15, 20, 25, 30, 40, 50, 90, 600)),
    "backlog_age_p90": (0.9, (1, 2, 3, 4, 5, 6, 7, 8, 9, 40)),
}
"""Examples that count off instead of calculating: the share, and the numbers that they list."""


def test_every_metric_that_partners_see_calculates_something(example: Project) -> None:
    shown = {name for name, metric in example.catalog.metrics.items() if metric.audience == "partner"}
    assert shown - {metric for metric, *_ in calculations(example)} == set(QUANTILES)


@pytest.mark.parametrize("name", QUANTILES)
def test_every_quantile_of_an_example_is_right(name: str, example: Project) -> None:
    share, numbers = QUANTILES[name]
    text = " ".join((example.catalog.metrics[name].worked_example or "").split())
    listed, result, _ = re.split(r"\*\*(\d+) \w+\*\*", text)
    assert [int(number) for number in re.findall(r"\d+", listed)] == list(numbers)
    assert int(result) == numbers[math.ceil(share * len(numbers)) - 1]


def test_a_wrong_calculation_is_noticed() -> None:
    assert is_right("70 ÷ (70 + 10)", "87.5", percent=True)
    assert not is_right("70 ÷ (70 + 10)", "87.4", percent=True)
    assert is_right("1.96 × √(0.02 × 0.02 + 0.03 × 0.03)", "0.07", percent=False)
