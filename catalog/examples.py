"""Examples of metrics: a few rows, what counts of them, and the value that their author expects.

The rows are run through the metric's own SQL, so that an example on a page is true or a finding. Pure, but
for what the engine does.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .engine import Engine
from .executing import Ending, ExampleOutcome, ExampleQuestion, Scalar
from .lineage import Lineage
from .model import Catalog, Location, Metric, MetricExample
from .settings import Settings
from .sql import Aggregation


@dataclass(frozen=True, slots=True)
class RunExample:
    """An example with what running it gave.

    `columns` are named as its reader knows them. `is_right`: the value is the one expected, to the decimals
    given there; None where it was not run.
    """

    title: str | None
    columns: tuple[str, ...]
    rows: tuple[tuple[Scalar, ...], ...]
    expected: Scalar
    note: str | None
    outcome: ExampleOutcome
    location: Location

    @property
    def is_right(self) -> bool | None:
        """Is the value the expected one?"""
        if self.outcome.ending is not Ending.RAN:
            return None
        return agrees(self.expected, self.outcome.value)


Examples = Mapping[str, tuple[RunExample, ...]]
"""Metric → its examples, run."""


def run_examples(catalog: Catalog, lineage: Lineage, settings: Settings, engine: Engine) -> Examples:
    """The examples of every metric, each run through the metric's SQL."""
    asked = list(_questions(catalog, lineage, settings))
    outcomes = iter(
        engine.run([question for _, _, question in asked if isinstance(question, ExampleQuestion)])
    )
    found: dict[str, list[RunExample]] = {}
    for metric, example, question in asked:
        outcome = next(outcomes) if isinstance(question, ExampleQuestion) else question
        written = (example.title, example.columns, example.rows, example.expected, example.note)
        run = RunExample(*written, outcome, example.at("expected"))
        found.setdefault(metric.name, []).append(run)
    return {name: tuple(examples) for name, examples in found.items()}


def _questions(
    catalog: Catalog, lineage: Lineage, settings: Settings
) -> Iterator[tuple[Metric, MetricExample, ExampleQuestion | ExampleOutcome]]:
    """Each example with what to ask, or with its outcome where there is nothing to ask."""
    for metric in catalog.metrics.values():
        for example in metric.examples:
            misfit = _misfit(metric, example, catalog, lineage)
            if value_expression(metric) is None:
                yield metric, example, ExampleOutcome(Ending.NOT_RUN, reason="the metric has no expression")
            elif misfit:
                yield metric, example, ExampleOutcome(Ending.MISFIT, reason=misfit)
            else:
                yield metric, example, _question(metric, example, catalog, settings)


def _misfit(metric: Metric, example: MetricExample, catalog: Catalog, lineage: Lineage) -> str | None:
    """Why the rows are none of the source; None where they may be."""
    for number, row in enumerate(example.rows, 1):
        if len(row) != len(example.columns):
            return f"row {number} has {len(row)} values for {len(example.columns)} columns"
    table = catalog.tables.get(metric.source or "")
    if table and table.columns:
        known = {column.name for column in table.columns} | lineage.outputs(table.name).keys()
        for name in example.columns:
            if name not in known:
                return f"`{name}` is no column of `{table.name}`"
    return None


def _question(
    metric: Metric, example: MetricExample, catalog: Catalog, settings: Settings
) -> ExampleQuestion:
    table = catalog.tables.get(metric.source or "")
    types = {column.name: column.type or "" for column in table.columns} if table else {}
    return ExampleQuestion(
        (table and table.dialect) or settings.dialect,
        Aggregation(value_expression(metric) or "", metric.filter, metric.source or ""),
        tuple((name, types.get(name, "")) for name in example.columns),
        example.rows,
    )


def value_expression(metric: Metric) -> str | None:
    """The SQL of the metric's value: its expression, or its numerator over its denominator."""
    if metric.expression or not (metric.numerator and metric.denominator):
        return metric.expression
    return f"({metric.numerator.expression}) / NULLIF(({metric.denominator.expression}), 0)"


def agrees(expected: Scalar, actual: Scalar) -> bool:
    """Are the two the same, numbers to the decimals that the expected one is written with?"""
    if isinstance(expected, bool) or isinstance(actual, bool):
        return expected is actual
    if isinstance(expected, int | float) and isinstance(actual, int | float):
        decimals = len(str(expected).partition(".")[2]) if isinstance(expected, float) else 0
        tolerance = 0.5 * 10.0**-decimals if isinstance(expected, float) else 1e-9
        return math.isclose(expected, actual, rel_tol=1e-12, abs_tol=tolerance)
    return str(expected) == str(actual) if expected is not None else actual is None
