"""What changed, as a feed for readers of feeds (Atom, RFC 4287).

Ids are made from names and days, never from words, so a corrected slip of the pen is no news.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from uuid import UUID, uuid5
from xml.etree import ElementTree as ET

from catalog import Table

from .links import CHANGES, FEED, href, path_of
from .pages.history import Entry, history
from .site import Site, SiteFile
from .text import plain

ATOM = "http://www.w3.org/2005/Atom"
NAMESPACE = UUID("7f0e1a52-5a0c-5d0e-9d3a-3f3c2b6f8f11")
"""The name space of our ids (RFC 9562, version 5)."""
MOST_ENTRIES = 100

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed_files(site: Site) -> Iterator[SiteFile]:
    """The feed; none where nothing has a date."""
    entries = history(site)
    if entries:
        yield SiteFile(FEED, feed(site, entries))


def has_feed(site: Site) -> bool:
    """Has anything on this site a date?"""
    return bool(history(site))


def feed(site: Site, entries: tuple[Entry, ...]) -> bytes:
    """The newest of the entries, which come newest first. Addresses are relative to the feed."""
    shown = entries[:MOST_ENTRIES]
    root = ET.Element("feed", xmlns=ATOM)
    name = site.project.settings.name
    _add(root, "id", _id(site, "feed", site.audience.value))
    _add(root, "title", f"What changed - {name}")
    _add(root, "updated", _moment(max(entry.updated for entry in shown)))
    _add(ET.SubElement(root, "author"), "name", name)
    ET.SubElement(root, "link", rel="self", type="application/atom+xml", href=_from_feed(FEED))
    ET.SubElement(root, "link", rel="alternate", type="text/html", href="./")
    for entry in shown:
        _add_entry(root, entry, site)
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def _add_entry(root: ET.Element, entry: Entry, site: Site) -> None:
    part = ET.SubElement(root, "entry")
    kind = "issue" if entry.is_issue else "change"
    _add(part, "id", _id(site, kind, path_of(entry.thing), entry.date.isoformat(), str(entry.repeat)))
    _add(part, "title", f"{_called(entry, site)}: {_headline(entry)}")
    _add(part, "published", _moment(entry.date))
    _add(part, "updated", _moment(entry.updated))
    ET.SubElement(part, "link", rel="alternate", type="text/html", href=_from_feed(entry.path))
    team = site.project.catalog.teams.get(entry.thing.owner or "")
    if team:
        _add(ET.SubElement(part, "author"), "name", team.title)
    ET.SubElement(part, "category", term=kind)
    told = filter(None, (plain(entry.text), plain(entry.effect), plain(entry.state)))
    _add(part, "summary", " ".join(told))


def _headline(entry: Entry) -> str:
    if entry.is_issue:
        where = f" in “{entry.detail}”" if entry.detail else ""
        return f"known issue{where}"
    version = f"version {entry.version}" if entry.version else "a change"
    return f"{version}, break in series" if entry.is_break else version


def _called(entry: Entry, site: Site) -> str:
    is_by_name = isinstance(entry.thing, Table) and not site.is_for_partners
    return entry.thing.name if is_by_name else entry.thing.title


def _from_feed(path: str) -> str:
    return href(path, start=CHANGES)


def _id(site: Site, *names: str) -> str:
    named = "\n".join((site.project.settings.name, *names))
    return f"urn:uuid:{uuid5(NAMESPACE, _NOT_IN_XML.sub('', named))}"


def _moment(day: datetime.date) -> str:
    """The beginning of a day as RFC 3339 has it."""
    return f"{day.isoformat()}T00:00:00Z"


def _add(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = _NOT_IN_XML.sub("", text)
