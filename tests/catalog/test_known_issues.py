import datetime

from catalog.audience import publishable
from catalog.lineage import Node, NodeKind
from catalog.model import KINDS, Audience, Definitions, Location, Metric, Report, SqlText
from catalog.project import Project, assemble
from catalog.settings import Settings

RAW = {
    "name": "raw.item",
    "columns": [
        {"name": "id"},
        {"name": "is_spam", "known_issues": [{"since": "2026-09-14", "text": "The flag was inverted."}]},
        {"name": "views"},
    ],
}
SPAM = "CREATE TABLE mart.spam AS SELECT id, views FROM raw.item WHERE is_spam"
ALL = "CREATE TABLE mart.everything AS SELECT id, views FROM raw.item"


def metric(name: str, source: str, **more: object) -> dict[str, object]:
    return {"name": name, "source": source, "expression": "SUM(views)", "type": "simple", **more}


def project(raw: dict[str, object] | None = None, **more: object) -> Project:
    tables = [raw or RAW, {"name": "mart.spam"}, {"name": "mart.everything"}]
    metrics = [metric("spam_views", "mart.spam", **more), metric("all_views", "mart.everything", **more)]
    reports = [
        {"name": "spam-board", "metrics": ["spam_views"], **more},
        {"name": "board", "metrics": ["all_views"], **more},
    ]
    return assemble(
        Definitions(
            tables=tuple(KINDS["tables"].model_validate(table) for table in tables),  # type: ignore[arg-type]
            metrics=tuple(KINDS["metrics"].model_validate(metric) for metric in metrics),  # type: ignore[arg-type]
            reports=tuple(KINDS["reports"].model_validate(report) for report in reports),  # type: ignore[arg-type]
            sql=tuple(
                SqlText(text, Location(f"{table}.sql", 1, 1), "bigquery", table)
                for table, text in (("mart.spam", SPAM), ("mart.everything", ALL))
            ),
        ),
        Settings(),
    )


def issues(thing: Metric | Report) -> list[tuple[str, str | None]]:
    return [(issue.text, issue.inherited_from) for issue in thing.known_issues]


def test_an_issue_reaches_the_metrics_and_reports_whose_rows_its_column_decides_and_no_others() -> None:
    catalog = project().catalog
    told = [("The flag was inverted.", "raw.item.is_spam")]
    assert issues(catalog.metrics["spam_views"]) == told
    assert issues(catalog.reports["spam-board"]) == told
    assert issues(catalog.metrics["all_views"]) == issues(catalog.reports["board"]) == []


def test_an_issue_keeps_its_dates() -> None:
    (issue,) = project().catalog.metrics["spam_views"].known_issues
    assert (issue.since, issue.until) == (datetime.date(2026, 9, 14), None)


def test_an_issue_of_a_metric_is_told_by_the_reports_that_show_it_once() -> None:
    written = [{"since": "2026-10-01", "text": "A day is missing."}]
    found = project(known_issues=written).catalog
    assert issues(found.reports["board"]) == [("A day is missing.", None)]
    assert issues(found.metrics["all_views"]) == [("A day is missing.", None)]


def test_an_issue_of_an_internal_column_leaves_only_when_it_says_so() -> None:
    shown = {"audience": "partner", "label": "Views"}
    kept_in = publishable(project(**shown), Audience.PARTNER)
    assert kept_in.catalog.metrics["spam_views"].known_issues == ()
    (flag,) = [column for column in RAW["columns"] if column["name"] == "is_spam"]  # type: ignore[index]
    told = [issue | {"audience": "partner"} for issue in flag["known_issues"]]  # type: ignore[index]
    columns = [{"name": "id"}, {"name": "is_spam", "known_issues": told}, {"name": "views"}]
    let_out = publishable(project({"name": "raw.item", "columns": columns}, **shown), Audience.PARTNER)
    (issue,) = let_out.catalog.metrics["spam_views"].known_issues
    assert (issue.text, issue.inherited_from) == ("The flag was inverted.", None)


def test_what_a_column_affects_is_every_column_of_a_table_whose_rows_it_decides() -> None:
    lineage = project().lineage
    flag = Node(NodeKind.COLUMN, "raw.item", "is_spam")
    affected = {str(node) for node in lineage.affected_by(flag)}
    assert affected == {"mart.spam", "mart.spam.id", "mart.spam.views", "spam_views", "spam-board"}
