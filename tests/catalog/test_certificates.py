"""A certificate holds as long as a metric means what it meant, and tells what changed when it does not."""

import datetime
from pathlib import Path

import pytest
from git_history import commit, git, new_repository

from catalog import CatalogError, Voucher, certify, open_project
from catalog.certificates import CERTIFICATES_FILE, Certificate, certificates_text, with_renewed
from catalog.certified import Certified, Validity
from catalog.certifying import voucher_of
from catalog.lapses import with_told_lapses
from catalog.model import KINDS, Definitions, Location, SqlText
from catalog.project import Project, assemble, with_certificates
from catalog.reading.certificates import read_certificates
from catalog.settings import Settings

VOUCHER = Voucher("Metrics council", datetime.date(2026, 10, 1))

RAW = {"name": "raw.event", "columns": [{"name": n} for n in ("id", "seconds", "kind", "day", "note")]}
METRIC = {
    "name": "mean_time",
    "source": "mart.day",
    "expression": "SUM(seconds) / SUM(items)",
    "unit": "seconds",
}

SQL = {
    "stg.event": """
        WITH kept AS (SELECT id, seconds, kind, day, note FROM raw.event WHERE kind = 'REAL' AND id > 0)
        SELECT id, seconds, day, UPPER(note) AS note FROM kept
    """,
    "int.event": "SELECT s.id, s.seconds, s.day, s.note FROM stg.event AS s JOIN raw.day AS d USING (day)",
    "mart.day": "SELECT day, SUM(seconds) AS seconds, COUNT(id) AS items, MAX(note) AS note "
    "FROM int.event GROUP BY day",
    "mart.other": "SELECT day FROM int.event",
}


def project(sql: dict[str, str] | None = None, **metric: object) -> Project:
    texts = {**SQL, **(sql or {})}
    return assemble(
        Definitions(
            tables=(KINDS["tables"].model_validate(RAW), KINDS["tables"].model_validate({"name": "raw.day"})),  # type: ignore[arg-type]
            metrics=(KINDS["metrics"].model_validate(METRIC | metric),),  # type: ignore[arg-type]
            sql=tuple(
                SqlText(text, Location(f"{table}.sql", 1, 1), "bigquery", table)
                for table, text in texts.items()
                if text
            ),
        ),
        Settings(),
    )


BEFORE = project()
CERTIFICATES = certify(BEFORE, ["mean_time"], VOUCHER)


def held(now: Project) -> Certified:
    return with_certificates(now, CERTIFICATES).certified["mean_time"]


def lapses(now: Project) -> list[str]:
    return [lapse.sentence for lapse in held(now).lapses]


SAME = {
    "formatting and comments": {
        "mart.day": "select  day, -- the day\n sum(seconds) as seconds, count(id) as items, max(note) note "
        "from int.event group by 1"
    },
    "another name of a WITH query": {
        "stg.event": "WITH real AS (SELECT * FROM raw.event WHERE kind = 'REAL' AND id > 0) "
        "SELECT id, seconds, day, UPPER(note) AS note FROM real"
    },
    "no WITH query": {
        "stg.event": "SELECT id, seconds, day, UPPER(note) AS note FROM raw.event "
        "WHERE kind = 'REAL' AND id > 0"
    },
    "the order of conditions": {
        "stg.event": "SELECT id, seconds, day, UPPER(note) AS note FROM raw.event "
        "WHERE id > 0 AND 'REAL' = kind"
    },
    "the order of columns": {
        "mart.day": "SELECT COUNT(id) AS items, SUM(seconds) AS seconds, MAX(note) AS note, day "
        "FROM int.event GROUP BY day"
    },
    "another alias": {
        "int.event": "SELECT e.id, e.seconds, e.day, e.note FROM stg.event e JOIN raw.day x USING (day)"
    },
    "a column that does not reach it": {
        "mart.day": "SELECT day, SUM(seconds) AS seconds, COUNT(id) AS items, MIN(note) AS note "
        "FROM int.event GROUP BY day"
    },
    "a table that does not reach it": {"mart.other": "SELECT DISTINCT day FROM int.event WHERE id = 1"},
}


@pytest.mark.parametrize("sql", SAME.values(), ids=SAME)
def test_what_changes_nothing_keeps_the_certificate(sql: dict[str, str]) -> None:
    assert held(project(sql)).validity is Validity.HOLDS


@pytest.mark.parametrize(
    "said",
    [{"description": "In other words."}, {"label": "Mean time"}, {"limitations": ("Late events miss.",)}],
)
def test_words_may_be_improved_under_a_certificate(said: dict[str, object]) -> None:
    assert held(project(**said)).validity is Validity.HOLDS


OTHER = {
    "which rows `stg.event` has is decided otherwise": {
        "stg.event": "SELECT id, seconds, day, UPPER(note) AS note FROM raw.event WHERE kind = 'REAL'"
    },
    "`stg.event.seconds` is computed otherwise": {
        "stg.event": "SELECT id, seconds / 1000 AS seconds, day, UPPER(note) AS note FROM raw.event "
        "WHERE kind = 'REAL' AND id > 0"
    },
    "which rows `int.event` has is decided otherwise": {
        "int.event": "SELECT s.id, s.seconds, s.day, s.note FROM stg.event s LEFT JOIN raw.day d USING (day)"
    },
    "`mart.day.items` is computed otherwise": {
        "mart.day": "SELECT day, SUM(seconds) AS seconds, COUNT(DISTINCT id) AS items, MAX(note) AS note "
        "FROM int.event GROUP BY day"
    },
    "`raw.day` reaches it and did not": {"raw.day": "SELECT DATE '2026-01-01' AS day"},
    "which rows `int.event` has is decided otherwise ": {
        "stg.event": "",
        "int.event": "SELECT s.id, s.seconds, s.day, s.note FROM raw.event s JOIN raw.day d USING (day)",
    },
}


@pytest.mark.parametrize(("sentence", "sql"), OTHER.items(), ids=OTHER)
def test_a_change_of_meaning_anywhere_upstream_is_named(sentence: str, sql: dict[str, str]) -> None:
    now = project(sql)
    assert held(now).validity is Validity.LAPSED
    assert sentence.strip() in lapses(now)


def test_a_change_is_named_where_it_was_made_and_nowhere_below() -> None:
    now = project({"stg.event": SQL["stg.event"].replace("'REAL'", "'ALL'")})
    assert lapses(now) == ["which rows `stg.event` has is decided otherwise"]
    assert held(now).lapses[0].location.file == "stg.event.sql"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"unit": "minutes"}, "the unit of `mean_time` is another"),
        ({"expression": "SUM(seconds)"}, "the expression of `mean_time` is another"),
        ({"filter": "day > '2026-01-01'"}, "the choice of rows of `mean_time` is another"),
        ({"timezone": "UTC"}, "the timezone of `mean_time` is given"),
        ({"unit": None}, "the unit of `mean_time` is no longer given"),
    ],
)
def test_a_change_of_the_definition_is_named(said: dict[str, object], sentence: str) -> None:
    assert lapses(project(**said)) == [sentence]


@pytest.mark.parametrize("odd", [{"rules": "0.7"}, {"parts": ("habit wait 91f0",)}], ids=str)
def test_a_fingerprint_by_other_rules_is_not_called_a_change(odd: dict[str, object]) -> None:
    older = tuple(each.model_copy(update=odd) for each in CERTIFICATES)
    certified = with_certificates(project(unit="minutes"), older).certified["mean_time"]
    assert (certified.validity, certified.lapses) == (Validity.OTHER_RULES, ())


def test_what_the_lineage_did_not_see_is_recorded() -> None:
    dynamic = project(
        {"int.event": "EXECUTE IMMEDIATE query_text; INSERT INTO int.event SELECT * FROM nowhere.t"}
    )
    (certificate,) = certify(dynamic, ["mean_time"], VOUCHER)
    assert "int.event" in certificate.not_seen
    assert "nowhere.t" in certificate.not_seen
    assert CERTIFICATES[0].not_seen == ()


def test_tables_that_feed_each_other_can_be_certified() -> None:
    circle = {"stg.event": "SELECT id, seconds, day, note FROM mart.day JOIN raw.event USING (id)"}
    assert validity_after(circle, circle) is Validity.HOLDS


def validity_after(then: dict[str, str], now: dict[str, str]) -> Validity:
    certificates = certify(project(then), ["mean_time"], VOUCHER)
    return with_certificates(project(now), certificates).certified["mean_time"].validity


def test_statements_that_add_rows_may_stand_in_any_order_and_others_may_not() -> None:
    one, two = "INSERT INTO {} SELECT 1 AS day", "INSERT INTO {} SELECT 2 AS day"
    gone = "DELETE FROM raw.day WHERE day = 1"
    sql = {"raw.day": f"{one};{two}".format("raw.day", "raw.day")}
    certificates = certify(project(sql), ["mean_time"], VOUCHER)
    swapped = {"raw.day": f"{two};{one}".format("raw.day", "raw.day")}
    assert with_certificates(project(swapped), certificates).certified["mean_time"].validity is Validity.HOLDS
    sql = {"raw.day": f"{one};{gone}".format("raw.day")}
    certificates = certify(project(sql), ["mean_time"], VOUCHER)
    swapped = {"raw.day": f"{gone};{one}".format("raw.day")}
    assert (
        with_certificates(project(swapped), certificates).certified["mean_time"].validity is Validity.LAPSED
    )


def test_an_unknown_metric_is_guessed_at() -> None:
    with pytest.raises(CatalogError) as raised:
        certify(BEFORE, ["meantime"], VOUCHER)
    assert (str(raised.value), raised.value.hint) == (
        "there is no metric `meantime`",
        "Did you mean `mean_time`?",
    )


def test_other_rules_have_another_number() -> None:
    """Where this fails, texts are made canonical otherwise, or parts digested otherwise, than before.

    Certificates would lapse without a change: raise `FORM` of canonical form, or the number in `RULES`, and
    certify the example anew.
    """
    assert (CERTIFICATES[0].rules, CERTIFICATES[0].fingerprint) == ("1.1", "ef6be7a354b09a3fdedde5c7688cd50c")


def test_several_texts_that_fill_a_table_may_be_formatted_otherwise() -> None:
    def filled_twice(one: str, other: str) -> Project:
        texts = [SqlText(sql, Location(f"{n}.sql", 1, 1), "bigquery") for n, sql in enumerate((one, other))]
        written = Definitions(
            metrics=(KINDS["metrics"].model_validate(METRIC),),  # type: ignore[arg-type]
            sql=tuple(texts),
        )
        return assemble(written, Settings())

    made = "CREATE TABLE mart.day AS SELECT 1 AS seconds, 2 AS items"
    mended = "UPDATE mart.day SET items = 3 WHERE seconds = 1"
    certificates = certify(filled_twice(made, mended), ["mean_time"], VOUCHER)
    for texts in ((made.lower(), f"  {mended}"), (mended, made)):
        now = with_certificates(filled_twice(*texts), certificates)
        assert now.certified["mean_time"].validity is Validity.HOLDS


# The file


def written(folder: Path, *certificates: Certificate) -> Path:
    (folder / CERTIFICATES_FILE).write_text(certificates_text(certificates), "utf-8")
    return folder


ODD = CERTIFICATES[0].model_copy(
    update={"by": 'Ann "the \\ eye"\u2028: # x', "note": "é – 🙂", "not_seen": ("raw.day",)}
)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    read, misfits = read_certificates(written(tmp_path, ODD))
    assert misfits == ()
    assert [each.model_dump(exclude={"origin"}) for each in read] == [ODD.model_dump(exclude={"origin"})]
    assert certificates_text(read) == certificates_text([ODD])


def test_a_metric_is_one_block_whose_place_depends_on_its_name_alone() -> None:
    a, b = (CERTIFICATES[0].model_copy(update={"metric": name}) for name in "ab")
    assert certificates_text([b, a]) == certificates_text(with_renewed([a], [b, a]))
    assert certificates_text([a, b]).startswith(certificates_text([a]).rstrip("\n"))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "definition unit",
            "definition until",
            "the parts of the certificate of `mean_time` do not give its",
        ),
        ("by:", "bye:", "unknown key `bye`"),
        ("certificates:", "<<<<<<< HEAD\ncertificates:", ""),
    ],
)
def test_a_damaged_file_is_a_finding_and_no_certificate(
    old: str, new: str, message: str, tmp_path: Path
) -> None:
    file = written(tmp_path, *CERTIFICATES) / CERTIFICATES_FILE
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
    read, misfits = read_certificates(tmp_path)
    assert read == ()
    assert misfits
    assert misfits[0].message.startswith(message)
    assert misfits[0].hint
    assert misfits[0].location.file == CERTIFICATES_FILE


def test_a_metric_that_a_merge_certified_twice_is_a_finding(tmp_path: Path) -> None:
    read, misfits = read_certificates(written(tmp_path, *CERTIFICATES, *CERTIFICATES))
    assert len(read) == 1
    assert [misfit.message for misfit in misfits] == [
        f"`mean_time` has a second certificate, first at {read[0].at('metric')}"
    ]


# What git has


YAML = """
tables:
  - {name: raw.event, description: Events., columns: [{name: id}, {name: kind}]}
  - {name: mart.real, description: Real ones., grain: One row per event., sql: real.sql}
metrics:
  - {name: events, description: How many., source: mart.real, expression: COUNT(id)}
"""
REAL = "SELECT id FROM raw.event WHERE kind = 'REAL'"


def certified_repository(folder: Path) -> Path:
    files = {
        "plumbline.yml": "name: Example\n",
        ".gitignore": ".plumbline/\n",
        "definitions/all.yml": YAML,
        "definitions/real.sql": REAL,
    }
    commit(new_repository(folder), dict(files))
    made = certify(open_project(folder), ["events"], VOUCHER)
    commit(folder, {CERTIFICATES_FILE: certificates_text(made)})
    commit(folder, {"definitions/real.sql": f"{REAL} AND id > 7"})
    return folder


def told(folder: Path) -> list[str]:
    return [
        f"{lapse.location.file}:{lapse.location.line} {lapse.sentence}"
        for lapse in with_told_lapses(open_project(folder), folder).certified["events"].lapses
    ]


def test_a_lapse_is_told_as_a_comparison_tells_it_where_git_has_the_certified_state(
    tmp_path: Path,
) -> None:
    repository = certified_repository(tmp_path / "whole")
    in_words = told(repository)
    assert in_words != ["definitions/real.sql:1 which rows `mart.real` has is decided otherwise"]
    assert in_words[0].startswith("definitions/real.sql:1 ")
    assert "7" in in_words[0]
    clone = tmp_path / "shallow"
    git(tmp_path, "clone", "--quiet", "--depth", "1", repository.as_uri(), str(clone))
    assert told(clone) == ["definitions/real.sql:1 which rows `mart.real` has is decided otherwise"]


def test_where_a_rewritten_history_never_held_the_certified_state_the_part_is_named(
    tmp_path: Path,
) -> None:
    repository = certified_repository(tmp_path)
    git(repository, "reset", "--quiet", "--soft", "HEAD~2")
    commit(repository)
    assert told(repository) == ["definitions/real.sql:1 which rows `mart.real` has is decided otherwise"]


def test_who_vouches_is_asked_of_git_and_has_to_be_somebody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    day = datetime.date(2026, 10, 1)
    with pytest.raises(CatalogError, match="nobody is named who vouches for it"):
        voucher_of(new_repository(tmp_path), None, day)
    git(tmp_path, "config", "user.name", "Ops council")
    assert voucher_of(tmp_path, None, day) == Voucher("Ops council", day)
    assert voucher_of(tmp_path, "Council", day, " Counted. ") == Voucher("Council", day, "Counted.")
