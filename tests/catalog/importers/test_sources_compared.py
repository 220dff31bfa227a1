"""What changes in files of other tools, and what a change reaches in them: as `plumbline diff` tells it."""

from __future__ import annotations

from pathlib import Path

from git_history import commit, new_repository

from catalog import open_project, open_project_at
from catalog.changes.compare import diff

SETTINGS = """\
name: Shop
dialect: postgres
database: warehouse
sources:
  - {importer: tableau, path: dashboards}
  - {importer: metrics, path: metrics, mapping: cube}
"""
WORKBOOK = """\
<workbook><datasources><datasource name='sales'><connection class='postgres' dbname='warehouse' schema='mart'>
<relation name='daily' table='[mart].[daily]' type='table' /></connection>
<column name='[revenue]' /><column name='[day]' />
<column caption='Share' name='[c]'><calculation formula='SUM([revenue]) / 100' /></column>
</datasource></datasources></workbook>
"""
CUBE = "cubes: [{name: daily, sql_table: mart.daily, measures: [{name: total, type: sum, sql: revenue}]}]\n"
DAILY = "CREATE TABLE mart.daily AS SELECT day, amount AS revenue FROM raw.orders\n"


def test_a_change_of_a_column_reaches_the_workbooks_and_metrics_of_other_tools(tmp_path: Path) -> None:
    folder = new_repository(tmp_path / "shop")
    files = {
        "plumbline.yml": SETTINGS,
        "definitions/daily.sql": DAILY,
        "dashboards/sales.twb": WORKBOOK,
        "metrics/daily.yml": CUBE,
        ".gitignore": ".plumbline/\n",
    }
    commit(folder, dict(files))
    assert open_project_at(folder, "HEAD") == open_project(folder)
    commit(folder, {"definitions/daily.sql": DAILY.replace("amount AS", "amount - tax AS")})
    changes = diff(open_project_at(folder, "HEAD~1"), open_project(folder)).all
    (changed,) = [each for each in changes if each.subject == "mart.daily.revenue"]
    assert (changed.reach.reports, changed.reach.metrics) == (("sales",), ("daily.total",))


def test_a_field_that_shows_something_else_now_is_told(tmp_path: Path) -> None:
    folder = new_repository(tmp_path / "shop")
    commit(folder, {"plumbline.yml": SETTINGS, "dashboards/sales.twb": WORKBOOK, "metrics/daily.yml": CUBE})
    commit(folder, {"dashboards/sales.twb": WORKBOOK.replace("/ 100", "/ SUM([day])")})
    changes = diff(open_project_at(folder, "HEAD~1"), open_project(folder)).all
    assert [each.sentence for each in changes] == ["the field `Share` of `sales` shows something else"]
