import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from openlineage.client.serde import Serde
from openlineage_client import run_event
from openlineage_schema import RUN_EVENT

from catalog import LINEAGE_FORMATS, CatalogError, Naming, Selection, TracedText, selected, trace_files

NOW = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
NAMING = Naming("bigquery")
STAGING = (
    "CREATE TABLE stg.events AS SELECT id, UPPER(kind) AS kind, ts FROM raw.events WHERE is_test = FALSE"
)
MART = """\
CREATE TABLE mart.daily AS
SELECT kind, COUNT(id) AS n, SUM(IF(ts > 0, id, 0)) AS m FROM stg.events GROUP BY kind;
SELECT kind AS "odd ""name"" <b>#1</b>" FROM mart.daily ORDER BY n;
GRANT SELECT ON TABLE mart.daily TO "someone";
SELECT FROM WHERE;
""".replace('"odd ""name"" <b>#1</b>"', '`odd "name" <b>#1</b>`')
ODD = 'odd "name" <b>#1</b>'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("z_stg.sql").write_text(STAGING)
    Path("mart.sql").write_text(MART)
    return tmp_path


@pytest.fixture
def texts(folder: Path) -> tuple[TracedText, ...]:
    return trace_files([Path("mart.sql"), Path("z_stg.sql")], NAMING)


def edges(texts: tuple[TracedText, ...]) -> set[str]:
    """Column edges and those to whole tables, for short."""
    statements = [statement for text in texts for statement in text.statements]
    columns = {
        f"{edge.source_table}.{edge.source_column} -> {edge.target_table}.{edge.target_column}"
        for statement in statements
        for edge in statement.columns
    }
    return columns | {
        f"{edge.source_table}.{edge.source_column} -> {edge.target_table}"
        for statement in statements
        for edge in statement.indirect
    }


def test_each_file_knows_the_columns_that_the_others_produce(folder: Path) -> None:
    Path("star.sql").write_text("SELECT * FROM stg.events")
    (star, _) = trace_files([Path("z_stg.sql"), Path("star.sql")], NAMING)
    assert [output.name for output in star.statements[0].outputs] == ["id", "kind", "ts"]


def test_a_schema_tells_the_columns_of_tables_that_no_file_makes(folder: Path) -> None:
    Path("star.sql").write_text("SELECT * FROM RAW.Events")
    Path("schema.json").write_text('{"RAW.Events": {"Id": "INT64", "kind": ""}}')
    (star,) = trace_files([Path("star.sql")], NAMING, Path("schema.json"))
    assert [(output.name, output.type) for output in star.statements[0].outputs] == [
        ("id", "INT64"),
        ("kind", None),
    ]


@pytest.mark.parametrize("content", ["", "[]", '{"t": ["x"]}', '{"t": {"x": 1}}', "{"])
def test_a_schema_of_another_form_is_refused(content: str, folder: Path) -> None:
    Path("schema.json").write_text(content)
    with pytest.raises(CatalogError, match=r"schema\.json"):
        trace_files([Path("mart.sql")], NAMING, Path("schema.json"))


def test_a_folder_stands_for_its_sql_files(folder: Path, texts: tuple[TracedText, ...]) -> None:
    assert trace_files([Path()], NAMING) == texts


def test_text_tells_every_column_what_decides_rows_and_what_was_not_traced(
    texts: tuple[TracedText, ...],
) -> None:
    assert LINEAGE_FORMATS["text"](texts, NOW) == (
        "mart.sql:1:1: create table mart.daily\n"
        "  kind\n"
        "      stg.events.kind  (identity)\n"
        "  n\n"
        "      stg.events.id  (aggregation, masked)  COUNT(id)\n"
        "  m\n"
        "      stg.events.id  (aggregation)  SUM(IF(ts > 0, id, 0))\n"
        "      stg.events.ts  (conditional)  SUM(IF(ts > 0, id, 0))\n"
        "  rows are decided by\n"
        "      stg.events.kind  (group by)  kind\n"
        "\n"
        "mart.sql:3:1: select mart.sql\n"
        f"  {ODD}\n"
        "      mart.daily.kind  (identity)\n"
        "  rows are decided by\n"
        "      mart.daily.n  (sort)  n\n"
        "\n"
        "mart.sql:5:1: unparsed\n"
        "  not traced, line 5: a table name is expected at `WHERE`\n"
        "\n"
        "z_stg.sql:1:1: create table stg.events\n"
        "  id\n"
        "      raw.events.id  (identity)\n"
        "  kind\n"
        "      raw.events.kind  (transformation)  UPPER(kind)\n"
        "  ts\n"
        "      raw.events.ts  (identity)\n"
        "  rows are decided by\n"
        "      raw.events.is_test  (filter)  is_test = FALSE\n"
        "\n"
        "5 statements, 8 edges, 1 gap\n"
    )


def test_json_holds_every_fact_and_a_bare_query_has_no_target(texts: tuple[TracedText, ...]) -> None:
    mart, staging = json.loads(LINEAGE_FORMATS["json"](texts, NOW))["files"]
    assert (mart["path"], staging["dialect"]) == ("mart.sql", "bigquery")
    created, query, grant, broken = mart["statements"]
    assert created["writes"] == ["mart.daily"]
    assert created["columns"][1] == {
        "source_table": "stg.events",
        "source_column": "id",
        "target_table": "mart.daily",
        "target_column": "n",
        "type": "DIRECT",
        "subtype": "AGGREGATION",
        "expression": "COUNT(id)",
        "line": 2,
        "masking": True,
        "ambiguous": False,
    }
    assert (query["writes"], query["columns"][0]["target_table"]) == ([], None)
    assert grant["kind"] == "other"
    assert broken["gaps"][0]["line"] == 5


def events(texts: tuple[TracedText, ...]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in LINEAGE_FORMATS["openlineage"](texts, NOW).splitlines()]


def test_openlineage_keeps_to_the_specification(texts: tuple[TracedText, ...]) -> None:
    for event in events(texts):
        jsonschema.Draft202012Validator(RUN_EVENT, format_checker=jsonschema.FormatChecker()).validate(event)


def test_the_client_of_openlineage_knows_every_key_and_writes_the_same_event(
    texts: tuple[TracedText, ...],
) -> None:
    for event in events(texts):
        assert told(json.loads(Serde.to_json(run_event(event)))) == told(event)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda event: event["outputs"][0].update(colour="red"), "colour"),
        (lambda event: event["job"].update(name=7), "7 is not of type str"),
        (lambda event: event["job"]["facets"]["sql"].update(_schemaURL="https://x.y/z.json"), "z.json"),
        (lambda event: event["job"]["facets"]["sql"].pop("query"), "query"),
        (lambda event: event.update(eventType="DONE"), "DONE"),
    ],
    ids=["unknown key", "another type", "another schema", "missing key", "no such event"],
)
def test_an_event_that_openlineage_does_not_know_is_told(
    spoil: Callable[[dict[str, Any]], object], message: str, texts: tuple[TracedText, ...]
) -> None:
    event = events(texts)[0]
    spoil(event)
    with pytest.raises((TypeError, ValueError), match=re.escape(message)):
        run_event(event)


def told(content: Any) -> Any:
    """Without the keys that say nothing: the client leaves them out, and so may anybody."""
    if isinstance(content, dict):
        pairs = ((key, told(value)) for key, value in content.items())
        return {key: value for key, value in pairs if value not in (None, [], {})}
    return [told(each) for each in content] if isinstance(content, list) else content


def test_openlineage_tells_columns_rows_types_and_gaps(texts: tuple[TracedText, ...]) -> None:
    mart, staging = events(texts)
    assert [dataset["name"] for dataset in mart["inputs"]] == ["stg.events"]
    daily, result = mart["outputs"]
    assert (daily["namespace"], daily["name"], result["name"]) == ("bigquery", "mart.daily", "mart.sql")
    lineage = daily["facets"]["columnLineage"]
    assert lineage["fields"]["n"]["inputFields"] == [
        {
            "namespace": "bigquery",
            "name": "stg.events",
            "field": "id",
            "transformations": [
                {"type": "DIRECT", "subtype": "AGGREGATION", "description": "COUNT(id)", "masking": True}
            ],
        }
    ]
    assert [each["field"] for each in lineage["dataset"]] == ["kind"]
    assert {"name": "n", "type": "INT64"} in daily["facets"]["schema"]["fields"]
    assert mart["run"]["facets"]["extractionError"]["failedTasks"] == 1
    assert staging["run"]["facets"] == {}


def test_openlineage_is_the_same_for_the_same_text(texts: tuple[TracedText, ...]) -> None:
    assert events(texts) == events(texts)
    assert len({event["run"]["runId"] for event in events(texts)}) == 2


def test_drawings_have_a_box_for_each_table_and_a_line_for_each_edge(texts: tuple[TracedText, ...]) -> None:
    dot, mermaid = LINEAGE_FORMATS["dot"](texts, NOW), LINEAGE_FORMATS["mermaid"](texts, NOW)
    assert dot.count(" -> ") == len(re.findall(r"--?>|-\.->", mermaid)) == len(edges(texts))
    assert dot.count("subgraph") == mermaid.count("subgraph") == 4
    assert 'label="odd \\"name\\" <b>#1</b>"' in dot
    assert '["odd #quot;name#quot; #lt;b#gt;#35;1#lt;/b#gt;"]' in mermaid


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (
            Selection("mart.daily.n", downstream=False),
            {
                "raw.events.id -> stg.events.id",
                "stg.events.id -> mart.daily.n",
                "stg.events.kind -> mart.daily",
                "raw.events.is_test -> stg.events",
            },
        ),
        (
            Selection("mart.daily.n", downstream=False, depth=1),
            {"stg.events.id -> mart.daily.n", "stg.events.kind -> mart.daily"},
        ),
        (
            Selection("raw.events.kind", upstream=False),
            {
                "raw.events.kind -> stg.events.kind",
                "stg.events.kind -> mart.daily.kind",
                "stg.events.kind -> mart.daily",
                f"mart.daily.kind -> mart.sql.{ODD}",
            },
        ),
        (Selection("raw.events.kind", upstream=False, depth=1), {"raw.events.kind -> stg.events.kind"}),
        (Selection("raw.events.IS_TEST", upstream=False), {"raw.events.is_test -> stg.events"}),
    ],
    ids=["upstream", "one hop upstream", "downstream", "one hop downstream", "decides rows"],
)
def test_one_column_is_looked_at(
    selection: Selection, expected: set[str], texts: tuple[TracedText, ...]
) -> None:
    assert edges(selected(texts, selection, NAMING)) == expected


def test_an_unknown_column_brings_a_guess(texts: tuple[TracedText, ...]) -> None:
    with pytest.raises(CatalogError, match=r"`mart\.daily\.nn`") as raised:
        selected(texts, Selection("mart.daily.nn"), NAMING)
    assert raised.value.hint == "Did you mean `mart.daily.n`?"
