"""Python files that jobs run, traced with the project."""

from __future__ import annotations

from pathlib import Path

from catalog import Naming, open_project, trace_files


def test_python_file_that_a_job_runs_is_traced_at_its_own_lines(tmp_path: Path) -> None:
    (tmp_path / "plumbline.yml").write_text("name: x\ndialect: bigquery\n", "utf-8")
    (tmp_path / "definitions").mkdir()
    jobs = "jobs:\n  - name: load\n    path: jobs/load.py\n  - name: gone\n    path: jobs/gone.py\n"
    (tmp_path / "definitions" / "jobs.yml").write_text(jobs, "utf-8")
    (tmp_path / "jobs").mkdir()
    code = 'import db\n\ndb.execute("INSERT INTO m.u (x) SELECT a FROM s.t")\n'
    (tmp_path / "jobs" / "load.py").write_text(code, "utf-8")
    (tmp_path / "jobs" / "other.py").write_text(code.replace("m.u", "m.other"), "utf-8")
    lineage = open_project(tmp_path).lineage
    assert [(str(edge.target), edge.location.file, edge.location.line) for edge in lineage.edges] == [
        ("m.u.x", "jobs/load.py", 3)
    ]


def test_python_file_is_traced_among_sql_files(tmp_path: Path) -> None:
    (tmp_path / "load.py").write_text('db.execute("INSERT INTO m.u (x) SELECT a FROM m.t")\n', "utf-8")
    (tmp_path / "t.sql").write_text("CREATE TABLE m.t AS SELECT 1 AS a", "utf-8")
    traced = trace_files([tmp_path / "load.py", tmp_path / "t.sql"], Naming("bigquery"))
    assert [text.statements[0].writes for text in traced] == [("m.u",), ("m.t",)]
