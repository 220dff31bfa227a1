"""Files → Definitions: what is written is read, what does not fit is one finding at its place."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from catalog.errors import CatalogError
from catalog.model import Audience, Definitions, Location, Misfit
from catalog.reading.load import find_project, load_definitions, read_settings
from catalog.settings import Settings, Severity

GOOD = "tables:\n  - name: ops.good\n"


def project(root: Path, **files: str | bytes) -> Path:
    """A project of files by path below `definitions/`; `__` stands for `/`, and `.yml` is added."""
    write(root, {"plumbline.yml": "name: Test\n", "definitions/good.yml": GOOD})
    write(root, {f"definitions/{name.replace('__', '/')}.yml": text for name, text in files.items()})
    return root


def write(root: Path, files: dict[str, str | bytes]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())


def load(root: Path) -> Definitions:
    definitions = load_definitions(root, Settings())
    assert "ops.good" in [table.name for table in definitions.tables]
    return definitions


def only_misfit(root: Path) -> tuple[str, str, str, str | None]:
    """Code, place, message and hint of the one finding there is."""
    (misfit,) = load(root).misfits
    return misfit.code, str(misfit.location), misfit.message, misfit.hint


def test_every_kind_of_list_is_read(tmp_path: Path) -> None:
    root = project(
        tmp_path,
        all="""\
tables: [{name: ops.queue, columns: [{name: day, type: DATE}]}]
metrics: [{name: backlog, expression: SUM(x), source: ops.queue}]
reports: [{name: weekly}]
jobs: [{name: nightly}]
teams: [{name: operations}]
terms: [{name: backlog, definition: What waits.}]
enums: [{name: outcome, values: [{value: NO}, {value: 2}]}]
""",
    )
    definitions = load(root)
    assert definitions.misfits == ()
    names = [thing.name for thing in definitions.things()]
    assert names == [
        "ops.queue",
        "ops.good",
        "backlog",
        "weekly",
        "nightly",
        "operations",
        "backlog",
        "outcome",
    ]
    assert [value.value for value in definitions.enums[0].values] == ["NO", 2]
    assert definitions.tables[0].columns[0].at("type") == Location("definitions/all.yml", 1, 56)


def test_files_are_read_in_the_order_of_their_paths(tmp_path: Path) -> None:
    names = ["b", "a__z", "a__a", "c__d__e"]
    root = project(tmp_path, **{name: f"teams:\n- name: {name}\n" for name in names})
    write(root, {"definitions/z.yaml": "teams:\n- name: z\n"})
    assert [team.name for team in load(root).teams] == ["a__a", "a__z", "b", "c__d__e", "z"]


def test_files_of_other_parts_are_left_alone(tmp_path: Path) -> None:
    root = project(tmp_path, search_tests="queries: [x]", _draft="nonsense: 1", a___notes="- x")
    write(root, {"definitions/.hidden/x.yml": "- x", "definitions/readme.md": "x", "definitions/_x.sql": "x"})
    definitions = load(root)
    assert (definitions.misfits, definitions.sql) == ((), ())


@pytest.mark.parametrize(
    ("text", "code", "place", "message"),
    [
        ("tables:\n\t- name: x\n", "FL001", ":2:1", "a tab indents this line"),
        ("tables: [x\n", "FL001", ":1:9", "the list opened here with `[` is not closed"),
        ("tables: [\n", "FL001", ":2:1", "a value is missing here"),
        (b"tables: \xff\n", "FL001", ":1:9", "byte 8 (0xFF) is not UTF-8"),
        (b"#" * 10_000_000, "FL001", "", "the file has 10.0 MB, 5 MB are allowed"),
        ("", "FL005", "", "the file is empty"),
        ("- name: x\n", "FL003", ":1:1", "the file is not a mapping of lists"),
        ("just words\n", "FL003", ":1:1", "the file is not a mapping of lists"),
        (
            "teams:\n- name: t\ntabels:\n- name: x\n",
            "FL002",
            ":3:1",
            "unknown key `tabels` in a definition file",
        ),
        ("tables: x\n", "FL003", ":1:9", "`tables` needs a list, not `x`"),
        ("tables: {name: x}\n", "FL003", ":1:9", "`tables` needs a list, not a mapping"),
        ("tables:\n", "FL003", ":1:8", "`tables` is empty"),
        ("tables:\n  - x\n", "FL003", ":2:5", "a table needs keys, not `x`"),
        ("tables:\n  - owner: x\n", "FL003", ":2:5", "a table needs `name`"),
        ("tables:\n  - name: x\n    name: y\n", "FL001", ":3:5", "`name` is written twice in one mapping"),
    ],
)
def test_a_bad_file_is_one_finding_and_the_others_are_read(
    tmp_path: Path, text: str | bytes, code: str, place: str, message: str
) -> None:
    found = only_misfit(project(tmp_path, bad=text))
    assert found[:3] == (code, f"definitions/bad.yml{place}", message)


TABLE = "tables:\n  - name: ops.queue\n    "


@pytest.mark.parametrize(
    ("text", "code", "place", "message", "hint"),
    [
        ("ower: x", "FL002", "3:5", "unknown key `ower` in a table", "Did you mean `owner`?"),
        (
            "zzz: x",
            "FL002",
            "3:5",
            "unknown key `zzz` in a table",
            "Put keys of your own under `custom_properties`",
        ),
        ("audience: partnr", "FL003", "3:15", "`audience` cannot be `partnr`", "Did you mean `partner`?"),
        (
            "layer: zzz",
            "FL003",
            "3:12",
            "`layer` cannot be `zzz`",
            "Write one of `source`, `reference`, `staging`, `intermediate`, `mart` or `report`",
        ),
        (
            "tags: x",
            "FL003",
            "3:11",
            "`tags` needs a list, not `x`",
            "Write each item on a line of its own behind `- `, or all between `[` and `]`",
        ),
        (
            "owner: [x]",
            "FL003",
            "3:12",
            "`owner` needs text, not a list",
            "Put quotes round it if it is text",
        ),
        (
            "owner: true",
            "FL003",
            "3:12",
            "`owner` needs text, not `true`",
            "Put quotes round it if it is text",
        ),
        ("owner: ''", "FL003", "3:12", "`owner` is empty", "Give it a value, or remove the key"),
        ("tags:", "FL003", "3:10", "`tags` is empty", "Give it a value, or remove the key"),
        (
            "tags: [a, [b]]",
            "FL003",
            "3:15",
            "`tags` needs text, not a list",
            "Put quotes round it if it is text",
        ),
        (f"label: {'x' * 81}", "FL003", "3:12", "`label` has 81 characters, 80 are allowed", "Shorten it"),
        (
            "review_by: soon",
            "FL003",
            "3:16",
            "`review_by` needs a date, not `soon`",
            "Write it as year, month and day, like `2026-03-31`",
        ),
        (
            "columns: [{name: a, typ: b}]",
            "FL002",
            "3:25",
            "unknown key `typ` in a column",
            "Did you mean `type`?",
        ),
        ("columns: [{label: a}]", "FL003", "3:15", "a column needs `name`", "Add `name:`"),
        ("columns: [{nmae: a}]", "FL002", "3:16", "unknown key `nmae` in a column", "Did you mean `name`?"),
        ("columns: [a]", "FL003", "3:15", "a column needs keys, not `a`", "Write it as `key: value` lines"),
        (
            "columns: [{name: a, required: maybe}]",
            "FL003",
            "3:35",
            "`required` needs `true` or `false`, not `maybe`",
            None,
        ),
        (
            "columns: [{name: a, valid_values: [1, [2]]}]",
            "FL003",
            "3:43",
            "`valid_values` needs text, a number, `true` or `false`, not a list",
            None,
        ),
        (
            "known_issues: [{since: 2026-01-01, text: x, untill: 2026-01-02}]",
            "FL002",
            "3:49",
            "unknown key `untill` in a known issue",
            "Did you mean `until`?",
        ),
        ("custom_properties: x", "FL003", "3:24", "`custom_properties` needs keys, not `x`", None),
    ],
)
def test_what_does_not_fit_is_one_finding_and_the_thing_is_kept(
    tmp_path: Path, text: str, code: str, place: str, message: str, hint: str | None
) -> None:
    root = project(tmp_path, bad=TABLE + text + "\n")
    found = only_misfit(root)
    assert found[:3] == (code, f"definitions/bad.yml:{place}", message)
    assert hint is None or found[3] == hint
    assert "ops.queue" in [table.name for table in load(root).tables]


def test_a_bad_column_loses_only_itself(tmp_path: Path) -> None:
    text = TABLE + "columns:\n    - name: a\n    - label: b\n    - name: c\n      type: [x]\n    - d\n"
    definitions = load(project(tmp_path, bad=text))
    assert [column.name for column in definitions.tables[0].columns] == ["a", "c"]
    assert [misfit.subject for misfit in definitions.misfits] == [
        "ops.queue.columns.1:name",
        "ops.queue.c:type",
        "ops.queue:columns",
    ]


def test_a_part_that_lacks_what_it_must_have_is_left_out_alone(tmp_path: Path) -> None:
    text = "metrics:\n  - name: rate\n    numerator: {label: x}\n    denominator: {expression: COUNT(*)}\n"
    definitions = load(project(tmp_path, bad=text))
    (metric,) = definitions.metrics
    assert metric.numerator is None
    assert metric.denominator is not None
    (misfit,) = definitions.misfits
    assert misfit == Misfit(
        "FL003",
        "metric:rate:expression",
        "a metric part needs `expression`",
        Location("definitions/bad.yml", 3, 16),
        "Add `expression:`",
    )


def test_a_required_value_of_the_wrong_kind_is_one_finding(tmp_path: Path) -> None:
    root = project(tmp_path, bad="terms:\n  - name: x\n    definition: [y]\n  - name: z\n    definition: w\n")
    assert only_misfit(root)[1:3] == ("definitions/bad.yml:3:17", "`definition` needs text, not a list")
    assert [term.name for term in load(root).terms] == ["z"]


@pytest.mark.parametrize(
    "slip", ["audience: internl", "audience: [partner]", "audince: internal", "audience:\n      - internal"]
)
def test_a_misspelt_audience_publishes_nothing(tmp_path: Path, slip: str) -> None:
    column = f"columns: [{{name: a, {slip}}}]\n" if "\n" not in slip else "tags: []\n"
    text = (
        f"tables:\n  - name: ops.queue\n    {slip}\n  - name: ops.other\n    audience: partner\n    {column}"
    )
    queue, other, _ = load(project(tmp_path, bad=text)).tables
    assert queue.audience is Audience.RESTRICTED
    assert all(column.audience is Audience.RESTRICTED for column in other.columns)


def test_two_audiences_publish_nothing(tmp_path: Path) -> None:
    columns = "[{name: b, audience: partner, audience: internal}]"
    text = f"tables:\n- {{name: a, columns: {columns}, audience: partner}}\n"
    definitions = load(project(tmp_path, bad=text))
    assert definitions.tables[0].columns[0].audience is Audience.RESTRICTED
    assert definitions.tables[0].audience is Audience.PARTNER
    assert [misfit.code for misfit in definitions.misfits] == ["FL001"]


def test_personal_data_is_assumed_where_it_cannot_be_read(tmp_path: Path) -> None:
    text = TABLE + "columns: [{name: a, personal_data: probably}]\n"
    assert load(project(tmp_path, bad=text)).tables[0].columns[0].personal_data


def test_a_number_where_text_belongs_is_taken_as_written(tmp_path: Path) -> None:
    text = "metrics:\n  - name: m\n    version: 1.10\n    label: 2026\n    tags: [1.0, 2026-01-01]\n"
    definitions = load(project(tmp_path, numbers=text))
    assert definitions.misfits == ()
    (metric,) = definitions.metrics
    assert (metric.version, metric.label, metric.tags) == ("1.10", "2026", ("1.0", "2026-01-01"))


def test_a_value_that_is_shared_by_an_alias_is_mended_for_each(tmp_path: Path) -> None:
    text = "teams:\n- &t {name: a, emial: x}\n- <<: *t\n  name: b\n"
    definitions = load(project(tmp_path, shared=text))
    assert [team.name for team in definitions.teams] == ["a", "b"]
    assert [misfit.subject for misfit in definitions.misfits] == ["team:a:emial", "team:b:emial"]


def test_custom_properties_are_plain_values(tmp_path: Path) -> None:
    text = TABLE + "custom_properties: {a: {b: [1, {c: 2026-01-01}]}}\n"
    assert load(project(tmp_path, free=text)).tables[0].custom_properties == {
        "a": {"b": [1, {"c": "2026-01-01"}]}
    }


def test_a_link_back_is_one_finding_and_no_hang(tmp_path: Path) -> None:
    root = project(tmp_path, ops__a="teams:\n- name: a\n")
    (root / "definitions/ops/loop").symlink_to("..")
    assert only_misfit(root)[:3] == (
        "FL001",
        "definitions/ops/loop",
        "the link leads back to a folder that it stands in",
    )


def test_a_link_to_itself_is_one_finding(tmp_path: Path) -> None:
    root = project(tmp_path)
    (root / "definitions/self.yml").symlink_to("self.yml")
    assert only_misfit(root)[2] == "the link cannot be followed: it leads back to itself"


def test_two_links_that_lead_to_each_other_end(tmp_path: Path) -> None:
    root = project(tmp_path, a__x="teams:\n- name: x\n", b__y="teams:\n- name: y\n")
    (root / "definitions/a/to_b").symlink_to("../b")
    (root / "definitions/b/to_a").symlink_to("../a")
    definitions = load(root)
    assert [team.name for team in definitions.teams] == ["x", "y"]
    assert definitions.misfits == ()


def test_a_dangling_link_is_a_finding_where_a_definition_file_is_meant(tmp_path: Path) -> None:
    root = project(tmp_path)
    (root / "definitions/gone.yml").symlink_to("nowhere")
    (root / "definitions/gone.txt").symlink_to("nowhere")
    assert only_misfit(root)[1:3] == (
        "definitions/gone.yml",
        "the link cannot be followed: there is nothing behind it",
    )


def test_a_link_out_of_the_project_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path, {"outside/secret.yml": "teams:\n- name: secret\n"})
    root = project(tmp_path / "project")
    (root / "definitions/linked").symlink_to("../../outside")
    assert only_misfit(root)[1:3] == ("definitions/linked", "the link leads out of the project")


def test_a_file_reached_on_two_ways_is_read_once(tmp_path: Path) -> None:
    root = project(tmp_path, zz__a="teams:\n- name: a\n")
    (root / "definitions/aa").symlink_to("zz")
    (root / "definitions/again.yml").symlink_to("good.yml")
    definitions = load_definitions(root, Settings(definitions=("definitions", "definitions/zz")))
    assert [team.at().file for team in definitions.teams] == ["definitions/zz/a.yml"]
    assert len(definitions.tables) == 1


def test_a_folder_keeps_its_own_path_beside_a_link_to_it(tmp_path: Path) -> None:
    root = project(tmp_path, zz__a="teams:\n- name: a\n")
    (root / "definitions/aa").symlink_to("zz")
    assert [team.at().file for team in load(root).teams] == ["definitions/zz/a.yml"]


def test_what_is_no_ordinary_file_is_not_opened(tmp_path: Path) -> None:
    root = project(tmp_path)
    os.mkfifo(root / "definitions/pipe.yml")
    assert only_misfit(root)[1:3] == ("definitions/pipe.yml", "this is no ordinary file")


@pytest.mark.parametrize(
    ("folder", "message", "hint"),
    [
        ("defnitions", "there is no definition folder `defnitions`", "Did you mean `definitions`?"),
        ("../x", "the definition folder `../x` is outside of the project", None),
    ],
)
def test_a_missing_definition_folder_ends_the_run(
    tmp_path: Path, folder: str, message: str, hint: str | None
) -> None:
    root = project(tmp_path)
    with pytest.raises(CatalogError) as caught:
        load_definitions(root, Settings(definitions=(folder,)))
    assert str(caught.value) == message
    assert hint is None or caught.value.hint == hint


def test_the_project_is_found_from_below(tmp_path: Path) -> None:
    root = project(tmp_path, ops__a="")
    assert find_project(root / "definitions/ops") == root.resolve()
    assert find_project(root / "definitions/ops/a.yml") == root.resolve()


def test_no_project_is_said_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match=r"there is no `plumbline\.yml`") as caught:
        find_project(tmp_path)
    assert "`plumbline init`" in (caught.value.hint or "")


def test_a_path_that_is_not_there_is_not_taken_for_the_project_above_it(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="there is nothing at"):
        find_project(project(tmp_path) / "definitons")


def test_settings_are_read(tmp_path: Path) -> None:
    text = (
        "name: A\ndialect: snowflake\nschema: ops\ndefinitions: [a, b]\nseverity: {TB002: off}\n"
        "waivers: [{check: TB002, subject: x, reason: soon, until: 2026-12-31}]\n"
    )
    write(tmp_path, {"plumbline.yml": text})
    settings, misfits = read_settings(tmp_path)
    assert misfits == ()
    assert (settings.dialect, settings.schema_, settings.definitions) == ("snowflake", "ops", ("a", "b"))
    assert settings.severity == {"TB002": Severity.OFF}
    assert settings.waivers[0].at("until") == Location("plumbline.yml", 6, 59)


def test_settings_that_say_nothing_are_the_defaults(tmp_path: Path) -> None:
    write(tmp_path, {"plumbline.yml": "# later\n"})
    assert read_settings(tmp_path) == (Settings(), ())


@pytest.mark.parametrize(
    ("text", "code", "place", "message", "hint"),
    [
        (
            "dialct: x\n",
            "FL002",
            "plumbline.yml:1:1",
            "unknown key `dialct` in `plumbline.yml`",
            "Did you mean `dialect`?",
        ),
        (
            "severity: {TB002: eror}",
            "FL003",
            "plumbline.yml:1:19",
            "`TB002` cannot be `eror`",
            "Did you mean `error`?",
        ),
        (
            "waivers: [{check: A, subject: b, until: 2026-01-01}]",
            "FL003",
            "plumbline.yml:1:11",
            "a waiver needs `reason`",
            "Add `reason:`",
        ),
        (
            "schema: x\nschema: y",
            "FL001",
            "plumbline.yml:2:1",
            "`schema` is written twice in one mapping",
            None,
        ),
    ],
)
def test_a_setting_that_does_not_fit_is_one_finding(
    tmp_path: Path, text: str, code: str, place: str, message: str, hint: str | None
) -> None:
    write(tmp_path, {"plumbline.yml": text})
    _, (misfit,) = read_settings(tmp_path)
    assert (misfit.code, str(misfit.location), misfit.message) == (code, place, message)
    assert hint is None or misfit.hint == hint


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name: [x\n", "plumbline.yml:1:7: the list opened here with `[` is not closed"),
        (b"\xff", "plumbline.yml:1:1: byte 0 (0xFF) is not UTF-8"),
        ("- x\n", "plumbline.yml:1:1: the settings are not one mapping"),
        ("a: 1\n---\nb: 1\n", "plumbline.yml:1:1: the settings are not one mapping"),
    ],
)
def test_settings_that_cannot_be_read_end_the_run(tmp_path: Path, text: str | bytes, message: str) -> None:
    write(tmp_path, {"plumbline.yml": text})
    with pytest.raises(CatalogError) as caught:
        read_settings(tmp_path)
    assert str(caught.value) == message
