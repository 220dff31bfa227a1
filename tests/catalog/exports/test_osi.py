"""Tables and metrics as a semantic model of Ossie, and back."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from export_reading import exported, project_of
from jsonschema import Draft202012Validator
from osi_schema import OSSIE
from small_catalog import DEFINITIONS, SETTINGS

from catalog import EXPORTS, Audience, Exporting, Project, open_project
from catalog.model import Written

FULL = """
tables:
  - name: mart.day
    label: Cases by day
    description: All cases.
    usage: With care.
    owner: ops
    audience: partner
    layer: mart
    grain: One row per day.
    primary_key: [day]
    limitations: [Late cases are missing.]
    columns:
      - {name: day, label: Day, type: DATE, description: The day., required: true, unique: true}
      - {name: seen_at, type: TIMESTAMPTZ, audience: restricted}
      - {name: spent, type: "NUMERIC(10,2)", unit: seconds}
      - {name: kind, type: STRING, references: mart.kinds}
  - {name: mart.kinds, primary_key: [kind], columns: [{name: kind, type: STRING}]}
  - {name: mart_day, columns: [{name: a, type: FLOAT64}]}
metrics:
  - {name: spent, label: Time, description: How long., source: mart.day, expression: SUM(spent),
     filter: kind = 'a', synonyms: [time], unit: seconds, audience: partner, owner: ops,
     changes: [{date: 2026-01-01, text: First.}]}
  - {name: share, type: ratio, source: mart.day, usage: Quote it.,
     numerator: {expression: COUNT(kind), label: with a kind}, denominator: {expression: COUNT(*)}}
  - {name: rows, source: mart.kinds, expression: COUNT(*)}
  - {name: list, source: mart.day, expression: ARRAY_AGG(kind), filter: spent > 0}
  - {name: words, formula: Something else.}
"""
BIGQUERY = "name: Our shop!\ndialect: bigquery\ndatabase: acme\n"


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return project_of(tmp_path_factory.mktemp("full"), FULL, BIGQUERY)


def model(project: Project) -> dict[str, Any]:
    document = yaml.safe_load(io.BytesIO(exported(project, "osi")["semantic-model.osi.yaml"]))
    Draft202012Validator(OSSIE).validate(document)
    return document["semantic_model"][0] if document["semantic_model"] else {}


def named(things: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {each["name"]: each for each in things}


def sql(thing: dict[str, Any]) -> tuple[str, str]:
    (written,) = thing["expression"]["dialects"]
    return written["dialect"], written["expression"]


def test_a_model_keeps_to_the_rules_of_the_format(tmp_path: Path) -> None:
    assert model(project_of(tmp_path, DEFINITIONS, SETTINGS))["name"] == "small_catalog"


def test_tables_are_datasets_with_fields_and_keys(full: Project) -> None:
    content = model(full)
    datasets = named(content["datasets"])
    assert {name: each["source"] for name, each in datasets.items()} == {
        "mart_day": "acme.mart.day",
        "mart_kinds": "acme.mart.kinds",
        "mart_day_2": "mart_day",
    }
    day = datasets["mart_day"]
    assert (day["primary_key"], day["unique_keys"]) == (["day"], [["day"]])
    assert day["ai_context"] == {"instructions": "With care."}
    fields = named(day["fields"])
    assert [each.get("datatype") for each in fields.values()] == ["Date", "DateTimeTz", "Decimal", "String"]
    assert fields["day"]["dimension"] == {"is_time": True}
    assert content["relationships"] == [
        {
            "name": "mart_day__kind__mart_kinds",
            "from": "mart_day",
            "to": "mart_kinds",
            "from_columns": ["kind"],
            "to_columns": ["kind"],
        }
    ]


def test_metrics_are_expressions_over_datasets_with_their_filters_inside(full: Project) -> None:
    metrics = named(model(full)["metrics"])
    assert {name: sql(each) for name, each in metrics.items()} == {
        "rows": ("BIGQUERY", "COUNT(mart_kinds.kind)"),
        "share": ("BIGQUERY", "(COUNT(mart_day.kind)) / NULLIF((COUNT(*)), 0)"),
        "spent": ("BIGQUERY", "SUM(CASE WHEN mart_day.kind = 'a' THEN mart_day.spent END)"),
    }
    assert metrics["spent"]["ai_context"] == {"synonyms": ["time"]}


def test_a_metric_that_cannot_be_said_is_told(full: Project) -> None:
    (file,) = EXPORTS["osi"].files(Exporting(full))
    assert file.notes == (
        "the metric `list` is not in the model: its SQL cannot be said over one dataset",
        "the metric `words` is not in the model: no SQL over a table of the catalog is written",
    )


def test_a_project_without_tables_is_a_document_without_models(tmp_path: Path) -> None:
    assert model(project_of(tmp_path, "terms: [{name: a, definition: b}]")) == {}


def test_what_is_written_comes_back_and_nothing_becomes_public(full: Project, tmp_path: Path) -> None:
    back = read_back(full, tmp_path)
    assert list(back.catalog.tables) == list(full.catalog.tables)
    lost = []
    for name, table in full.catalog.tables.items():
        other = back.catalog.tables[name]
        lost += differences(name, table, other)
        for mine, theirs in zip(table.columns, other.columns, strict=True):
            lost += differences(f"{name}.{mine.name}", mine, theirs)
    for name, metric in back.catalog.metrics.items():
        lost += differences(name, full.catalog.metrics[name], metric)
    assert lost == [("mart.day", "audience"), ("spent", "audience")]
    assert {thing.audience for thing in back.catalog.things()} == {Audience.INTERNAL}
    assert back.catalog.tables["mart.day"].columns[1].audience is Audience.RESTRICTED
    assert sorted(back.catalog.metrics) == ["rows", "share", "spent"]
    assert back.catalog.misfits == ()


def test_an_expression_that_somebody_changed_counts_and_the_old_parts_do_not(
    full: Project, tmp_path: Path
) -> None:
    back = read_back(full, tmp_path, ("THEN mart_day.spent END", "THEN mart_day.seen_at END"))
    metric = back.catalog.metrics["spent"]
    assert (metric.filter, metric.source) == (None, "mart.day")
    assert metric.expression == "SUM(CASE WHEN kind = 'a' THEN seen_at END)"
    assert metric.unit == "seconds"
    (misfit,) = back.catalog.misfits
    assert misfit.message.startswith("the expression of `spent` was changed after Plumbline wrote it")


def read_back(project: Project, folder: Path, change: tuple[str, str] = ("", "")) -> Project:
    text = exported(project, "osi")["semantic-model.osi.yaml"].decode()
    (folder / "model.yaml").write_text(text.replace(*change) if change[0] else text, "utf-8")
    sources = "definitions: []\nsources: [{importer: osi, path: model.yaml}]\n"
    (folder / "plumbline.yml").write_text(BIGQUERY + sources, "utf-8")
    return open_project(folder)


def differences(what: str, before: Written, after: Written) -> list[tuple[str, str]]:
    """The keys whose value is not the same."""
    own, other = (json.loads(each.model_dump_json(exclude={"columns"})) for each in (before, after))
    return [(what, key) for key in own if own[key] != other[key]]
