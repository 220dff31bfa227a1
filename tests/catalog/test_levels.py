"""Gold, silver and bronze are reached by rules alone, and lost with the first rule that is no longer met."""

import datetime
from typing import Any

import pytest

from catalog import Level, Voucher, certify, levels_of
from catalog.levels import RULES, Leveled
from catalog.model import KINDS, Definitions, Location, SqlText
from catalog.project import Project, assemble, with_certificates
from catalog.settings import Settings

TODAY = datetime.date(2026, 11, 22)

TEAM = {"name": "ops"}
RAW = {"name": "raw.item", "columns": [{"name": "id", "description": "Number."}, {"name": "note"}]}
MART = {
    "name": "mart.item",
    "freshness": "P1D",
    "columns": [{"name": "id", "type": "INT64", "description": "Number."}, {"name": "day", "type": "DATE"}],
}
BRONZE = {
    "name": "items",
    "owner": "ops",
    "summary": "How many items there are.",
    "formula": "Items",
    "source": "mart.item",
    "expression": "COUNT(id)",
    "unit": "items",
}
SILVER = BRONZE | {
    "includes": ["Items."],
    "excludes": ["Others."],
    "limitations": ["Late ones miss."],
    "grain": "One value per day.",
    "time_anchor": "day",
}
GOLD = SILVER | {
    "examples": [{"columns": ["id"], "rows": [[1], [2]], "expected": 2}],
    "last_reviewed": "2026-10-01",
    "review_by": "2027-04-01",
}


def project(metric: dict[str, Any], sql: str = "SELECT id, CURRENT_DATE() AS day FROM raw.item") -> Project:
    return assemble(
        Definitions(
            teams=(KINDS["teams"].model_validate(TEAM),),  # type: ignore[arg-type]
            tables=tuple(KINDS["tables"].model_validate(table) for table in (RAW, MART)),  # type: ignore[arg-type]
            metrics=(KINDS["metrics"].model_validate(metric),),  # type: ignore[arg-type]
            sql=(SqlText(sql, Location("item.sql", 1, 1), "bigquery", "mart.item"),),
        ),
        Settings(),
    )


def certified(made: Project) -> Project:
    return with_certificates(made, certify(made, ["items"], Voucher("Council", TODAY)))


def leveled(made: Project, today: datetime.date = TODAY) -> Leveled:
    return levels_of(made, today)["items"]


def missing(made: Project, today: datetime.date = TODAY) -> dict[str, str]:
    return {ruling.text: ruling.missing for ruling in leveled(made, today).rulings if not ruling.is_met}


def test_levels_are_reached_one_after_the_other() -> None:
    assert leveled(project({"name": "items"})).level is None
    assert leveled(project(BRONZE)).level is Level.BRONZE
    assert leveled(project(SILVER)).level is Level.SILVER
    assert leveled(project(GOLD)).level is Level.SILVER
    assert leveled(certified(project(GOLD))).level is Level.GOLD


def test_what_is_met_above_does_not_make_up_for_what_is_missing_below() -> None:
    assert leveled(certified(project({**GOLD, "unit": None}))).level is None


@pytest.mark.parametrize("key", ["owner", "summary", "formula", "unit", "includes", "limitations", "grain"])
def test_each_field_that_a_level_asks_for_is_named_where_it_is_missing(key: str) -> None:
    without = {name: value for name, value in GOLD.items() if name != key}
    (named,) = missing(certified(project(without))).values()
    assert f"`{key}`" in named


def test_a_change_upstream_takes_gold_and_so_do_time_and_gaps() -> None:
    vouched = certified(project(GOLD))
    changed = project(GOLD, "SELECT id, CURRENT_DATE() AS day FROM raw.item WHERE id > 1")
    lapsed = with_certificates(changed, vouched.certificates)
    assert leveled(lapsed).level is Level.SILVER
    assert "it has lapsed" in missing(lapsed).values()
    assert missing(vouched, datetime.date(2027, 4, 2)) == {
        "It was reviewed, and the next review is not overdue": "it was due on 2027-04-01"
    }
    blind = certified(project(GOLD, "SELECT id, CURRENT_DATE() AS day FROM nobody.knows"))
    assert missing(blind)["Its lineage was seen whole, to the far end"] == "`nobody.knows`"


def test_columns_upstream_have_to_be_described_some_for_silver_all_for_gold() -> None:
    half = project(GOLD, "SELECT IF(note = 'x', id, 0) AS id, CURRENT_DATE() AS day FROM raw.item")
    assert leveled(half).level is Level.BRONZE
    (bare,) = {text for text in missing(half).values() if "raw.item" in text}
    assert bare == "of 3: `raw.item.note`"


def test_an_example_that_fails_takes_silver() -> None:
    wrong = {**GOLD, "examples": [{"columns": ["id"], "rows": [[1]], "expected": 5, "title": "One"}]}
    assert missing(certified(project(wrong))) == {
        "No example gives another value than promised": "`One`",
        "An example was run and gave the promised value": "`examples`",
    }


def test_every_rule_can_be_unmet_or_not_asked() -> None:
    bare = {ruling.text for ruling in leveled(project({"name": "items"})).rulings if not ruling.is_met}
    never = {
        "No other SQL that computes it differs from its definition",  # needs `computed_by`
        "No example gives another value than promised",  # tested above
        "All other SQL that computes it was compared with its definition",
        "Its owner approves changes of it, by CODEOWNERS",
        "At least 70 % of the columns that reach it are described",  # tested above
        "Every column that reaches it is described",
    }
    assert {rule.text for rule in RULES} - never == bare
