"""The walls of the house: who may import whom. The contracts stand in pyproject.toml."""

import ast
from pathlib import Path

import grimp
import networkx
import pytest
from importlinter.api import read_configuration
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).parents[2]
CONTRACTS = read_configuration(str(ROOT / "pyproject.toml"))["contracts_options"]
CLOCKS = {"now", "utcnow", "today", "time", "monotonic", "perf_counter"}


@pytest.mark.parametrize("contract", [contract["id"] for contract in CONTRACTS])
def test_import_contract_is_kept(contract: str, capsys: pytest.CaptureFixture[str]) -> None:
    status = lint_imports(
        config_filename=str(ROOT / "pyproject.toml"),
        limit_to_contracts=(contract,),
        no_cache=True,
        no_logo=True,
    )
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_no_files_import_each_other_in_a_circle() -> None:
    modules = grimp.build_graph("catalog", "generator", cache_dir=None)
    graph: networkx.DiGraph[str] = networkx.DiGraph()
    for module in modules.modules:
        graph.add_edges_from(
            (module, imported) for imported in modules.find_modules_directly_imported_by(module)
        )
    assert [
        sorted(circle) for circle in networkx.strongly_connected_components(graph) if len(circle) > 1
    ] == []


def test_only_the_edges_read_the_clock() -> None:
    readers = {
        path.relative_to(ROOT).as_posix()
        for package in ("catalog", "generator")
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS and _is_clock(node.value)
    }
    # MkDocs starts the plugin itself, and a server outlives the day it was started on.
    commands = {f"generator/{path.name}" for path in (ROOT / "generator").glob("*command*.py")}
    assert readers <= {*commands, "generator/plugin.py", "generator/serve.py"}


def _is_clock(value: ast.expr) -> bool:
    name = value.attr if isinstance(value, ast.Attribute) else getattr(value, "id", "")
    return name in {"datetime", "date", "time"}


def test_pages_open_no_file() -> None:
    callers = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in (ROOT / "generator" / "pages").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"open", "input"}
    ]
    assert callers == []
