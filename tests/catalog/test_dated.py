"""How metrics stood is taken from git day by day, kept in a file, and cut for partners as all else is."""

import datetime
import json
import os
from hashlib import sha256
from pathlib import Path

import pytest
from git_history import commit, git, new_repository

from catalog import CatalogError, open_project, publishable
from catalog.dated import (
    RECORDED,
    STATES_FILE,
    DatedChange,
    Record,
    dated,
    record_of,
    record_text,
    state_digest,
    state_text,
)
from catalog.model import Audience, Metric
from catalog.project import Project
from catalog.reading.dated import read_record
from catalog.recording import record_history

METRIC = """
teams: [{name: ops, audience: partner}]
tables:
  - {name: raw.event, description: Events., columns: [{name: id}, {name: kind}]}
  - {name: mart.real_event, description: Real ones., grain: One row per event., sql: real.sql}
metrics:
  - {name: events, label: Events, summary: How many., unit: events, source: mart.real_event,
     expression: COUNT(id), audience: AUDIENCE, owner: ops, excludes: ["EXCLUDED"]}
"""
REAL = "SELECT id FROM raw.event WHERE kind = 'REAL'"


def definitions(excluded: str = "Tests", audience: str = "partner") -> str:
    return METRIC.replace("AUDIENCE", audience).replace("EXCLUDED", excluded)


def on(day: str, folder: Path, files: dict[str, str | None]) -> str:
    """A commit made on a day."""
    os.environ["GIT_COMMITTER_DATE"] = f"{day}T12:00:00Z"
    try:
        return commit(folder, files)
    finally:
        del os.environ["GIT_COMMITTER_DATE"]


YML, SQL = "definitions/all.yml", "definitions/real.sql"


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Words change on the 2nd and twice on the 3rd, SQL on the 5th, nothing that counts after that."""
    folder = new_repository(tmp_path_factory.mktemp("whole") / "warehouse")
    files = {"plumbline.yml": "name: Example\n", ".gitignore": ".plumbline/\n", YML: definitions(), SQL: REAL}
    on("2026-06-01", folder, dict(files))
    on("2026-06-02", folder, {YML: definitions("Tests and bots")})
    on("2026-06-03", folder, {YML: definitions("A slip")})
    on("2026-06-03", folder, {YML: definitions("Tests, bots")})
    on("2026-06-05", folder, {SQL: f"{REAL} AND id > 7"})
    on("2026-06-06", folder, {SQL: f"{REAL.lower().replace('real', 'REAL')} -- all\nAND id > 7"})
    on("2026-06-07", folder, {"README.md": "Nothing to see."})
    (folder / STATES_FILE).write_text(record_text(record_history(folder, None)), "utf-8")
    return folder


def states(project: Project) -> list[tuple[str, str, tuple[str, ...], bool]]:
    return [
        (state.day.isoformat(), state.definition.excludes[0], state.changed, state.changes_values)
        for state in project.dated["events"].states
    ]


def test_each_day_on_which_words_or_numbers_changed_is_a_state(repository: Path) -> None:
    project = open_project(repository)
    assert states(project) == [
        ("2026-06-01", "Tests", (), False),
        ("2026-06-02", "Tests and bots", ("excludes",), False),
        ("2026-06-03", "Tests, bots", ("excludes",), False),
        ("2026-06-05", "Tests, bots", (), True),
    ]
    recorded = project.dated["events"]
    assert recorded.is_current
    assert [state.until for state in recorded.states[-2:]] == [datetime.date(2026, 6, 5), None]
    assert "7" in recorded.states[-1].sentences[0]


def test_what_came_since_is_added_as_if_all_had_been_recorded_at_once(
    repository: Path, tmp_path: Path
) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", repository.as_uri(), str(clone))
    whole = record_history(clone, None)
    git(clone, "checkout", "--quiet", "-B", "main", "HEAD~5")
    early = record_history(clone, None)
    assert [change.day.day for change in early.metrics["events"]] == [1, 2]
    git(clone, "checkout", "--quiet", "-B", "main", "origin/main")
    assert record_text(record_history(clone, early)) == record_text(whole)
    assert record_text(record_history(clone, whole)) == record_text(whole)


def test_history_may_begin_at_a_revision(repository: Path) -> None:
    record = record_history(repository, None, since="HEAD~3")
    assert [change.day.day for change in record.metrics["events"]] == [3, 5]


def test_a_shallow_clone_does_not_know_when_definitions_began(repository: Path, tmp_path: Path) -> None:
    clone = tmp_path / "shallow"
    git(tmp_path, "clone", "--quiet", "--depth", "1", repository.as_uri(), str(clone))
    with pytest.raises(CatalogError, match="the clone is shallow") as raised:
        record_history(clone, None)
    assert "git fetch --unshallow" in str(raised.value.hint)
    record, _ = read_record(repository)
    assert record is not None
    assert record_text(record_history(clone, record)) == record_text(record)  # Its commit is at hand: go on.


def test_a_rewritten_history_is_not_taken_for_the_recorded_one(repository: Path) -> None:
    with pytest.raises(
        CatalogError, match="`0123456789ab`, up to which history is recorded, is not in"
    ) as raised:
        record_history(repository, Record("0123456789abcdef" * 2))
    assert "--anew" in str(raised.value.hint)


def test_an_unknown_revision_is_said_to_be_one(repository: Path) -> None:
    with pytest.raises(CatalogError, match="git knows no revision `v1`"):
        record_history(repository, None, since="v1")


def test_a_definition_that_has_changed_since_is_not_the_recorded_one(repository: Path) -> None:
    record, _ = read_record(repository)
    assert record is not None
    metric = open_project(repository).catalog.metrics["events"]
    assert dated(record, {"events": metric})["events"].is_current
    assert not dated(record, {"events": metric.model_copy(update={"unit": "items"})})["events"].is_current


# The file


def test_what_is_written_is_read_again(repository: Path) -> None:
    record, misfits = read_record(repository)
    assert misfits == ()
    assert record is not None
    assert record_text(record) == (repository / STATES_FILE).read_text("utf-8")
    assert record_of(json.loads(record_text(Record()))) == Record()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "this is no JSON"),
        ("[]", "the recorded history cannot be read: `metrics` is no mapping"),
        ('{"form": 9, "metrics": {}}', "the recorded history cannot be read: it is of form `9`, not `1`"),
        (
            '{"form": 1, "metrics": {"a": 1}}',
            "the recorded history cannot be read: the states of `a` are no list",
        ),
        (
            '{"form": 1, "metrics": {"a": [{"day": "2026-13-01"}]}}',
            "the recorded history cannot be read: a state of `a` is not a day, a commit and fields",
        ),
    ],
)
def test_a_damaged_file_is_a_finding(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / STATES_FILE).write_text(text, "utf-8")
    record, misfits = read_record(tmp_path)
    assert record is None
    assert [misfit.message for misfit in misfits] == [message]
    assert "--anew" in str(misfits[0].hint)


def test_a_state_of_a_later_plumbline_keeps_what_is_known_of_it() -> None:
    fields = {"label": "Events", "spell": "abracadabra", "unit": "events"}
    record = Record("", {"events": (DatedChange(datetime.date(2026, 6, 1), "abc", fields),)})
    (state,) = dated(record, {"events": Metric(name="events")})["events"].states
    assert (state.definition.label, state.definition.unit) == ("Events", "events")


def test_the_digest_is_that_of_the_file(repository: Path) -> None:
    state = open_project(repository).dated["events"].states[0]
    assert state_digest(state) == sha256(state_text(state).encode()).hexdigest()


NOT_RECORDED = frozenset({
    "name", "origin",  # what it is called, and where it stands
    "changes", "known_issues",  # dated by themselves
    "last_reviewed", "review_by", "deprecation_date", "replacement",  # of today alone
    "examples", "computed_by", "worked_example",  # what shows that the definition is right
    "synonyms", "related_metrics", "authoritative_definitions", "usage", "contact",  # words around it
    "domain", "tags", "custom_properties", "audience_reason",
})  # fmt: skip


def test_of_each_field_of_a_metric_it_is_decided_whether_it_is_recorded() -> None:
    assert set(RECORDED) | NOT_RECORDED == Metric.model_fields.keys()
    assert not set(RECORDED) & NOT_RECORDED


# Partners


def cut(repository: Path) -> Project:
    return publishable(open_project(repository), Audience.PARTNER)


def test_partners_get_the_same_days_without_sql_commits_and_names(repository: Path) -> None:
    project = cut(repository)
    assert [day for day, *_ in states(project)] == ["2026-06-01", "2026-06-02", "2026-06-03", "2026-06-05"]
    written = "".join(map(state_text, project.dated["events"].states)) + repr(project.dated)
    for hidden in ("COUNT", "mart", "kind", "sentences=('", "commit='a", "id > 7"):
        assert hidden not in written


def test_states_that_partners_did_not_see_or_may_not_read_stay_inside(tmp_path: Path) -> None:
    folder = new_repository(tmp_path / "warehouse")
    files = {"plumbline.yml": "name: Example\n", ".gitignore": ".plumbline/\n", SQL: REAL}
    on("2026-06-01", folder, {**files, YML: definitions("Secret plans", "internal")})
    on("2026-06-02", folder, {YML: definitions("What raw.event lacks")})
    on("2026-06-03", folder, {YML: definitions("Tests")})
    on("2026-06-04", folder, {YML: definitions("Tests").replace("COUNT(id)", "COUNT( id )")})
    renamed = definitions("Tests").replace("raw.event", "raw.happening")
    on("2026-06-05", folder, {YML: renamed, SQL: REAL.replace("raw.event", "raw.happening")})
    (folder / STATES_FILE).write_text(record_text(record_history(folder, None)), "utf-8")
    kept = cut(folder).dated["events"]
    assert [(state.day.day, state.definition.excludes[0]) for state in kept.states] == [
        (3, "Tests"),
        (5, "Tests"),
    ]
    assert kept.is_current
