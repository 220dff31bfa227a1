"""The scripts that the explorer lives on: they hold all of the lineage, and no name breaks out of them."""

import datetime
import gzip
import json
import re
from pathlib import Path

import pytest
from small_catalog import TODAY, small_site

from catalog import Audience, EdgeType, open_project
from generator.assembly import site_of
from generator.lineage_shards import FLOWS, INDEX_FILE, lineage_files, lineage_nodes, shard_path
from generator.pages.surroundings import key_of
from generator.site import Site

ROOT = Path(__file__).parents[2]
DAY = datetime.date(2026, 11, 21)
SCRIPT = re.compile(
    r"\(globalThis\.plumblineLineage\?\?=\{\}\)\.index=(.*);\n"
    r'|\(\(globalThis\.plumblineLineage\?\?=\{\}\)\.shards\?\?=\{\}\)\[(".*?[^\\]")\]=(.*);\n'
)


def read(site: Site) -> dict[str, dict]:
    """File → what it holds, after a reading that only accepts what the browser would run as one statement."""
    found = {}
    for file in lineage_files(site):
        match = SCRIPT.fullmatch(file.content.decode("ascii"))
        assert match, file.path
        found[file.path] = json.loads(match[1] or match[3])
    return found


@pytest.fixture(scope="module")
def example() -> Site:
    return site_of(open_project(ROOT), Audience.INTERNAL, today=DAY)


@pytest.fixture(scope="module")
def shards(example) -> dict[str, dict]:
    return read(example)


def test_every_edge_of_the_lineage_is_in_the_shard_of_its_target(example, shards) -> None:
    told = set()
    for node in lineage_nodes(example):
        shard = shards[shard_path(node)]
        for column, source, source_column, flow, text, file, line, *_ in shard["into"]:
            told.add(
                (
                    *(shard["names"][source], source_column, key_of(node), column),
                    *(FLOWS[flow], shard["texts"][text], shard["files"][file], line),
                )
            )
    assert len(told) > 1000
    assert told == {
        (
            *(key_of(edge.source.whole), edge.source.column, key_of(edge.target.whole), edge.target.column),
            *((edge.type, edge.subtype), edge.expression, edge.location.file, edge.location.line),
        )
        for edge in example.project.lineage.edges
    }


def test_every_column_knows_which_things_it_feeds(example, shards) -> None:
    told = {
        (key_of(node), column, shards[shard_path(node)]["names"][target])
        for node in lineage_nodes(example)
        for column, target in shards[shard_path(node)]["feeds"]
    }
    assert told == {
        (key_of(edge.source.whole), edge.source.column, key_of(edge.target.whole))
        for edge in example.project.lineage.edges
    }


def test_the_index_links_what_the_lineage_links(example, shards) -> None:
    index, keys = shards[INDEX_FILE], [key_of(node) for node in lineage_nodes(example)]
    told = {
        (keys[source if source >= 0 else -1 - source], keys[target])
        for target, sources in enumerate(index["links"])
        for source in sources
    }
    assert told == {(key_of(source), key_of(target)) for source, target in example.project.lineage.links}


def test_a_link_is_indirect_only_if_no_value_takes_it(example, shards) -> None:
    index, keys = shards[INDEX_FILE], [key_of(node) for node in lineage_nodes(example)]
    indirect = {
        (keys[-1 - source], keys[target])
        for target, sources in enumerate(index["links"])
        for source in sources
        if source < 0
    }
    direct = {
        (key_of(edge.source.whole), key_of(edge.target.whole))
        for edge in example.project.lineage.edges
        if edge.type is EdgeType.DIRECT
    }
    assert indirect
    assert not indirect & direct


def test_partners_get_none(tmp_path: Path) -> None:
    assert list(lineage_files(small_site(tmp_path, Audience.PARTNER))) == []


def test_the_explorer_is_under_25_kilobytes_of_javascript_on_the_way() -> None:
    scripts = sorted((ROOT / "generator" / "assets" / "explorer").glob("*.js"))
    assert len(scripts) == 4
    assert sum(len(gzip.compress(script.read_bytes(), 9, mtime=0)) for script in scripts) < 25_000


def test_same_site_same_bytes(example) -> None:
    assert list(lineage_files(example)) == list(lineage_files(example))


ODD = """
tables:
  - {name: "a/b", columns: [{name: "</script><script>alert(1)</script>", type: INT64}]}
  - {name: "..", description: "\\u2028 and \\u2029"}
  - {name: CON}
  - {name: A/B}
  - {name: "__proto__"}
  - {name: "日本"}
  - name: mart.sum
    sql: SELECT `</script><script>alert(1)</script>` AS x FROM `a/b`
"""


def project_of(folder: Path, definitions: str) -> Site:
    (folder / "definitions").mkdir(parents=True)
    (folder / "plumbline.yml").write_text("name: Odd\ndialect: bigquery\n", encoding="utf-8")
    (folder / "definitions" / "all.yml").write_text(definitions, encoding="utf-8")
    return site_of(open_project(folder), Audience.INTERNAL, today=TODAY)


def test_no_name_breaks_out_of_its_file_or_its_script(tmp_path: Path) -> None:
    site = project_of(tmp_path, ODD)
    files = list(lineage_files(site))
    for file in files:
        assert re.fullmatch(r"lineage/(t/)?[a-z0-9_.~-]*[a-z0-9_~-]\.js", file.path), file.path
        assert b"<" not in file.content
    paths = [file.path.lower() for file in files]
    assert len(paths) == len(set(paths)) == 8
    assert "lineage/t/con.js" not in paths
    assert any("</script><script>" in json.dumps(shard) for shard in read(site).values())


def test_a_shard_stays_as_it_is_when_other_things_come(tmp_path: Path) -> None:
    before = {file.path: file.content for file in lineage_files(project_of(tmp_path / "before", ODD))}
    more = ODD + "  - {name: aaa.first, owner: new}\n"
    after = {file.path: file.content for file in lineage_files(project_of(tmp_path / "after", more))}
    assert {path for path in before if before[path] != after[path]} == {INDEX_FILE}


def test_a_column_without_a_source_says_why(tmp_path: Path) -> None:
    site = project_of(
        tmp_path,
        "tables:\n  - name: mart.day\n    sql: SELECT CURRENT_DATE() AS day, * FROM outside.unknown\n",
    )
    shard = read(site)["lineage/t/mart.day.js"]
    states = {name: (why, is_fault) for name, _, why, is_fault in shard["columns"]}
    assert states["day"] == ("no column: counted or written in the SQL itself", 0)
    assert [gap[1] for gap in shard["gaps"]]
    assert read(site)[INDEX_FILE]["things"][0][6] == len(shard["gaps"])
