"""The wheel, alone in an empty environment, serves a repository of quite another shape."""

import json
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
UV = os.environ.get("UV") or shutil.which("uv") or "uv"

SETTINGS = """
name: Corner shop
dialect: snowflake
database: shop
definitions: [warehouse/catalog]
"""
DEFINITIONS = """
teams:
  - {name: sales, description: They sell., audience: partner}
tables:
  - name: raw.orders
    owner: sales
    description: One row per order.
    columns:
      - {name: order_id, type: NUMBER, description: Number the till printed on the receipt.}
      - {name: amount, type: FLOAT, description: What was paid.}
  - name: mart.revenue
    owner: sales
    description: What was sold.
    columns:
      - {name: total, type: FLOAT, description: Everything that was paid.}
    sql: |
      CREATE OR REPLACE TABLE shop.mart.revenue AS
      SELECT SUM(o.amount) AS total FROM shop.raw.orders AS o
metrics:
  - name: revenue
    label: Revenue
    owner: sales
    audience: partner
    audience_reason: One sum over all orders; no single one can be told from it.
    description: All money taken at the till.
    source: mart.revenue
    expression: SUM(total)
    additivity: additive
    unit: EUR
"""

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]


def run(*command: str | Path, cwd: Path) -> str:
    environment = {
        name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}
    }
    finished = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert finished.returncode == 0, f"{command}\n{finished.stdout}{finished.stderr}"
    return finished.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(UV, "build", "--wheel", "--out-dir", folder, ROOT, cwd=folder)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def plumbline(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of an environment that holds the wheel and what it depends on."""
    folder = tmp_path_factory.mktemp("environment")
    run(UV, "venv", "--quiet", folder / "env", cwd=folder)
    run(UV, "pip", "install", "--quiet", "--python", folder / "env", wheel, cwd=folder)
    scripts = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
    return scripts / "plumbline"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "warehouse" / "catalog").mkdir(parents=True)
    (tmp_path / "plumbline.yml").write_text(SETTINGS)
    (tmp_path / "warehouse" / "catalog" / "everything.yml").write_text(DEFINITIONS)
    return tmp_path


def test_wheel_holds_every_file_of_the_packages(wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    tracked = run("git", "ls-files", "catalog", "generator", cwd=ROOT).splitlines()
    assert set(tracked) - packed == set()


def test_installed_command_knows_its_version_and_schema(plumbline: Path, tmp_path: Path) -> None:
    assert run(plumbline, "--version", cwd=tmp_path).startswith("plumbline ")
    assert "metrics" in json.loads(run(plumbline, "schema", cwd=tmp_path))["properties"]


def test_installed_command_checks_another_repository(plumbline: Path, repository: Path) -> None:
    report = json.loads(run(plumbline, "check", "--format", "json", cwd=repository))
    assert report["findings"] == []
    assert run(plumbline, "lineage", "revenue", "--upstream", cwd=repository).splitlines() == [
        "Made from:",
        "   1  table   MART.REVENUE",
        "   2  table   RAW.ORDERS",
    ]


def test_installed_command_builds_two_styled_sites(plumbline: Path, repository: Path) -> None:
    run(plumbline, "build", cwd=repository)
    for site in ("technical", "partner"):
        home = repository / "site" / site / "index.html"
        sheets = re.findall(r'<link rel="stylesheet" href="([^"?]+)', home.read_text("utf-8"))
        assert sheets
        assert [sheet for sheet in sheets if not (home.parent / sheet).is_file()] == []
        assert "Revenue" in (home.parent / "metrics" / "revenue" / "index.html").read_text("utf-8")


def test_pure_python_sqlglot_gives_the_same(plumbline: Path, repository: Path) -> None:
    compiled = run(plumbline, "check", "--format", "json", cwd=repository)
    environment = plumbline.parents[1]
    run(UV, "pip", "uninstall", "--quiet", "--python", environment, "sqlglotc", cwd=repository)
    assert run(plumbline, "check", "--format", "json", cwd=repository) == compiled
