"""A word of its own in every field of everything internal, and none of them in any byte of the partner site.

The leak gate does not run here: the cut and the pages must hold without it.
"""

import datetime
import itertools
import re
import shutil
from collections.abc import Callable
from enum import Enum as PythonEnum
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import pytest
import yaml
from export_reading import exported, unpacked
from pydantic import BaseModel

from catalog import EXPORTS, Audience, open_project
from catalog.audience import LEAVES
from catalog.certificates import CERTIFICATES_FILE, Certificate, certificates_text, digest_of_parts
from catalog.dated import STATES_FILE, DatedChange, Record, record_text
from catalog.fingerprints import RULES
from catalog.model import KINDS, Column, KnownIssue, Table, Written
from generator.assembly import Given, site_of
from generator.plugin import render

ROOT = Path(__file__).parents[2]
CANARY = re.compile(rb"zq\d+kx", re.IGNORECASE)

Word = Callable[[str], str]


@pytest.fixture
def planted() -> dict[str, str]:
    """Canary → where it was planted."""
    return {}


@pytest.fixture
def word(planted: dict[str, str]) -> Word:
    numbers = itertools.count(1000)

    def new(place: str) -> str:
        canary = f"zq{next(numbers)}kx"
        planted[canary] = place
        return canary

    return new


def canaries_of_site(root: Path, audience: Audience) -> set[str]:
    folder = root / "out" / audience.value
    project = open_project(root)
    render(Given(site_of(project, audience, today=datetime.date(2026, 1, 15)), root), folder)
    found: set[bytes] = set()
    for form, export in EXPORTS.items():
        if audience is not Audience.PARTNER or not export.not_for_partners:
            found |= set(CANARY.findall(unpacked(exported(project, form, audience))))
    for file in folder.rglob("*"):
        found |= set(CANARY.findall(file.relative_to(folder).as_posix().encode()))
        if file.is_file():
            found |= set(CANARY.findall(file.read_bytes()))
    return {canary.decode().lower() for canary in found}


def write(file: Path, content: object) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    text = (
        content if isinstance(content, str) else yaml.safe_dump(content, sort_keys=False, allow_unicode=True)
    )
    file.write_text(text, encoding="utf-8")


# A small project in which every field of every kind is filled


def filled(annotation: Any, place: str, word: Word) -> Any:
    """A value that fits the annotation, with a canary wherever text can be."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return filled(arguments[0], place, word)
    if origin in (Union, UnionType):
        return filled(arguments[0], place, word)
    if origin is tuple:
        return [filled(arguments[0], place, word)]
    if origin is dict:
        return {word(f"{place} key"): word(place)}
    if issubclass(annotation, BaseModel):
        return filled_thing(annotation, place, word)
    if issubclass(annotation, PythonEnum):
        return next(iter(annotation)).value
    values = {bool: False, datetime.date: datetime.date(2026, 1, 1)}
    return values[annotation] if annotation in values else word(place)


def filled_thing(kind: type[BaseModel], place: str, word: Word) -> dict[str, Any]:
    return {
        field.alias or name: filled(field.annotation, f"{place}.{name}", word)
        for name, field in kind.model_fields.items()
        # An issue that says nothing of its readers has those of the thing it is written at.
        if name != "origin" and (kind, name) != (KnownIssue, "audience")
    }


HIDDEN = (
    {"audience": "internal", "status": "active"},
    {"audience": "restricted", "status": "active"},
    {"audience": "partner", "status": "draft"},
)

SEEN = {
    "teams": [
        {"name": "ops", "label": "Operations", "description": "Looks after queues.", "audience": "partner"}
    ],
    "terms": [{"name": "backlog", "definition": "What waits.", "description": "x", "audience": "partner"}],
    "tables": [
        {
            "name": "seen.queue",
            "label": "Queue, day by day",
            "description": "Work that waits.",
            "owner": "ops",
            "audience": "partner",
            "columns": [
                {"name": "day", "label": "Day", "description": "The day."},
                {"name": "waiting", "label": "Waiting", "description": "How many wait."},
            ],
        }
    ],
    "metrics": [
        {
            "name": "backlog_open",
            "label": "Open backlog",
            "summary": "Cases that wait.",
            "owner": "ops",
            "audience": "partner",
            "source": "seen.queue",
            "dimensions": ["day"],
            "changes": [{"date": datetime.date(2026, 1, 2), "text": "Counts weekends too."}],
        }
    ],
    "reports": [
        {
            "name": "weekly_pack",
            "label": "Weekly pack",
            "description": "For the meeting.",
            "owner": "ops",
            "audience": "partner",
            "metrics": ["backlog_open"],
        }
    ],
}


def certificate(metric: str, word: Word) -> Certificate:
    """One that has lapsed, with a word of its own wherever text can be."""
    part = f"rows {word('part of a certificate')}"
    return Certificate(
        metric=metric,
        by=word("who vouches"),
        certified_on=datetime.date(2026, 1, 3),
        note=word("note of a certificate"),
        rules=RULES,
        fingerprint=digest_of_parts({part: "0"}),
        not_seen=(word("not seen"),),
        parts=(f"{part} 0",),
    )


def record(metric: str, word: Word) -> Record:
    """A state that partners did not see, one that says in words what they may not read, and one for them."""
    seen = {"label": "Open cases", "summary": "Cases that waited.", "audience": "partner"}
    sql = {"source": word("past source"), "expression": word("past SQL"), "owner": word("past owner")}
    split = {"dimensions": [word("past dimension")], "time_anchor": word("past anchor")}
    days = [datetime.date(2026, 1, day) for day in (1, 2, 3, 4)]
    return Record(
        word("recorded to"),
        {
            metric: (
                DatedChange(days[0], "a", {"summary": word("when it was internal"), "audience": "internal"}),
                DatedChange(days[1], "b", seen | {"summary": word("told too much")}, (), stays_inside=True),
                DatedChange(days[2], word("commit"), seen | sql | split, (word("sentence"),)),
                DatedChange(days[3], "d", {"summary": "Cases that wait."}),
            ),
            word("a metric that is gone"): (DatedChange(days[0], "a", {"summary": word("gone")}),),
        },
    )


def small_project(root: Path, word: Word) -> None:
    """Visible things that lean on hidden ones in every way they can."""
    hidden: dict[str, list[dict[str, Any]]] = {
        kind: [filled_thing(model, kind, word) | audience for audience in HIDDEN]
        for kind, model in KINDS.items()
    }
    first = {kind: things[0] for kind, things in hidden.items()}
    source, column = first["tables"]["name"], first["tables"]["columns"][0]["name"]
    for table in hidden["tables"]:
        table["sql"] = (
            f"SELECT {word('sql column')} AS {column} -- {word('sql comment')}\nFROM {word('sql table')}"
        )
    seen = yaml.safe_load(yaml.safe_dump(SEEN))
    table, metric, report = seen["tables"][0], seen["metrics"][0], seen["reports"][0]
    table |= unseen_fields(Table, table, word)
    table["columns"] += [filled_thing(Column, "column of a partner table", word) | {"audience": "internal"}]
    table["columns"][0] |= unseen_fields(Column, table["columns"][0], word) | {"enum": first["enums"]["name"]}
    table["sql"] = f"{word('sql file')}.sql"
    metric |= {
        "expression": f"SUM(waiting) /* {word('expression comment')} */",
        "numerator": {"expression": f"COUNTIF({word('numerator')})", "label": "Cases that wait"},
        "filter": f"kind = '{word('filter')}'",
        "dimensions": ["day", table["columns"][-1]["name"]],
        "time_anchor": table["columns"][-1]["name"],
        "related_metrics": [{"name": thing["name"], "text": word("relation")} for thing in hidden["metrics"]],
        "replacement": first["metrics"]["name"],
        "tags": [word("tag")],
        "custom_properties": {word("key"): word("property")},
    }
    report["metrics"] += [thing["name"] for thing in hidden["metrics"]]
    report["tables"] = [source]
    report["fields"] = [
        {"name": word("field of a hidden metric"), "metric": first["metrics"]["name"]},
        {"name": word("field of a column"), "column": f"{source}.{column}"},
    ]
    seen["terms"][0]["related"] = [thing["name"] for thing in hidden["terms"]]
    write(root / "definitions" / "seen.yml", seen)
    write(root / CERTIFICATES_FILE, certificates_text([certificate("backlog_open", word)]))
    write(root / STATES_FILE, record_text(record("backlog_open", word)))
    write(root / "definitions" / word("folder") / f"{word('file')}.yml", hidden)
    comment, step = word("sql comment"), word("sql step")
    query = f"WITH {step} AS (SELECT * FROM {source})\nSELECT {column} AS day, 1 AS waiting FROM {step}"
    write(root / "definitions" / table["sql"], f"/* {comment} */ {query}")
    write(root / "plumbline.yml", settings(word) | {"dialect": "duckdb"})
    configuration = (ROOT / "generator" / "theme" / "mkdocs.yml").read_text(encoding="utf-8")
    address = "audience: internal\n      partner_url: https://partners.example.org/"
    write(root / "mkdocs.yml", configuration.replace("audience: internal", address))


def unseen_fields(kind: type[Written], thing: dict[str, Any], word: Word) -> dict[str, Any]:
    """The fields of a visible thing that are not for partners, filled."""
    unseen = kind.model_fields.keys() - LEAVES[kind] - thing.keys() - {"origin", "kind", "layer", "dialect"}
    fields = kind.model_fields
    return {
        name: filled(fields[name].annotation, f"partner {kind.__name__}.{name}", word)
        for name in sorted(unseen)
    }


def settings(word: Word) -> dict[str, Any]:
    return {
        "name": "Catalog",
        "database": word("database"),
        "schema": word("schema"),
        "repository": f"https://git.example.org/{word('repository')}",
        "edit_path": f"edit/{word('branch')}",
        "waivers": [
            {
                "check": "TB002",
                "subject": word("waiver"),
                "reason": word("waiver"),
                "until": datetime.date(2027, 1, 1),
            }
        ],
    }


def plant_prose(root: Path, word: Word) -> None:
    write(
        root / "site_src" / "technical" / f"{word('prose file')}.md",
        f"# {word('prose title')}\n\n{word('prose')}",
    )
    write(
        root / "site_src" / "technical" / word("prose folder") / f"{word('picture')}.svg",
        f"<svg>{word('svg')}</svg>",
    )
    write(root / "site_src" / "shared" / "reading.md", "# How to read this\n\nSlowly.")


def test_nothing_internal_reaches_the_partner_site(
    tmp_path: Path, word: Word, planted: dict[str, str]
) -> None:
    small_project(tmp_path, word)
    plant_prose(tmp_path, word)
    leaked = {canary: planted[canary] for canary in canaries_of_site(tmp_path, Audience.PARTNER)}
    assert leaked == {}
    written = {file.name for file in (tmp_path / "out").rglob("*")}
    assert written >= {"sitemap.xml", "feed.xml", "_headers", "404.html", "root.js"}


def test_the_technical_site_does_hold_what_the_partner_site_must_not(
    tmp_path: Path, word: Word, planted: dict[str, str]
) -> None:
    small_project(tmp_path, word)
    plant_prose(tmp_path, word)
    places = {planted[canary] for canary in canaries_of_site(tmp_path, Audience.INTERNAL)}
    assert places >= SHOWN_TO_ENGINEERS, sorted(SHOWN_TO_ENGINEERS - places)


SHOWN_TO_ENGINEERS = {
    *("tables.name", "tables.description", "tables.columns.name", "tables.columns.description"),
    *("metrics.name", "metrics.summary", "metrics.description", "expression comment", "reports.name"),
    *("teams.name", "terms.definition", "enums.values.label", "column of a partner table.name"),
    *("sql comment", "sql step", "sql table", "repository"),
    *("prose", "prose title", "prose file", "prose folder", "picture", "svg"),
}


# The example, with canaries in what it says


def test_nothing_internal_of_the_example_reaches_the_partner_site(
    tmp_path: Path, word: Word, planted: dict[str, str]
) -> None:
    shutil.copytree(ROOT / "definitions", tmp_path / "definitions")
    shutil.copytree(ROOT / "site_src", tmp_path / "site_src")
    own = yaml.safe_load((ROOT / "plumbline.yml").read_text(encoding="utf-8"))
    write(tmp_path / "plumbline.yml", settings(word) | own)
    for file in sorted((tmp_path / "definitions").rglob("*.yml")):
        write(file, plant_example(yaml.safe_load(file.read_text(encoding="utf-8")), word))
    for file in sorted((tmp_path / "definitions").rglob("*.sql")):
        write(file, f"-- {word(f'comment of {file.name}')}\n{file.read_text(encoding='utf-8')}")
    plant_prose(tmp_path, word)

    leaked = {canary: planted[canary] for canary in canaries_of_site(tmp_path, Audience.PARTNER)}
    assert leaked == {}
    assert len(canaries_of_site(tmp_path, Audience.INTERNAL)) > len(planted) / 2


def plant_example(document: dict[str, Any], word: Word) -> dict[str, Any]:
    return {
        kind: [
            with_canaries(KINDS[kind], thing, f"{kind} {thing['name']}", word, is_seen=is_seen(thing))
            for thing in things
        ]
        for kind, things in document.items()
        if kind in KINDS
    }


def is_seen(thing: dict[str, Any]) -> bool:
    return thing.get("audience") == "partner" and thing.get("status", "active") in ("active", "deprecated")


def with_canaries(
    kind: type[BaseModel], thing: dict[str, Any], place: str, word: Word, *, is_seen: bool
) -> dict[str, Any]:
    """The thing with a canary at the end of every text in it that partners must not see."""
    leaves = LEAVES.get(kind, frozenset()) if is_seen else frozenset()  # type: ignore[call-overload]
    changed = {}
    for name, value in thing.items():
        inner = model_in(kind.model_fields[name].annotation) if name in kind.model_fields else None
        if name in leaves and inner is None:
            changed[name] = value
        elif inner is None:
            changed[name] = with_canary(value, name, f"{place}.{name}", word)
        elif isinstance(value, list):
            changed[name] = [
                with_canaries(
                    inner, item, f"{place}.{name}", word, is_seen=name in leaves and is_shown(inner, item)
                )
                for item in value
            ]
        else:
            changed[name] = with_canaries(inner, value, f"{place}.{name}", word, is_seen=name in leaves)
    return changed


def is_shown(kind: type[BaseModel], item: dict[str, Any]) -> bool:
    """Partners see a column of a table of theirs by its label, and not if it says otherwise."""
    return kind is not Column or ("label" in item and item.get("audience", "partner") == "partner")


def model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(model_in, get_args(annotation))), None)


def with_canary(value: Any, name: str, place: str, word: Word) -> Any:
    """Text with a canary at its end; what is one word names something else, and stays."""
    if isinstance(value, list):
        return [with_canary(item, name, place, word) for item in value]
    if isinstance(value, dict):
        return {key: with_canary(item, name, place, word) for key, item in value.items()}
    if not isinstance(value, str) or " " not in value.strip():
        return value
    return f"{value.rstrip()} /* {word(place)} */" if name in SQL else f"{value.rstrip()} {word(place)}"


SQL = {"sql", "expression", "filter"}
