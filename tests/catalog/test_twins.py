"""Metrics against each other: one computation under two names, two computations under one name."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest

from catalog.checks import CHECKS, run_checks
from catalog.model import KINDS, Definitions, Location, SqlText
from catalog.project import Project, assemble
from catalog.settings import Settings
from catalog.sql.canonical import Part, PartKind
from catalog.sql.conforming import AggregateCall, Computation
from catalog.twins import Kin
from catalog.twins.comparing import pairs_alike
from catalog.twins.reading import Bucket, Fact

TODAY = datetime.date(2026, 11, 21)
CASES = {
    "name": "raw.cases",
    "columns": [
        {"name": "decided_at", "type": "TIMESTAMP"},
        {"name": "opened_at", "type": "TIMESTAMP"},
        {"name": "area", "type": "STRING"},
        {"name": "person", "type": "STRING"},
        {"name": "minutes", "type": "FLOAT64"},
        {"name": "is_late", "type": "BOOL"},
    ],
}
DAY = """
CREATE TABLE mart.day AS
SELECT DATE(decided_at) AS day, area, COUNTIF(is_late) AS late, SUM(minutes) AS minutes
FROM raw.cases GROUP BY day, area
"""
WEEK = """
CREATE TABLE mart.week AS
SELECT DATE_TRUNC(day, ISOWEEK) AS week, MAX(minutes) AS time_spent, SUM(minutes) AS spent
FROM mart.day GROUP BY week
"""
COLUMNS = [{"name": "day", "type": "DATE"}, {"name": "area", "type": "STRING"},
           {"name": "late", "type": "INT64"}, {"name": "minutes", "type": "FLOAT64"}]  # fmt: skip
BY_DAY = {"source": "mart.day", "expression": "SUM(minutes)", "time_anchor": "day"}


def project(*metrics: dict[str, Any], reports: list[dict[str, Any]] | None = None) -> Project:
    """A project of these metrics, called `a`, `b` … unless they say how."""
    tables = [CASES, {"name": "mart.day", "columns": COLUMNS}, {"name": "mart.week"}]
    texts = [(DAY, "day.sql", "mart.day"), (WEEK, "week.sql", "mart.week")]
    named = [{"name": name, **metric} for name, metric in zip("abc", metrics, strict=False)]
    made = {
        "tables": tables,
        "metrics": named,
        "reports": reports or [],
    }
    return assemble(
        Definitions(
            **{
                kind: tuple(KINDS[kind].model_validate(each) for each in things)
                for kind, things in made.items()
            },  # type: ignore[arg-type]
            sql=tuple(SqlText(text, Location(file, 1, 1), "bigquery", table) for text, file, table in texts),
        ),
        Settings(dialect="bigquery"),
    )


def kin(*metrics: dict[str, Any], of: str = "b") -> Kin:
    return project(*metrics).twins.get(of, Kin())


def difference(*metrics: dict[str, Any]) -> str:
    """The one thing in which the two metrics differ."""
    ((sentence,),) = (each.differences for each in kin(*metrics).alike)
    return sentence


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {"expression": "sum( minutes )"}),
        ({"filter": "area = 'x' AND late > 0"}, {"filter": "(late > 0) AND 'x' = area"}),
        ({"expression": "SAFE_DIVIDE(SUM(late), SUM(minutes))"},
         {"expression": "SUM(late) / NULLIF(SUM(minutes), 0)"}),
        ({}, {"source": "raw.cases", "time_anchor": "decided_at"}),
        ({"expression": "SUM(late)"},
         {"source": "raw.cases", "expression": "COUNTIF(is_late)", "time_anchor": "decided_at"}),
    ],
    ids=["other words", "filter turned round", "another division", "before adding up", "before counting"],
)  # fmt: skip
def test_the_same_in_other_words_is_a_twin(one: dict[str, Any], other: dict[str, Any]) -> None:
    (likeness,) = kin(BY_DAY | one, BY_DAY | other).alike
    assert (likeness.other, likeness.differences) == ("a", ())


def test_a_filter_that_one_alone_has_is_spelt_out() -> None:
    sentence = difference(BY_DAY, BY_DAY | {"filter": "area <> 'SPAM'"})
    assert sentence == "only `b` has the filter `area <> 'SPAM'`"


def test_a_filter_with_another_value_is_told_with_both() -> None:
    sentence = difference(BY_DAY | {"filter": "area = 'x'"}, BY_DAY | {"filter": "area = 'y'"})
    assert sentence == "`a` has the filter `area = 'x'`, `b` `area = 'y'`"


def test_another_aggregate_of_the_same_column_is_told() -> None:
    people = {"source": "raw.cases", "expression": "COUNT(person)"}
    sentence = difference(people, people | {"expression": "COUNT(DISTINCT person)"})
    assert sentence == "`a` has `COUNT(person)`, `b` `COUNT(DISTINCT person)`"


def test_another_time_anchor_makes_another_metric() -> None:
    opened = {"source": "raw.cases", "expression": "COUNT(person)", "time_anchor": "opened_at"}
    sentence = difference(opened, opened | {"time_anchor": "decided_at"})
    assert sentence == "`a` is placed in time by `opened_at`, `b` by `decided_at`"


@pytest.mark.parametrize(
    "other",
    [
        {"expression": "SUM(late)"},
        {"expression": "AVG(minutes)", "filter": "area = 'x'"},
        {"status": "retired"},
    ],
    ids=["another column", "two things", "out of use"],
)
def test_what_is_no_twin_is_not_told(other: dict[str, Any]) -> None:
    assert kin(BY_DAY, BY_DAY | other) == Kin()


def codes(found: Project) -> list[str]:
    return [
        each.code
        for each in run_checks(found, CHECKS, today=TODAY)
        if each.code in ("MT020", "MT021", "MT022", "MT023")
    ]


@pytest.mark.parametrize(
    ("other", "relation", "expected"),
    [
        ({}, None, ["MT020"]),
        ({}, "companion", ["MT020"]),
        ({}, "same_as", []),
        ({}, "differs_from", ["MT023", "MT020"]),
        ({"filter": "area = 'x'"}, None, ["MT021"]),
        ({"filter": "area = 'x'"}, "companion", []),
        ({"filter": "area = 'x'"}, "same_as", ["MT023"]),
        ({"expression": "SUM(late)"}, "same_as", ["MT023"]),
        ({"expression": "SUM(late)"}, "differs_from", []),
    ],
)
def test_what_metrics_say_of_each_other_settles_it_or_is_not_true(
    other: dict[str, Any], relation: str | None, expected: list[str]
) -> None:
    said = {"related_metrics": [{"name": "a", "relation": relation}]} if relation else {}
    assert sorted(codes(project(BY_DAY, BY_DAY | other | said))) == sorted(expected)


def test_one_word_for_two_computations_is_a_clash_and_no_shared_synonym() -> None:
    late = {"source": "mart.day", "expression": "SUM(late)", "synonyms": ["time-spent"]}
    found = project(BY_DAY | {"label": "Time spent"}, late)
    told = [each for each in run_checks(found, CHECKS, today=TODAY) if each.code in ("MT022", "GV006")]
    assert [each.code for each in told] == ["MT022"]
    assert "`b` rests on `raw.cases.is_late`" in told[0].message


def test_an_output_of_sql_under_the_name_of_a_metric_is_held_to_it() -> None:
    (clash,) = kin(BY_DAY | {"name": "time_spent"}, of="time_spent").clashes
    assert clash.of == "the output `mart.week.time_spent`"
    assert clash.differences == ("has `MAX(day.minutes)` in its value, the definition `SUM(day.minutes)`",)
    assert str(clash.location).startswith("week.sql:3")


def test_an_output_that_computes_the_metric_is_written_down() -> None:
    (place,) = kin(BY_DAY | {"name": "spent"}, of="spent").places
    assert (place.of, place.verdict.value) == ("mart.week.spent", "match")


def test_a_field_of_a_report_under_the_name_of_another_metric_is_a_clash() -> None:
    report = {"name": "board", "fields": [{"name": "Spent", "metric": "late"}]}
    late = {"name": "late", "source": "mart.day", "expression": "SUM(late)"}
    found = project(BY_DAY | {"name": "all_time", "label": "Spent"}, late, reports=[report])
    (clash,) = found.twins["all_time"].clashes
    assert clash.of == "the field `Spent` of the report `board`"


def test_a_field_that_the_report_computes_must_read_what_the_metric_rests_on() -> None:
    def told(*columns: str) -> tuple[str, ...]:
        report = {"name": "board", "fields": [{"name": "Spent", "columns": columns}]}
        found = project(BY_DAY | {"name": "all_time", "label": "Spent "}, reports=[report])
        clashes = found.twins.get("all_time", Kin()).clashes
        return tuple(sentence for clash in clashes for sentence in clash.differences)

    assert told("mart.day.minutes", "mart.day.area") == ()
    assert told("mart.day.late") == ("it does not read `raw.cases.minutes`",)


def test_thousands_of_metrics_are_not_compared_with_each_other() -> None:
    metric = KINDS["metrics"].model_validate({"name": "m"})
    call = AggregateCall("SUM", "t.x", "SUM(x)", 1)
    facts = [
        Fact(
            metric.model_copy(update={"name": f"m{number:04}"}),  # type: ignore[arg-type]
            Bucket(frozenset(["t.x"]), frozenset(["t"])),
            Computation(f"v{number % 500}", rows=f"r{number // 500}", aggregates=(call,), parts=(
                Part(PartKind.FILTER, f"f{number // 500}", "f", 1),)),
            frozenset(),
            "",
        )
        for number in range(2000)
    ]  # fmt: skip
    facts.append(replace(facts[0], metric=facts[0].metric.model_copy(update={"name": "twin"})))
    pairs = list(pairs_alike(facts))
    assert ("m0000", "twin") in [(one.metric.name, other.metric.name) for one, other in pairs]
    assert len(pairs) < 4 * len(facts)
