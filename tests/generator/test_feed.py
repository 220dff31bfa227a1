"""The feed of what changed: valid Atom (RFC 4287), and an entry stays itself when its words are corrected."""

import datetime
import re
from xml.etree import ElementTree as ET

import pytest
from small_catalog import DEFINITIONS, SETTINGS, TODAY, small_site

from catalog import Audience, open_project
from generator.assembly import site_of
from generator.feed import feed_files
from generator.site import Site

ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def feed_of(site: Site) -> ET.Element:
    (file,) = feed_files(site)
    assert file.path == "changes/feed.xml"
    return ET.fromstring(file.content)


def texts(element: ET.Element, tag: str) -> list[str]:
    return [found.text or "" for found in element.findall(f"{ATOM}{tag}")]


def entries(feed: ET.Element) -> list[ET.Element]:
    return feed.findall(f"{ATOM}entry")


def site_with(folder, definitions: str, today: datetime.date = TODAY) -> Site:
    (folder / "definitions").mkdir(parents=True)
    (folder / "plumbline.yml").write_text(SETTINGS, "utf-8")
    (folder / "definitions" / "all.yml").write_text(definitions, "utf-8")
    return site_of(open_project(folder), Audience.INTERNAL, today=today)


@pytest.mark.parametrize("audience", [Audience.INTERNAL, Audience.PARTNER])
def test_the_feed_has_all_that_atom_asks_for(tmp_path, audience):
    feed = feed_of(small_site(tmp_path, audience))
    assert feed.tag == f"{ATOM}feed"
    found = entries(feed)
    assert len(found) == 4
    for part in (feed, *found):
        for tag in ("id", "title", "updated"):
            assert len(texts(part, tag)) == 1, tag
        assert texts(part, "id")[0].startswith("urn:uuid:")
        assert MOMENT.fullmatch(texts(part, "updated")[0])
        assert [link.get("rel") for link in part.findall(f"{ATOM}link")].count("alternate") == 1
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    ids = [texts(part, "id")[0] for part in (feed, *found)]
    assert len(set(ids)) == len(ids)


def test_the_newest_comes_first_and_the_feed_is_as_new_as_its_newest_entry(tmp_path):
    feed = feed_of(small_site(tmp_path))
    days = [texts(entry, "published")[0] for entry in entries(feed)]
    assert days == sorted(days, reverse=True)
    assert texts(feed, "updated") == [max(texts(entry, "updated")[0] for entry in entries(feed))]


def test_an_entry_tells_what_changed_and_leads_there(tmp_path):
    entry = next(e for e in entries(feed_of(small_site(tmp_path))) if texts(e, "summary") == ["Second."])
    assert texts(entry, "title") == ["Removal share: version 2.0, break in series"]
    assert texts(entry, "updated") == ["2026-03-01T00:00:00Z"]
    assert entry.find(f"{ATOM}link").get("href") == "../metrics/removal_share/#changes"


def test_an_entry_keeps_its_id_when_its_words_are_corrected(tmp_path):
    before = feed_of(site_with(tmp_path / "a", DEFINITIONS))
    after = feed_of(site_with(tmp_path / "b", DEFINITIONS.replace("text: Second.", "text: The second one.")))
    assert [texts(e, "id") for e in entries(before)] == [texts(e, "id") for e in entries(after)]
    assert [texts(e, "summary") for e in entries(before)] != [texts(e, "summary") for e in entries(after)]


def test_the_feed_does_not_know_the_day_of_the_build(tmp_path):
    old = small_site(tmp_path)
    new = Site(old.project, old.audience, old.findings, TODAY + datetime.timedelta(days=1000))
    assert [file.content for file in feed_files(old)] == [file.content for file in feed_files(new)]


def test_partners_get_no_entry_of_what_they_may_not_see(tmp_path):
    internal = DEFINITIONS.replace(
        "    description: Nobody's business.\n",
        "    description: x\n    changes: [{date: 2026-01-01, text: Pay rose.}]\n",
    )
    site = site_with(tmp_path, internal)
    assert b"Pay rose." in next(iter(feed_files(site))).content
    cut = site_of(site.project, Audience.PARTNER, today=TODAY)
    assert b"Pay" not in next(iter(feed_files(cut))).content


def test_where_nothing_has_a_date_there_is_no_feed(tmp_path):
    assert [*feed_files(site_with(tmp_path, "tables: [{name: a.b}]"))] == []


def test_characters_that_xml_has_not_are_left_out(tmp_path):
    odd = 'tables: [{name: a.b, changes: [{date: 2026-01-01, text: "Odd \\x01 <b> & ]]>"}]}]'
    (entry,) = entries(feed_of(site_with(tmp_path, odd)))
    assert texts(entry, "summary") == ["Odd  <b> & ]]>"]
