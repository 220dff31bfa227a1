"""A metric as it stood: a page and a file for each recorded day, cited by both sites."""

import datetime
from hashlib import sha256
from pathlib import Path

import pytest
from page_reading import read
from small_catalog import DEFINITIONS, SETTINGS, TODAY

from catalog import Audience, open_project
from catalog.certificates import CERTIFICATES_FILE, Certificate, certificates_text, digest_of_parts
from catalog.dated import STATES_FILE, DatedChange, Record, record_text, recorded_fields
from catalog.fingerprints import RULES
from generator.assembly import site_of
from generator.feed import feed_files
from generator.pages.changes import changes_pages
from generator.pages.metric import metric_pages
from generator.pages.past_metric import past_definition_files, past_metric_pages
from generator.site import Site

SENTENCE = "rows of `mart.day` with `seconds` below 5 no longer count"
BOTH = (Audience.INTERNAL, Audience.PARTNER)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`removal_share` was worded otherwise, then counted otherwise; it stands since 3 October."""
    root = tmp_path_factory.mktemp("small")
    (root / "definitions").mkdir()
    (root / "plumbline.yml").write_text(SETTINGS, "utf-8")
    (root / "definitions" / "all.yml").write_text(DEFINITIONS, "utf-8")
    now = recorded_fields(open_project(root).catalog.metrics["removal_share"])
    days = [datetime.date(2026, *day) for day in ((3, 1), (6, 30), (10, 3), (11, 5))]
    changes = (
        DatedChange(days[0], "a1", now | {"excludes": ["Spam"], "numerator": {"expression": "SUM(x)"}}),
        DatedChange(days[1], "b2", {"excludes": now["excludes"]}),
        DatedChange(days[2], "c3", {"numerator": now["numerator"]}, (SENTENCE,)),
        DatedChange(days[3], "d4", {"expression": "1", "summary": now["summary"]}),
        DatedChange(datetime.date(2026, 11, 6), "e5", {"expression": None}),
    )
    (root / STATES_FILE).write_text(record_text(Record("e5", {"removal_share": changes})), "utf-8")
    return root


def site(folder: Path, audience: Audience) -> Site:
    return site_of(open_project(folder), audience, today=TODAY)


def current(site: Site) -> str:
    return next(page.body for page in metric_pages(site) if page.path == "metrics/removal_share/")


def past(site: Site) -> dict[str, str]:
    return {page.path: page.body for page in past_metric_pages(site)}


def test_each_recorded_day_has_a_page_with_the_definition_of_that_day(folder: Path) -> None:
    for audience in BOTH:
        pages = past(site(folder, audience))
        before, after = (
            read(pages[f"metrics/removal_share/@{day}/"]).text for day in ("2026-03-01", "2026-06-30")
        )
        assert "From 1 Mar 2026 to 30 Jun 2026." in before
        assert "Spam" in before
        assert "Spam" not in after
        assert "Changed: what does not count." in after


def test_partners_get_no_page_for_a_day_on_which_only_sql_was_written_otherwise(folder: Path) -> None:
    inside, outside = (set(past(site(folder, audience))) for audience in BOTH)
    assert inside - outside == {"metrics/removal_share/@2026-11-05/", "metrics/removal_share/@2026-11-06/"}
    assert outside < inside


def test_both_sites_cite_the_state_of_today_with_the_digest_of_its_file(folder: Path) -> None:
    for audience, day in zip(BOTH, ("2026-11-06", "2026-10-03"), strict=True):
        made = site(folder, audience)
        files = {file.path: file.content for file in past_definition_files(made)}
        file = f"metrics/removal_share/@{day}/definition.json"
        text = read(current(made)).text
        assert f"metrics/removal_share/@{day}/" in text
        assert sha256(files[file]).hexdigest() in text


def test_a_definition_that_has_changed_since_is_not_cited_by_a_recorded_one(
    folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "definitions").mkdir()
    for name in ("plumbline.yml", STATES_FILE):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    (tmp_path / "definitions" / "all.yml").write_text(
        DEFINITIONS.replace("It is odd.", "It is even."), "utf-8"
    )
    text = read(current(site(tmp_path, Audience.INTERNAL))).text
    assert "SHA-256" not in text
    assert "It has changed since" in text


def test_only_engineers_are_told_which_sql_changed_the_numbers(folder: Path) -> None:
    told, partner = (read(current(site(folder, audience))).text for audience in BOTH)
    for text in (told, partner):
        assert "Its values may differ from those before. As it stood on 3 Oct 2026" in text
    assert "mart.day with seconds below 5" in told
    assert "below 5" not in partner
    assert "Only how its SQL is written has changed." in told
    assert "SQL" not in partner.partition("Calculation checked")[0]


def test_numbers_that_changed_untold_are_news_for_the_page_of_changes_and_the_feed(folder: Path) -> None:
    for audience in BOTH:
        made = site(folder, audience)
        (page,) = changes_pages(made)
        assert 'href="../metrics/removal_share/@2026-10-03/"' in page.body
        assert "2026-06-30" not in page.body
        (feed,) = feed_files(made)
        assert b"Its values may differ from those before." in feed.content


def test_a_lapsed_certificate_says_since_when_where_that_is_recorded(folder: Path) -> None:
    parts = {"definition unit": "0"}
    certificate = Certificate(
        metric="removal_share",
        by="Council",
        certified_on=datetime.date(2026, 7, 1),
        rules=RULES,
        fingerprint=digest_of_parts(parts),
        parts=("definition unit 0",),
    )
    file = folder / CERTIFICATES_FILE
    file.write_text(certificates_text([certificate]), "utf-8")
    try:
        for audience in BOTH:
            text = read(current(site(folder, audience))).text
            assert "has changed on 3 Oct 2026, after it was certified on 1 Jul 2026." in text
    finally:
        file.unlink()
