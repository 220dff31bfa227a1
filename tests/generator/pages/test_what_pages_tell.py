"""What a reader learns from each type of page, and what only engineers learn."""

import json
import re

import pytest
from page_reading import Read, read
from small_catalog import TODAY, pages_by_path, small_site

from catalog import Audience, open_project
from generator.assembly import site_of
from generator.site import Page

Pages = dict[str, Page]


@pytest.fixture(scope="module")
def engineers(tmp_path_factory) -> Pages:
    return pages_by_path(small_site(tmp_path_factory.mktemp("small")))


@pytest.fixture(scope="module")
def partners(tmp_path_factory) -> Pages:
    return pages_by_path(small_site(tmp_path_factory.mktemp("small"), Audience.PARTNER))


def told(pages: Pages, path: str) -> Read:
    found = read(pages[path].body)
    assert found.faults == []
    return found


def in_order(text: str, *pieces: str) -> bool:
    """Does the text hold the pieces, one after the other?"""
    place = 0
    for piece in pieces:
        found = text.find(piece, place)
        if found < 0:
            return False
        place = found + len(piece)
    return True


def test_what_is_told_of_a_column_is_told_in_words_apart(engineers):
    for path in ("tables/mart.day/", "tables/secret.pay/"):
        assert re.findall(r"\w</(?:a|span|code)><(?:a|span|code)\b[^>]*>\w[^<]*", engineers[path].body) == []


@pytest.mark.parametrize(
    ("audience", "first_words"),
    [
        (Audience.INTERNAL, "Nothing is described yet. Write a first table under tables:"),
        (Audience.PARTNER, "Nothing is published here yet."),
    ],
)
def test_an_empty_home_says_so(tmp_path, audience, first_words):
    (tmp_path / "definitions").mkdir()
    (tmp_path / "plumbline.yml").write_text("name: New\n", "utf-8")
    site = site_of(open_project(tmp_path), audience, today=TODAY)
    home = told(pages_by_path(site), "").text
    assert first_words in home
    assert "Lineage complete" not in home
    assert "Health" not in home


def test_a_home_without_layers_speaks_of_tables_alone(tmp_path):
    (tmp_path / "definitions").mkdir()
    (tmp_path / "plumbline.yml").write_text("name: New\n", "utf-8")
    (tmp_path / "definitions" / "all.yml").write_text("tables: [{name: a.day}]", "utf-8")
    site = site_of(open_project(tmp_path), Audience.INTERNAL, today=TODAY)
    home = told(pages_by_path(site), "").text
    assert in_order(home, "Tables", "1 All tables")
    assert "layer" not in home


def test_an_empty_coverage_counts_nothing_and_praises_nothing(tmp_path):
    (tmp_path / "definitions").mkdir()
    (tmp_path / "plumbline.yml").write_text("name: New\n", "utf-8")
    site = site_of(open_project(tmp_path), Audience.INTERNAL, today=TODAY)
    coverage = told(pages_by_path(site), "coverage/").text
    assert "there is nothing to count" in coverage
    assert "Nothing to do" not in coverage
    assert "By layer" not in coverage


def test_the_home_of_sql_without_definitions_names_its_tables(tmp_path):
    (tmp_path / "definitions").mkdir()
    (tmp_path / "plumbline.yml").write_text("name: New\n", "utf-8")
    (tmp_path / "definitions" / "day.sql").write_text(
        "create table mart.day as select a from raw.event", "utf-8"
    )
    site = site_of(open_project(tmp_path), Audience.INTERNAL, today=TODAY)
    home = told(pages_by_path(site), "").text
    assert in_order(home, "Nothing is described yet", "2 tables", "mart.day", "raw.event", "Health")


def test_a_description_stands_for_a_summary_that_is_missing(engineers):
    page = told(engineers, "tables/raw.event/").text
    assert "Nobody has said" not in page
    assert page.count("What the tool reports.") == 1
    rows = engineers["tables/"].body
    assert "<p>What the tool reports.</p>" in rows


def test_a_metric_first_says_what_it_is_and_whether_to_trust_it(partners):
    assert in_order(
        told(partners, "metrics/removal_share/").text,
        "Metric · quality",
        "Removal share",
        "Of all time, the share of removals.",
        "Certified",
        "Operations",
        "Never older than 26 hours",
        "Reviewed 1 Oct 2026, next due 1 Apr 2027",
        "1 open issue",
        "2 known limits",
        "Version 2.0",
        "At a glance",
        "No good or bad side",
        "Never add or average it",
        "RS, takedown share",
    )


def test_a_ratio_is_a_fraction_in_words(partners):
    text = told(partners, "metrics/removal_share/").text
    assert in_order(text, "cases taken down", "divided by", "time spent", "in seconds", "× 100 %")


def test_the_sections_of_a_metric_come_in_the_readers_order(partners):
    assert [heading.title for heading in partners["metrics/removal_share/"].toc] == [
        "How it is calculated",
        "Known limits",
        "Worked example",
        "Where you can see it",
        "You can split it by",
        "Known issues",
        "What it may be put together with",
        "What changed",
        "Where it comes from",
        "Owner and questions",
        "Related metrics",
        "How to cite it",
    ]


def test_partners_read_no_sql_and_no_name_of_the_warehouse(partners):
    for path, page in partners.items():
        assert "mart.day" not in page.body, path
        assert "COUNTIF" not in page.body, path
        assert "definitions/all.yml" not in page.body, path
        assert "reviewer" not in page.body, path
        assert "Pay" not in page.body, path


def test_engineers_read_the_sql_of_a_metric_and_the_columns_behind_it(engineers):
    text = told(engineers, "metrics/removal_share/").text
    assert in_order(
        text, "Definition in SQL", "SUM(removed)", "FROM mart.day", "Columns it reads", "mart.day.removed"
    )
    assert in_order(text, "2 source columns at the far end", "2 tables upstream")
    assert "Complete" in text


def test_a_change_that_breaks_the_series_is_marked_and_the_newest_comes_first(partners):
    text = told(partners, "metrics/removal_share/").text
    assert in_order(text, "1 Mar 2026 · version 2.0", "Break in series", "Second.", "1 Jan 2025", "First.")


def test_a_certification_lapses_with_its_review(partners):
    text = told(partners, "metrics/removals/").text
    assert in_order(text, "Governed, review overdue", "overdue since 31 Jan 2026")


def test_a_deprecated_metric_names_its_successor(engineers):
    text = told(engineers, "metrics/old_share/").text
    assert in_order(
        text, "Deprecated", "Do not use it any more.", "It ends on 31 Dec 2026", "Use Removal share"
    )


def test_a_metric_is_related_both_ways(partners):
    assert in_order(told(partners, "metrics/removals/").text, "Related metrics", "Removal share")


def test_empty_sections_are_hidden_from_partners_and_named_to_engineers(engineers, partners):
    assert "worked example" not in told(partners, "metrics/removals/").text.lower()
    assert "Not documented" not in told(partners, "metrics/removals/").text
    assert "Not documented" in told(engineers, "metrics/removals/").text


def test_a_column_tells_where_it_comes_from(engineers):
    text = told(engineers, "tables/mart.day/").text
    assert in_order(
        text, "Comes from", "aggregated raw.event.outcome", "COUNTIF(outcome = 'GONE')", "line 45"
    )
    assert in_order(text, "aggregated raw.event.seconds", "SUM(seconds)", "line 46", "Feeds 2")
    assert in_order(text, "Day of the load.", "no column: counted or written in the SQL itself")
    assert in_order(text, "Not in the SQL.", "not produced by the SQL")


def test_the_line_of_a_column_is_on_the_page(engineers):
    found = told(engineers, "tables/mart.day/")
    assert "#L45" in found.addresses
    assert "L45" in found.ids
    assert next(line for line in found.of_class("pl-line") if line["id"] == "L45")["data-line"] == "45"


def test_what_decides_the_rows_of_a_table_is_told_once(engineers):
    assert "Decides which rows count raw.event.id" in told(engineers, "tables/mart.day/").text


def test_a_table_tells_its_jobs_metrics_and_reports(engineers):
    text = told(engineers, "tables/mart.day/").text
    assert in_order(
        text,
        "Metrics and reports it reaches",
        "3 metrics",
        "Old share",
        "1 report",
        "Weekly",
        "Nightly",
        "At 04:00 (UTC)",
    )


def test_a_finding_stands_on_the_page_of_its_table_and_of_its_check(engineers):
    assert "CL003" in told(engineers, "tables/mart.day/").text
    assert "ghost" in told(engineers, "checks/cl003/").text


def test_a_column_of_another_audience_and_personal_data_are_marked(engineers):
    text = told(engineers, "tables/raw.event/").text
    assert in_order(text, "reviewer", "Personal data", "Restricted")


def test_a_restricted_table_is_marked_wherever_it_is_listed(engineers):
    assert "Restricted: named people only" in told(engineers, "tables/secret.pay/").text
    assert in_order(told(engineers, "tables/").text, "secret.pay", "Restricted")


def test_partners_read_the_fields_of_a_table_in_words(partners):
    text = told(partners, "tables/cases-by-day/").text
    assert in_order(
        text,
        "Cases by day",
        "One row per day.",
        "Fields you receive",
        "Removed",
        "Cases taken down.",
        "cases",
    )
    assert "mart" not in text


def test_each_table_and_metric_has_a_drawing_and_the_same_as_a_list(engineers, partners):
    for pages in (engineers, partners):
        drawn = [
            page
            for page in pages.values()
            if page.path.startswith(("metrics/r", "tables/mart", "tables/cases"))
        ]
        assert drawn
        for page in drawn:
            assert "<svg" in page.body
            assert "pl-lineage-list" in page.body


def test_partners_see_a_step_without_a_name_where_the_lineage_goes_on(partners):
    text = told(partners, "tables/cases-by-day/").text
    assert "an internal step" in text
    assert "raw.event" not in partners["tables/cases-by-day/"].body


def test_a_report_tells_its_numbers_and_where_they_differ(partners):
    text = told(partners, "reports/weekly/").text
    assert in_order(
        text, "Open the report", "Everybody.", "Removal share", "Certified", "Differs Without weekends."
    )
    assert in_order(text, "Limits of its numbers", "It is odd.")


def test_a_team_tells_how_to_reach_it_and_what_it_holds(partners):
    found = told(partners, "teams/ops/")
    assert "mailto:ops@example.com" in found.addresses
    assert in_order(
        found.text, "Operations", "#ask-ops", "Metrics", "Removal share", "Tables", "Cases by day"
    )


def test_the_glossary_goes_from_a_to_z_and_puts_digits_last(partners):
    found = told(partners, "glossary/")
    assert [item for item in found.ids if item.startswith("letter-")] == [
        "letter-c",
        "letter-e",
        "letter-other",
    ]
    assert in_order(found.text, "Case", "One pass through review.", "Also: cycle", "Étape", "24h rule")


def test_an_enumeration_tells_its_values_and_the_columns_that_take_them(engineers):
    text = told(engineers, "enums/outcome/").text
    assert in_order(text, "KEPT", "Stays up", "GONE", "Taken down", "raw.event.outcome")


def test_lists_hold_everything_without_javascript(engineers):
    found = told(engineers, "metrics/")
    rows = [attributes["data-pl-row"] for _, attributes in found.tags if "data-pl-row" in attributes]
    assert len(rows) == 3
    assert any("takedown share" in row for row in rows)


def test_home_leads_everywhere_and_begins_with_search(engineers, partners):
    for pages in (engineers, partners):
        home = told(pages, "")
        assert in_order(
            home.text, "Small catalog", "Search the catalog", "Metrics people ask for", "Removal share"
        )
        assert in_order(home.text, "Open issues now", "A day is missing.", "What changed lately", "Second.")
    assert in_order(
        told(engineers, "").text, "Tables by layer", "Source", "Mart", "Health", "columns described"
    )
    assert "Health" not in told(partners, "").text


def test_coverage_and_checks_are_for_engineers_only(engineers, partners):
    assert not [path for path in partners if path.startswith(("checks/", "coverage/"))]
    assert in_order(
        told(engineers, "coverage/").text, "By layer", "By owner", "What to do next", "secret.pay", "no owner"
    )


def test_a_check_is_documented_and_can_be_silenced(engineers):
    titles = [heading.title for heading in engineers["checks/cl003/"].toc]
    assert titles == ["Why", "Bad", "Good", "Found in this catalog", "Silence it"]


def test_a_definition_can_be_edited_where_it_stands(engineers):
    found = told(engineers, "metrics/removals/")
    assert any(
        url.startswith("https://example.com/small/edit/main/definitions/all.yml#L") for url in found.addresses
    )
    assert engineers["metrics/removals/"].source is not None


def test_no_page_runs_or_styles_anything_inline(engineers, partners):
    for pages in (engineers, partners):
        for page in pages.values():
            tags = read(page.body).tags
            assert not [tag for tag, _ in tags if tag in {"script", "style"}], page.path
            assert not [name for _, attributes in tags for name in attributes if name == "style"], page.path


def test_a_job_tells_when_it_runs_what_it_writes_and_what_is_late_with_it(engineers):
    text = told(engineers, "jobs/nightly/").text
    assert in_order(text, "Scheduled query", "Nightly", "Operations", "At 04:00 (UTC)", "0 4 * * * UTC")
    assert in_order(text, "What it writes", "mart.day", "What it reads", "raw.event", "No job of the catalog")
    assert in_order(text, "Runs before", "Weekly mail", "What is late when it is late")
    assert in_order(text, "3 metrics", "Old share", "Removal share", "1 report", "Weekly")


def test_a_job_tells_of_a_table_that_another_job_writes_and_whether_it_waits(engineers):
    text = told(engineers, "jobs/mail/").text
    assert in_order(text, "Runs", "scripts/mail.py", "Runs after", "Nightly")
    hasty = told(engineers, "jobs/hasty/").text
    assert in_order(hasty, "What it reads", "mart.day", "Nightly", "Not waited for")


def test_jobs_are_listed_and_linked_from_tables_for_engineers_alone(engineers, partners):
    assert "../jobs/nightly/" in told(engineers, "jobs/").addresses
    assert "../../jobs/nightly/" in told(engineers, "tables/mart.day/").addresses
    assert not [path for path in partners if path.startswith("jobs/")]


def test_engineers_read_how_complete_a_lineage_is_and_partners_do_not(engineers, partners):
    assert (
        "Complete 1 statement and 3 columns of this table followed to where they come from, and all that"
        in (told(engineers, "tables/mart.day/").text)
    )
    assert "Complete 2 statements and 2 columns of this metric followed" in (
        told(engineers, "metrics/removal_share/").text
    )
    for page in partners.values():
        assert "followed" not in page.body


def test_what_changed_is_told_by_month_with_what_ends_on_top(engineers):
    text = told(engineers, "changes/").text
    assert in_order(
        text, "What changed", "Do not build on these any more", "Old share", "ends on 31 Dec 2026"
    )
    assert in_order(
        text, "Use Removal share instead", "June 2026", "16 Jun 2026 until now", "A day is missing."
    )
    assert in_order(text, "March 2026", "1 Mar 2026", "version 2.0", "Break in series", "Second.")
    assert in_order(text, "Second.", "February 2026", "mart.day", "Weekends count.", "January 2025", "First.")


def test_what_changed_leads_to_the_place_that_tells_it(engineers):
    addresses = told(engineers, "changes/").addresses
    assert "../metrics/removal_share/#changes" in addresses
    assert "../metrics/removal_share/#issues" in addresses
    assert "../tables/mart.day/#changes" in addresses


def test_partners_read_what_changed_of_theirs_alone(partners):
    text = told(partners, "changes/").text
    assert in_order(text, "Removal share", "Second.", "Cases by day", "Weekends count.")
    assert "Old share" not in text
    assert "mart.day" not in text


def test_a_table_tells_what_changed(engineers, partners):
    assert in_order(
        told(engineers, "tables/mart.day/").text, "What changed", "14 Feb 2026", "Weekends count."
    )
    assert in_order(told(partners, "tables/cases-by-day/").text, "What changed", "Weekends count.")


def test_the_home_tells_the_latest_changes_and_open_issues_apart(partners):
    text = told(partners, "").text
    assert in_order(text, "Open issues now", "A day is missing.", "What changed lately", "Second.")
    assert text.count("A day is missing.") == 1


def test_everything_stands_under_its_letter_with_its_other_names(engineers, partners):
    text = told(engineers, "a-z/").text
    assert in_order(text, "C Case Term", "Cases by day see mart.day", "cycle see Case")
    assert in_order(text, "Étape Term", "raw.event Table", "Removal share Metric", "RS see Removal share")
    assert in_order(text, "# 24h rule Term")
    assert "Check TB001" in text
    partner_text = told(partners, "a-z/").text
    assert in_order(partner_text, "Cases by day Table", "takedown share see Removal share")
    assert "mart.day" not in partner_text
    assert "Check" not in partner_text


def test_each_letter_has_a_page_of_its_own_where_there_are_many_names(tmp_path):
    words = "\n".join(
        f"  - {{name: {letter}{number}, definition: x}}" for letter in "ab" for number in range(800)
    )
    (tmp_path / "definitions").mkdir()
    (tmp_path / "plumbline.yml").write_text("name: Many\n", "utf-8")
    (tmp_path / "definitions" / "words.yml").write_text(f"terms:\n{words}\n", "utf-8")
    pages = pages_by_path(site_of(open_project(tmp_path), Audience.INTERNAL, today=TODAY))
    assert "../a-z/letter-a/" in told(pages, "a-z/").addresses
    assert "a799" not in told(pages, "a-z/").text
    assert in_order(told(pages, "a-z/letter-a/").text, "A–Z: A", "a0 Term", "a799 Term")
    assert "b0" not in told(pages, "a-z/letter-a/").text


WAIVED = """
name: Waived
waivers:
  - {check: TB003, subject: a.late, reason: In work., until: 2026-10-01, owner: ops}
  - {check: TB003, subject: a.soon, reason: Almost done., until: 2026-12-01}
  - {check: TB003, subject: a.long, reason: By design., until: 2027-12-01}
  - {check: TB003, subject: a.gone, reason: Long ago., until: 2027-01-01}
"""


def test_waivers_stand_in_the_order_in_which_they_end(tmp_path):
    (tmp_path / "definitions").mkdir()
    (tmp_path / "plumbline.yml").write_text(WAIVED, "utf-8")
    tables = (
        "teams: [{name: ops, label: Operations}]\ntables: [{name: a.late}, {name: a.soon}, {name: a.long}]"
    )
    (tmp_path / "definitions" / "all.yml").write_text(tables, "utf-8")
    pages = pages_by_path(site_of(open_project(tmp_path), Audience.INTERNAL, today=TODAY))
    text = told(pages, "checks/waivers/").text
    assert in_order(text, "a.late", "In work.", "Operations", "1 Oct 2026", "Ended, the finding counts again")
    assert in_order(
        text, "a.late", "a.soon", "1 Dec 2026", "Ends soon", "a.gone", "Matches nothing", "a.long"
    )
    assert in_order(text, "a.long", "By design.", "No owner", "1 Dec 2027", "Holds")
    assert "../../tables/a.late/" in told(pages, "checks/waivers/").addresses
    assert in_order(told(pages, "checks/tb003/").text, "Accepted for a while", "a.long", "until 1 Dec 2027")
    assert "4 waivers" in told(pages, "checks/").text


def test_a_catalog_without_waivers_says_so(engineers, partners):
    assert "No waivers Every finding counts." in told(engineers, "checks/waivers/").text
    assert "checks/waivers/" not in partners


ENTITY_PAGES = ("metrics/removal_share/", "reports/weekly/", "enums/outcome/", "teams/ops/")


@pytest.mark.parametrize("path", [*ENTITY_PAGES, "tables/mart.day/", "jobs/nightly/"])
def test_engineers_edit_a_definition_where_it_is_written(engineers, path):
    page = told(engineers, path)
    edits = [each for each in page.addresses if each.startswith("https://example.com/small/edit/main/")]
    assert "Edit this definition" in page.text
    assert re.fullmatch(r".*/definitions/all\.yml#L\d+", edits[0])


@pytest.mark.parametrize("path", ["metrics/removal_share/", "reports/weekly/", "tables/cases-by-day/"])
def test_partners_ask_the_owner_and_edit_nothing(partners, path):
    page = told(partners, path)
    assert [
        each for each in page.addresses if each.startswith("mailto:ops@example.com?subject=Question%20about")
    ]
    assert "Ask the owner" in page.text
    assert "Edit this definition" not in page.text
    assert "example.com/small" not in partners[path].body


def facets_of(pages: Pages, path: str, words: str) -> set[tuple[str, str]]:
    rows = [found for _, found in told(pages, path).tags if words in found.get("data-pl-row", "")]
    return {(facet, option) for facet, option in json.loads(rows[0]["data-pl-facets"])}


def test_lists_are_narrowed_by_trust_topic_owner_layer_and_where_a_thing_is_seen(engineers, partners):
    metric = {("Trust", "Certified"), ("Topic", "Quality"), ("Owner", "Operations"), ("Seen in", "Weekly")}
    assert facets_of(engineers, "metrics/", "Removal share") >= metric
    table = {("Trust", "In use"), ("Layer", "Mart"), ("Owner", "Operations"), ("Seen in", "Weekly")}
    assert facets_of(engineers, "tables/", "Cases by day") >= table
    assert ("Seen in", "Weekly") in facets_of(partners, "tables/", "Cases by day")


def test_a_column_tells_how_and_in_what_words_it_is_used_next(engineers):
    text = told(engineers, "tables/mart.day/").text
    assert in_order(text, "Cases taken down.", "Feeds 3", "aggregated", "mart.week.removed", "SUM(removed)")
