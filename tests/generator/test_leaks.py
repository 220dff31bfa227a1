"""The gate behind the partner site."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from catalog import CatalogError, ExportFile
from generator.leaks import Leak, digests_below, find_leaks, forbid_leaks, forbid_leaks_in

NOTHING: frozenset[str] = frozenset()


def leaks(folder: Path, *identifiers: str) -> list[Leak]:
    return list(find_leaks(folder, identifiers, NOTHING))


def test_an_identifier_is_found_where_it_stands(tmp_path: Path) -> None:
    (tmp_path / "metrics").mkdir()
    (tmp_path / "metrics" / "index.html").write_text("<p>é from queue_daily</p>", encoding="utf-8")
    assert leaks(tmp_path, "queue_daily") == [Leak("metrics/index.html", 11, "queue_daily")]


@pytest.mark.parametrize(
    "text", ["queue_daily_old", "my_queue_daily", "queue_dailyé", "queue daily", "queue-daily"]
)
def test_a_part_of_a_longer_word_is_no_leak(tmp_path: Path, text: str) -> None:
    (tmp_path / "page.html").write_text(text, encoding="utf-8")
    assert leaks(tmp_path, "queue_daily") == []


@pytest.mark.parametrize(
    ("identifier", "text"),
    [
        ("mart_ops.queue_daily", "from mart_ops.queue_daily;"),
        ("mart_ops.queue_daily", "MART_OPS.Queue_Daily"),
        ("queue-daily.sql", "see queue-daily.sql."),
        ("warteschlange_täglich", "<td>warteschlange_täglich</td>"),
        ("warteschlange_täglich", '{"name": "warteschlange_t\\u00e4glich"}'),
        ("warteschlange_täglich", '<a href="warteschlange_t%C3%A4glich/">'),
        ("queue<daily>.raw", "queue&lt;daily&gt;.raw"),
        ("_row_id", "(_row_id)"),
    ],
)
def test_a_name_is_found_in_every_way_it_can_be_written(tmp_path: Path, identifier: str, text: str) -> None:
    (tmp_path / "page.html").write_text(text, encoding="utf-8")
    assert [leak.identifier for leak in leaks(tmp_path, identifier)] == [identifier]


def test_file_names_pictures_and_packed_files_are_searched_too(tmp_path: Path) -> None:
    (tmp_path / "queue_daily.html").write_text("")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\xff\xfe\x00 queue_daily \xff")
    (tmp_path / "sitemap.xml.gz").write_bytes(gzip.compress(b"<loc>queue_daily</loc>"))
    found = leaks(tmp_path, "queue_daily")
    assert [(leak.file, leak.offset) for leak in found] == [
        ("picture.png", 12),
        ("queue_daily.html", -1),
        ("sitemap.xml.gz", 5),
    ]


def test_a_file_is_excused_by_its_content_alone(tmp_path: Path) -> None:
    theme, site = tmp_path / "theme", tmp_path / "site"
    theme.mkdir()
    site.mkdir()
    (theme / "bundle.js").write_text("const page_id = 1")
    (site / "bundle.js").write_text("const page_id = 1")
    (site / "other.js").write_text("const page_id = 1;")
    excused = digests_below([theme])
    assert [leak.file for leak in find_leaks(site, ["page_id"], excused)] == ["other.js"]


def test_leaks_end_the_build_and_say_where_what_and_how_to_mend(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("from queue_daily")
    with pytest.raises(CatalogError) as caught:
        forbid_leaks(tmp_path, ["queue_daily"], NOTHING)
    assert "page.html: byte 5: `queue_daily`" in str(caught.value)
    assert caught.value.hint
    assert "audience: partner" in caught.value.hint


def test_a_clean_folder_passes(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("the open backlog, by day")
    forbid_leaks(tmp_path, ["queue_daily"], NOTHING)


def packed(**members: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return content.getvalue()


def test_archives_are_searched_in_each_member_and_its_name(tmp_path: Path) -> None:
    inner = packed(**{"sheet.xml": b"<t>from queue_daily</t>"})
    (tmp_path / "book.xlsx").write_bytes(packed(**{"queue_daily.txt": b"", "inner.zip": inner}))
    assert leaks(tmp_path, "queue_daily") == [
        Leak("book.xlsx", 30, "queue_daily"),
        Leak("book.xlsx!inner.zip!sheet.xml", 8, "queue_daily"),
    ]


@pytest.mark.parametrize("fault", ["too much", "too deep", "locked"])
def test_an_archive_that_cannot_be_searched_is_not_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    content = packed(member=b"x" * 1000)
    if fault == "too much":
        monkeypatch.setattr("generator.leaks.MOST_UNPACKED", 999)
    if fault == "too deep":
        for _ in range(4):
            content = packed(inner=content)
    if fault == "locked":
        place = content.index(b"PK\x01\x02") + 8
        content = content[:place] + b"\x01" + content[place + 1 :]
    (tmp_path / "book.xlsx").write_bytes(content)
    with pytest.raises(CatalogError, match=r"book\.xlsx.*cannot be searched"):
        leaks(tmp_path, "queue_daily")


def test_an_export_may_have_keys_of_its_own_but_no_internal_name_elsewhere() -> None:
    def file(text: str) -> ExportFile:
        return ExportFile("catalog.json", text.encode(), frozenset({"primary_key"}))

    forbid_leaks_in([file('{\n  "primary_key": "day"\n}')], ["primary_key"])
    for text in ('{\n  "label": "primary_key"\n}', '{\n  "label": "\\n  \\"primary_key\\":"\n}'):
        with pytest.raises(CatalogError, match=r"catalog\.json: byte .* `primary_key`"):
            forbid_leaks_in([file(text)], ["primary_key"])
