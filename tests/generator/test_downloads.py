"""The data dictionary that a site offers."""

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from small_catalog import pages_by_path, small_site

from catalog import Audience
from generator.downloads import dictionary_entries, dictionary_path
from generator.site import Site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return small_site(tmp_path_factory.mktemp("internal"))


def test_the_page_of_all_names_leads_to_it(site: Site) -> None:
    assert site.dictionary == "downloads/data-dictionary.xlsx"
    (link,) = re.findall(r'<a href="([^"]+)" download>', pages_by_path(site)["a-z/"].body)
    assert link == f"../{site.dictionary}"
    assert "download>" not in pages_by_path(replace(site, dictionary=""))["a-z/"].body


def test_it_is_a_workbook_whose_rows_lead_to_the_site(site: Site) -> None:
    (entry,) = dictionary_entries(site, "https://data.example.com/catalog/")
    assert entry.path == site.dictionary
    metrics = load_workbook(io.BytesIO(entry.content()))["Metrics"]
    assert metrics["A2"].hyperlink.target == "https://data.example.com/catalog/metrics/old_share/"


def test_nobody_knows_addresses_of_a_site_that_has_none(site: Site) -> None:
    (entry,) = dictionary_entries(site, None)
    assert load_workbook(io.BytesIO(entry.content()))["Metrics"]["A2"].hyperlink is None


def test_partners_get_one_of_their_own(tmp_path: Path) -> None:
    site = small_site(tmp_path, Audience.PARTNER)
    assert site.dictionary == "downloads/data-dictionary-for-partners.xlsx"
    (entry,) = dictionary_entries(site, None)
    tables = load_workbook(io.BytesIO(entry.content()))["Tables"]
    assert [row[0].value for row in tables.iter_rows(min_row=2)] == ["Cases by day"]


def test_where_no_workbook_can_be_written_it_is_csv_files(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.downloads.can_write_xlsx", lambda: False)
    path = dictionary_path(site.project, site.audience)
    (entry,) = dictionary_entries(replace(site, dictionary=path), None)
    assert entry.path == "downloads/data-dictionary.zip"
    with zipfile.ZipFile(io.BytesIO(entry.content())) as archive:
        assert archive.namelist()[:2] == ["tables.csv", "columns.csv"]
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert entry.content() == entry.content()


def test_it_is_known_again_by_what_it_says(site: Site) -> None:
    (entry,) = dictionary_entries(site, None)
    (again,) = dictionary_entries(replace(site), None)
    (moved,) = dictionary_entries(site, "https://data.example.com/")
    assert entry.digest == again.digest != moved.digest


def test_a_great_catalog_has_none(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.downloads.MOST_ROWS", 3)
    assert dictionary_path(site.project, site.audience) == ""
    assert list(dictionary_entries(replace(site, dictionary=""), None)) == []
