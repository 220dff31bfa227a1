"""The lineage of a whole project: GraphML, Mermaid, OpenLineage."""

import json
from dataclasses import replace
from io import BytesIO

import networkx as nx
import pytest
from export_reading import exported, project_of
from planting import planted_project
from small_catalog import DEFINITIONS, SETTINGS

from catalog import EXPORTS, Audience, Exporting, Node, NodeKind, Project, Settings


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return project_of(tmp_path_factory.mktemp("small"), DEFINITIONS, SETTINGS)


def graph(content: bytes) -> nx.MultiDiGraph:  # type: ignore[type-arg]
    return nx.read_graphml(BytesIO(content), force_multigraph=True)


def test_networkx_reads_the_graph_with_all_its_nodes_and_edges(small: Project) -> None:
    read = graph(exported(small, "graphml")["lineage.graphml"])
    assert read.is_directed()
    assert read.number_of_edges() == len(small.lineage.links) + len(small.lineage.edges)
    labels = {key: said["label"] for key, said in read.nodes(data=True)}
    hops = {(labels[source], labels[target], said["level"]) for source, target, said in read.edges(data=True)}
    assert ("raw.event", "mart.day", "link") in hops
    assert ("raw.event.seconds", "mart.day.spent", "column") in hops


def test_hostile_names_are_text_in_the_graph() -> None:
    name = 'a<b & "c" ]]> \x00 \x1f \ud800'
    project = planted_project(lambda kind, field: "x" if kind is Settings else name, name)
    read = graph(exported(project, "graphml")["lineage.graphml"])
    assert 'a<b & "c" ]]> � � �' in {said["label"] for _, said in read.nodes(data=True)}


def test_a_flowchart_has_a_box_for_each_thing_and_a_line_for_each_link(small: Project) -> None:
    assert exported(small, "mermaid", Audience.PARTNER)["lineage.mmd"].decode() == (
        "flowchart LR\n"
        '  n0(["Removal share"])\n'
        '  n1(["Removals"])\n'
        '  n2[["Weekly"]]\n'
        '  n3>"an internal step"]\n'
        '  n4["Cases by day"]\n'
        "  n0 --> n2\n"
        "  n3 --> n4\n"
        "  n4 --> n0\n"
        "  n4 --> n1\n"
    )


def test_names_are_no_syntax_of_the_flowchart() -> None:
    project = planted_project(lambda kind, field: "x", 'a"] --> b\nclick')
    lines = exported(project, "mermaid")["lineage.mmd"].decode().splitlines()
    assert not [line for line in lines if line.count("-->") and '"' in line]
    assert not [line for line in lines if line.lstrip().startswith("click")]


@pytest.mark.parametrize(
    ("depth", "names"),
    [(1, {"raw.event", "mart.day", "mart.week", "removal_share", "removals", "old_share"}), (None, None)],
)
def test_lineage_is_drawn_around_one_thing(small: Project, depth: int | None, names: set[str] | None) -> None:
    around = Exporting(small, around=Node(NodeKind.TABLE, "mart.day"), depth=depth)
    drawn = {node.name for link in around.links() for node in link}
    assert drawn == (names or drawn)
    assert ("weekly" in drawn) == (depth is None)
    (file,) = EXPORTS["graphml"].files(replace(around, depth=1))
    assert "weekly" not in file.content.decode()


def test_every_text_of_the_project_is_an_event(small: Project) -> None:
    lines = exported(small, "openlineage")["lineage.ndjson"].decode().splitlines()
    events = [json.loads(line) for line in lines]
    written = [output["name"] for event in events for output in event["outputs"]]
    assert written == ["mart.day", "mart.week"]
