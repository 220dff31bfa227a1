"""The layout of the explorer puts every box and line where the layout of the static drawings does."""

import json
import random
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from catalog import open_project
from generator.layout import Box, layout

ROOT = Path(__file__).parents[2]
TWIN = ROOT / "generator" / "assets" / "explorer" / "layout.js"
LETTERS = ["a", "b", "_", ".", "é", "カ", "\uffee", "\U0001f600", "\U00020000"]
"""The last three sort otherwise by UTF-16 than by code point."""

Graph = tuple[list[Box], list[tuple[str, str]]]


def random_graph(seed: int) -> Graph:
    """Any graph: cycles, loops, repeats, loose parts, boxes of odd and even sizes."""
    chance = random.Random(seed)
    names = sorted({"".join(chance.choices(LETTERS, k=chance.randint(1, 4))) for _ in range(seed % 60 + 1)})
    boxes = [Box(name, chance.randint(60, 240), chance.choice((24, 47, 48, 131))) for name in names]
    edges = [(chance.choice(names), chance.choice(names)) for _ in range(chance.randint(0, 2 * len(names)))]
    return boxes, edges


def layered_graph(size: int) -> Graph:
    """A graph such as warehouses have: sources, some layers, long lines."""
    chance = random.Random(size)
    names = [f"t{number:04}" for number in range(size)]
    edges = [
        (names[chance.randrange(max(0, number - 60), number)], names[number])
        for number in range(1, size)
        for _ in range(chance.randint(1, 3))
    ]
    return [Box(name, 180, 48) for name in names], edges


def example_graph() -> Graph:
    """All tables, metrics and reports of the example."""
    links = open_project(ROOT).lineage.links
    edges = [(f"{one.kind}:{one}", f"{other.kind}:{other}") for one, other in links]
    return [Box(name, 200, 48) for name in sorted({end for edge in edges for end in edge})], edges


@pytest.fixture
def twin(browser):
    """The layout in JavaScript, as a function of many graphs."""
    page = browser.new_page()
    page.add_script_tag(path=TWIN)

    def drawings(graphs: list[Graph]) -> list[dict[str, Any]]:
        given = [([asdict(box) for box in boxes], edges) for boxes, edges in graphs]
        return page.evaluate("graphs => graphs.map(graph => plumblineLayout(...graph))", given)

    yield drawings
    page.close()


def as_json(graph: Graph) -> dict[str, Any]:
    """The drawing in Python, with the names that JavaScript gives its fields."""
    drawing = json.loads(json.dumps(asdict(layout(*graph))))
    for route in drawing["routes"]:
        route["isBackward"] = route.pop("is_backward")
    return drawing


def test_random_graphs_are_drawn_alike(twin) -> None:
    graphs = [random_graph(seed) for seed in range(240)]
    assert any(route["isBackward"] for graph in graphs for route in as_json(graph)["routes"])
    for graph, drawing in zip(graphs, twin(graphs), strict=True):
        assert drawing == as_json(graph)


@pytest.mark.parametrize("size", [1, 2, 40, 300])
def test_layered_graphs_are_drawn_alike(twin, size: int) -> None:
    graph = layered_graph(size)
    assert twin([graph]) == [as_json(graph)]


def test_the_example_is_drawn_alike(twin) -> None:
    graph = example_graph()
    assert len(graph[0]) > 40
    assert twin([graph]) == [as_json(graph)]


def test_nothing_is_drawn_alike(twin) -> None:
    assert twin([([], [])]) == [as_json(([], []))]
