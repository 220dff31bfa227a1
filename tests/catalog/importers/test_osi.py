"""Semantic models of Ossie: datasets as tables, and metrics as expressions over them, in each shape."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from dbt_manifest import told, upstream_tables, write

from catalog import Audience, Metric, Project, open_project

SETTINGS = "name: Shop\ndialect: {}\nsources:\n  - {{importer: osi, path: {}}}\n"


def sql(expression: str, dialect: str = "ANSI_SQL") -> dict[str, Any]:
    return {"dialects": [{"dialect": dialect, "expression": expression}]}


def field(name: str, expression: str | None = None, **more: Any) -> dict[str, Any]:
    return {"name": name, "expression": sql(expression or name), **more}


ORDERS = {
    "name": "orders",
    "source": "sales.public.order_lines",
    "primary_key": ["id"],
    "unique_keys": [["number"], ["day", "number"]],
    "description": "What was sold.",
    "ai_context": {"instructions": "Without returns.", "synonyms": ["sales"]},
    "fields": [
        field("id", datatype="Integer", description="Number."),
        field("number"),
        field("when", "ordered_at", label="Time", dimension={"is_time": True}, datatype="DateTime"),
        field("who", "orders.customer_id"),
        field("net", "price - tax"),
    ],
}
CUSTOMERS = {"name": "customers", "source": {"kind": "table", "object": "sales.public.customers"}}
BIG = {"name": "big", "source": {"kind": "query", "object": sql("SELECT id FROM sales.public.order_lines")}}


def opened(folder: Path, model: Any, dialect: str = "duckdb", path: str = "models") -> Project:
    """The project of a document, as YAML."""
    document = {"version": "0.2.0.dev0", "semantic_model": [{"name": "shop", **model}]}
    write(folder, "models/shop.yaml", yaml.safe_dump(document, sort_keys=False))
    write(folder, "plumbline.yml", SETTINGS.format(dialect, path))
    return open_project(folder)


def metric(folder: Path, expression: Any, *datasets: dict[str, Any], dialect: str = "duckdb") -> Metric:
    """The metric `m` of a model."""
    written = {"name": "m", "expression": expression if isinstance(expression, dict) else sql(expression)}
    project = opened(
        folder, {"datasets": list(datasets) or [ORDERS, CUSTOMERS], "metrics": [written]}, dialect
    )
    return project.catalog.metrics["m"]


def test_a_dataset_is_the_table_behind_it(tmp_path: Path) -> None:
    keys = [
        {
            "name": "k",
            "from": "orders",
            "to": "customers",
            "from_columns": ["customer_id"],
            "to_columns": ["id"],
        }
    ]
    project = opened(tmp_path, {"datasets": [ORDERS, CUSTOMERS], "relationships": keys})
    assert list(project.catalog.tables) == ["sales.public.customers", "sales.public.order_lines"]
    table = project.catalog.tables["sales.public.order_lines"]
    assert (table.description, table.usage, table.primary_key) == (
        "What was sold.",
        "Without returns.",
        ("id",),
    )
    assert [(each.name, each.type, each.unique) for each in table.columns] == [
        ("id", "INTEGER", None),
        ("number", None, True),
        ("ordered_at", None, None),
        ("customer_id", None, None),
    ]
    assert table.columns[2].label == "Time"
    assert table.columns[3].references == "sales.public.customers"
    assert table.audience is Audience.INTERNAL
    assert table.origin.sources == ("semantic model `models/shop.yaml`",)
    assert str(table.at("description")) == "models/shop.yaml:13:18"
    assert told(project) == [
        (
            "FL007",
            "models/shop.yaml:3:3",
            "of the model `shop` this is left out: fields that are computed, unique_keys of several columns",
        )
    ]


def test_a_query_is_a_table_of_its_own_and_traced(tmp_path: Path) -> None:
    project = opened(tmp_path, {"datasets": [BIG, {"name": "old", "source": "SELECT 1 AS one"}]})
    assert project.catalog.tables["shop.big"].kind == "query"
    assert upstream_tables(project) == {"shop.big": {"sales.public.order_lines"}, "shop.old": set()}


@pytest.mark.parametrize(
    ("expression", "over"),
    [
        ("SUM(orders.net)", "SUM((price - tax))"),
        ("COUNT(DISTINCT orders.who)", "COUNT(DISTINCT orders.customer_id)"),
        ('SUM("orders"."id") / COUNT(`orders`.`other`)', 'SUM("id") / COUNT(`other`)'),
        (
            "SUM(CASE WHEN orders.kind = 'orders.net' THEN 1 END)",
            "SUM(CASE WHEN kind = 'orders.net' THEN 1 END)",
        ),
        ("MAX(orders.deep.inner)", "MAX(deep.inner)"),
        ("SUM(x.orders.net) + SUM(orders.id)", "SUM(x.orders.net) + SUM(id)"),
        ("SUM(orders.id) -- of customers.id", "SUM(id) -- of customers.id"),
    ],
)
def test_an_expression_is_over_the_table_of_its_dataset(tmp_path: Path, expression: str, over: str) -> None:
    found = metric(tmp_path, expression)
    assert (found.source, found.expression) == ("sales.public.order_lines", over)


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("SUM(orders.id) / COUNT(customers.id)", "its parts are computed over different tables"),
        ("SUM(net)", "nothing says over which table it is computed"),
        (sql("[Measures].[Net]", "MDX"), "its expression is in no dialect of SQL"),
    ],
)
def test_what_no_single_expression_says_is_said_in_words(
    tmp_path: Path, expression: Any, reason: str
) -> None:
    found = metric(tmp_path, expression)
    assert (found.source, found.expression) == (None, None)
    assert found.limitations == (f"No SQL is given here: {reason}.",)
    assert found.formula


def test_of_several_dialects_the_own_one_counts(tmp_path: Path) -> None:
    both = {"dialects": [*sql("SUM(orders.a)")["dialects"], *sql("SUM(orders.b)", "BIGQUERY")["dialects"]]}
    assert metric(tmp_path, both, dialect="bigquery").expression == "SUM(b)"
    assert metric(tmp_path, both, dialect="postgres").expression == "SUM(a)"


def test_the_only_dataset_needs_no_name(tmp_path: Path) -> None:
    assert metric(tmp_path, "SUM(id)", ORDERS).expression == "SUM(id)"


def test_a_file_of_dbt_and_a_model_at_the_top_are_read(tmp_path: Path) -> None:
    model = {"name": "a", "datasets": [ORDERS]}
    write(tmp_path, "models/osi_document.json", json.dumps({"version": "0.1.1", "semantic_model": [model]}))
    top = {"version": "0.2.0.dev0", "name": "b", "datasets": [CUSTOMERS]}
    write(tmp_path, "models/top.yml", yaml.safe_dump(top))
    write(tmp_path, "models/other.yaml", "version: 2\nmodels: [{name: x, tags: [!new y]}]\n")
    write(tmp_path, "plumbline.yml", SETTINGS.format("duckdb", "models"))
    project = open_project(tmp_path)
    assert list(project.catalog.tables) == ["sales.public.customers", "sales.public.order_lines"]
    assert [message for *_, message in told(project) if "version" in message] == []


def test_an_unknown_version_is_read_and_told(tmp_path: Path) -> None:
    write(
        tmp_path,
        "models/a.yaml",
        "version: '3.0'\nsemantic_model: [{name: a, datasets: [{name: t, source: t}]}]\n",
    )
    write(tmp_path, "plumbline.yml", SETTINGS.format("duckdb", "models"))
    project = open_project(tmp_path)
    assert list(project.catalog.tables) == ["t"]
    assert [(code, place) for code, place, _ in told(project)] == [("FL007", "models/a.yaml:1:10")]


def test_what_has_no_name_is_told(tmp_path: Path) -> None:
    project = opened(tmp_path, {"datasets": [ORDERS, {"source": "a.b"}], "metrics": [{"name": 1}]})
    assert "datasets without a name" in told(project)[0][2]
    assert "metrics without a name" in told(project)[0][2]


def test_our_own_extension_makes_nothing_public_and_names_no_file(tmp_path: Path) -> None:
    ours = {
        "audience": "partner",
        "audience_reason": "x",
        "sql": "../secret.sql",
        "name": "evil",
        "owner": "ops",
    }
    extensions = [
        {
            "vendor_name": "PLUMBLINE",
            "data": json.dumps({**ours, "columns": [{"name": "c", "audience": "partner"}]}),
        },
        {"vendor_name": "DBT", "data": "{}"},
        {"vendor_name": "PLUMBLINE", "data": "[" * 100_000},
    ]
    project = opened(
        tmp_path, {"datasets": [{"name": "t", "source": "a.t", "custom_extensions": extensions}]}
    )
    (table,) = project.catalog.tables.values()
    assert (table.name, table.owner, table.audience, table.sql, table.columns) == (
        "a.t",
        "ops",
        Audience.INTERNAL,
        None,
        (),
    )
    assert project.catalog.teams["ops"].name == "ops"
    assert "custom_extensions of DBT, custom_extensions of PLUMBLINE" in told(project)[0][2]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"version": "0.2.0.dev0", "semantic_model": [{"name": "a"', "is not closed"),
        ("version: 1\n", "this is no semantic model"),
        ("semantic_model: [{name: a}]\n", "this is no semantic model"),
        ("", "the file is empty"),
        ("a: &a [x]\nb: *c\n", "names no anchor"),
        ("semantic_model: !python/name:os.system x\n", "the tag"),
    ],
)
def test_a_file_that_is_named_and_is_no_model_is_one_finding(tmp_path: Path, text: str, message: str) -> None:
    write(tmp_path, "model.yaml", text)
    write(tmp_path, "plumbline.yml", SETTINGS.format("duckdb", "model.yaml"))
    ((_, place, said),) = told(open_project(tmp_path))
    assert place.startswith("model.yaml")
    assert message in said


def test_a_folder_without_models_is_one_finding(tmp_path: Path) -> None:
    write(tmp_path, "models/x.yaml", "a: 1\n")
    write(tmp_path, "plumbline.yml", SETTINGS.format("duckdb", "models"))
    assert [message for *_, message in told(open_project(tmp_path))] == [
        "there is no semantic model in `models`"
    ]


def test_odd_shapes_of_every_key_are_no_error_of_ours(tmp_path: Path) -> None:
    odd: list[Any] = [None, 1, "x", [], {}, [[]], [{}], [{"name": 1}], {"name": []}]
    keys = ("fields", "primary_key", "unique_keys", "ai_context", "custom_extensions", "description")
    datasets = [
        {"name": f"t{n}{key}", "source": f"t{n}{key}", key: value}
        for key in keys
        for n, value in enumerate(odd)
    ]
    datasets += [{"name": f"s{n}", "source": value} for n, value in enumerate(odd)]
    metrics = [{"name": f"m{n}", "expression": value} for n, value in enumerate(odd)]
    project = opened(tmp_path, {"datasets": datasets, "metrics": metrics, "relationships": odd})
    assert len(project.catalog.tables) == len(keys) * len(odd) + 1
    assert len(project.catalog.metrics) == len(odd)
