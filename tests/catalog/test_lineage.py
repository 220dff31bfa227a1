from catalog.lineage import Lineage, Node, NodeKind, build_lineage
from catalog.model import KINDS, Definitions, Location, SqlText
from catalog.project import Project, assemble
from catalog.resolve import resolve
from catalog.settings import Settings
from catalog.sql.edges import EdgeType, Subtype
from catalog.trace import Traced

STAGING = "CREATE TABLE stg.events AS SELECT id, UPPER(kind) AS kind FROM raw.events WHERE is_test = FALSE"
MART = "SELECT kind, COUNT(id) AS events FROM stg.events GROUP BY kind"


def table(name: str, *columns: str) -> object:
    return KINDS["tables"].model_validate(
        {"name": name, "columns": [{"name": column, "type": "STRING"} for column in columns]}
    )


def project(*texts: SqlText, **things: object) -> Project:
    return assemble(Definitions(sql=texts, **things), Settings())  # type: ignore[arg-type]


def example() -> Project:
    metric = {"name": "events", "source": "mart.daily", "expression": "SUM(events)", "filter": "kind <> 'X'"}
    report = {
        "name": "board",
        "metrics": ["events"],
        "fields": [
            {"name": "Kind", "column": "mart.daily.kind"},
            {
                "name": "Per kind",
                "columns": ["mart.daily.events", "mart.daily.kind"],
                "expression": "[a] / [b]",
            },
        ],
    }
    return project(
        SqlText(MART, Location("mart.sql", 1, 1), "bigquery", "mart.daily"),
        SqlText(STAGING, Location("stg.sql", 1, 1), "bigquery"),
        tables=(table("raw.events", "id", "kind", "is_test"),),
        metrics=(KINDS["metrics"].model_validate(metric),),
        reports=(KINDS["reports"].model_validate(report),),
    )


def column(name: str) -> Node:
    head, _, tail = name.rpartition(".")
    return Node(NodeKind.COLUMN, head, tail)


def test_tables_metrics_and_reports_form_one_chain() -> None:
    lineage = example().lineage
    board = Node(NodeKind.REPORT, "board")
    assert [str(node) for node in lineage.upstream(board)] == [
        "events",
        "mart.daily",
        "stg.events",
        "raw.events",
    ]
    assert list(lineage.upstream(board, depth=1).values()) == [1, 1]
    assert board in lineage.downstream(Node(NodeKind.TABLE, "raw.events"))


def test_a_bare_query_of_a_definition_fills_its_table() -> None:
    lineage = example().lineage
    assert list(lineage.outputs("mart.daily")) == ["kind", "events"]
    (edge,) = [
        edge for edge in lineage.edges_into(column("mart.daily.events")) if edge.type is EdgeType.DIRECT
    ]
    assert (str(edge.source), edge.subtype, edge.expression) == (
        "stg.events.id",
        Subtype.AGGREGATION,
        "COUNT(id)",
    )
    assert str(edge.location) == "mart.sql:1:1"


def test_columns_produced_by_one_text_are_known_to_the_next_whatever_the_order_of_files() -> None:
    lineage = example().lineage
    assert column("mart.daily.events") in lineage.reached_from(column("raw.events.id"))
    assert not lineage.gaps("mart.daily")


def test_a_metric_hangs_on_the_columns_its_expression_reads_and_its_filter_decides() -> None:
    lineage = example().lineage
    edges = lineage.edges_into(Node(NodeKind.METRIC, "events"))
    assert [(str(edge.source), edge.type, edge.subtype) for edge in edges] == [
        ("mart.daily.events", EdgeType.DIRECT, Subtype.AGGREGATION),
        ("mart.daily.kind", EdgeType.INDIRECT, Subtype.FILTER),
    ]


def test_a_column_reaches_the_reports_that_show_it() -> None:
    reached = example().lineage.reached_from(column("raw.events.kind"))
    assert Node(NodeKind.REPORT, "board") in reached
    filtered = example().lineage.reached_from(column("raw.events.is_test"))
    assert filtered == {}


def test_a_computed_field_of_a_report_hangs_on_every_column_it_is_computed_from() -> None:
    lineage = example().lineage
    board = Node(NodeKind.REPORT, "board")
    edges = [(str(edge.source), edge.subtype) for edge in lineage.edges_into(board)]
    assert ("mart.daily.events", Subtype.TRANSFORMATION) in edges
    assert ("mart.daily.kind", Subtype.IDENTITY) in edges
    assert board in lineage.reached_from(column("stg.events.id"))


def test_what_decides_rows_points_at_the_whole_table() -> None:
    edges = example().lineage.edges_into(Node(NodeKind.TABLE, "stg.events"))
    assert [(str(edge.source), edge.subtype) for edge in edges] == [("raw.events.is_test", Subtype.FILTER)]


def test_tables_that_feed_each_other_are_a_cycle() -> None:
    lineage = project(
        SqlText("SELECT x FROM b.b", Location("a.sql", 1, 1), "bigquery", "a.a"),
        SqlText("SELECT x FROM a.a", Location("b.sql", 1, 1), "bigquery", "b.b"),
        SqlText("SELECT x FROM c.c", Location("c.sql", 1, 1), "bigquery", "c.c"),
    ).lineage
    assert lineage.cycles() == ((Node(NodeKind.TABLE, "a.a"), Node(NodeKind.TABLE, "b.b")),)


def test_a_table_that_reads_itself_is_no_cycle() -> None:
    text = SqlText("SELECT x FROM a.a", Location("a.sql", 1, 1), "bigquery", "a.a")
    assert project(text).lineage.cycles() == ()


def test_nothing_traced_gives_an_empty_graph() -> None:
    catalog = resolve(Definitions(), Settings().naming)
    lineage = build_lineage(catalog, Traced())
    assert lineage == Lineage()
    assert lineage.upstream(column("a.b")) == {}


def test_a_chain_longer_than_the_recursion_limit_is_put_in_order() -> None:
    texts = [
        SqlText(f"SELECT x FROM t{number + 1}", Location(f"{number:05}.sql", 1, 1), "bigquery", f"t{number}")
        for number in range(1500)
    ]
    lineage = project(*texts, tables=(table("t1500", "x"),)).lineage
    assert lineage.outputs("t0")["x"].type == "STRING"


def test_field_of_a_struct_counts_as_its_column_unless_it_is_documented_itself() -> None:
    sql = "CREATE TABLE stg.e AS SELECT r.s.a AS a, r.s.b AS b FROM raw.e AS r"
    columns = [{"name": "s", "type": "STRUCT<a STRING, b STRING>"}, {"name": "s.b", "type": "STRING"}]
    raw = KINDS["tables"].model_validate({"name": "raw.e", "columns": columns})
    lineage = project(SqlText(sql, Location("e.sql"), "bigquery"), tables=(raw,)).lineage
    edges: set[tuple[str, str]] = {(edge.source.column, edge.target.column) for edge in lineage.edges}
    assert edges == {("s", "a"), ("s.b", "b")}
