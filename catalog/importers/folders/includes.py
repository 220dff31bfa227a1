"""Tags that take over fields from other files: those of bigquery-etl (`!include-fields` …), and `!include`.

What a tag means there is said in that project's `docs/reference/schema_includes.md`. A table whose schema
is not in the repository cannot be included; that is told once for all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...model import Location, Misfit
from ...reading.document_faults import UnreadableError
from ...reading.files import is_inside
from ...reading.yaml_values import YamlList, YamlMapping, YamlTagged
from ..building import LEFT_OUT, listed
from .files import Remembered

FIELDS = "fields"


@dataclass(frozen=True, slots=True)
class Includes:
    """What files may take over from others. `under_way` are files being read: no circle is entered."""

    files: Remembered
    folders: Mapping[str, Path]
    misfits: list[Misfit]
    absent: dict[str, Location] = field(default_factory=dict)
    under_way: list[str] = field(default_factory=list)

    def opened(self, value: Any, file: str) -> Any:
        """A value of a file with its tags replaced by what they stand for."""
        if isinstance(value, YamlTagged):
            return self._tagged(value, file)
        if isinstance(value, YamlMapping):
            mapping = YamlMapping({key: self.opened(inner, file) for key, inner in value.items()})
            mapping.keys_at = value.keys_at
            return mapping
        if isinstance(value, YamlList):
            return [self.opened(inner, file) for inner in value]
        return value

    def unknown(self) -> list[Misfit]:
        """The finding about tables that are not there to be included."""
        if not self.absent:
            return []
        message = f"{len(self.absent):,} tables whose fields are included have no schema here"
        names = listed(self.absent)
        place = next(iter(self.absent.values()))
        subject = f"{self.files.asked.source.path}:included tables"
        return [
            Misfit(LEFT_OUT, subject, f"{message}: {names}", place, "Add them, or document these columns")
        ]

    def _tagged(self, tagged: YamlTagged, file: str) -> Any:
        value = self.opened(tagged.value, file)
        place = Location(file, tagged.line, tagged.column)
        given = value if isinstance(value, dict) else {"file": value}
        match tagged.tag:
            case "!flatten-lists":
                return [each for item in value for each in (item if isinstance(item, list) else [item])]
            case "!include":
                return self._file(str(given.get("file")), file, place)
            case "!include-fields":
                return self._fields(given, file, place)
            case "!include-field":
                return self._field(given, file, place)
            case "!include-field-description":
                found = self._field(given, file, place) or {}
                parts = (given.get("prepend"), found.get("description"), given.get("append"))
                return " ".join(str(each).strip() for each in parts if each) or None
        hint = "Write the value out, or leave it"
        self._note(f"{file}:{tagged.tag}", f"the tag `{tagged.tag}` is unknown, and is left out", place, hint)
        return value

    def _fields(self, given: Mapping[str, Any], file: str, place: Location) -> list[Any]:
        """The fields of another table, of a file, or of a struct in one of them."""
        fields = self._source(given, file, place)
        for name in filter(None, str(given.get("parent_field") or "").split(".")):
            fields = as_fields(next((each for each in fields if each.get("name") == name), {}).get(FIELDS))
        wanted, unwanted = given.get("field_names"), given.get("exclude_field_names")
        other = _by_name(as_fields(given.get("field_replacements")))
        by_name = _by_name(fields)
        if isinstance(wanted, list):
            fields = [by_name[name] for name in map(str, wanted) if name in by_name]
        left_out = unwanted if isinstance(unwanted, list) else []
        return [other.get(str(each.get("name")), each) for each in fields if each.get("name") not in left_out]

    def _field(self, given: Mapping[str, Any], file: str, place: Location) -> dict[str, Any] | None:
        """One field, with what is said anew about it."""
        fields = self._source(given, file, place)
        found: dict[str, Any] | None = None
        for name in str(given.get("field") or "").split("."):
            found = next((each for each in fields if each.get("name") == name), None)
            fields = as_fields((found or {}).get(FIELDS))
        if found is None:
            return None
        new = {
            key: given[f"new_{key}"]
            for key in ("type", "mode", "description", FIELDS)
            if f"new_{key}" in given
        }
        parts = (given.get("prepend_description"), found.get("description"), given.get("append_description"))
        text = " ".join(str(each).strip() for each in parts if each)
        return {**found, "description": text, **new}

    def _source(self, given: Mapping[str, Any], file: str, place: Location) -> list[dict[str, Any]]:
        table = given.get("table")
        if table is None:
            root = self._file(str(given.get("file")), file, place)
        else:
            folder = self.folders.get(str(table))
            names = self.files.asked.source.layout.columns
            path = (
                next((folder / name for name in names if (folder / name).is_file()), None) if folder else None
            )
            if path is None:
                self.absent.setdefault(str(table), place)
                return []
            root = self._read(self.files.asked.file(path), place)
        return as_fields(root.get(FIELDS) if isinstance(root, dict) else root)

    def _file(self, name: str, beside: str, place: Location) -> Any:
        """The content of a file, named from the root of the project (`/x.yaml`) or from beside the other."""
        root = self.files.asked.root
        start = root if name.startswith("/") else (root / beside).parent
        path = Path(start, name.lstrip("/"))
        if not name.startswith("/") and not path.is_file():
            path = root / name
        if not is_inside(root, path) or not path.is_file():
            self._note(
                f"{beside}:{name}", f"there is no file `{name}` in the project to include", place, None
            )
            return None
        return self._read(path.resolve().relative_to(root).as_posix(), place)

    def _read(self, file: str, place: Location) -> Any:
        if file in self.under_way:
            circle = " → ".join((*self.under_way[self.under_way.index(file) :], file))
            self._note(f"{place.file}:{file}", f"files include each other in a circle: {circle}", place, None)
            return None
        try:
            roots = self.files.documents(file).roots
        except UnreadableError as fault:
            self.misfits.append(fault.misfit(file))
            return None
        self.under_way.append(file)
        try:
            return self.opened(roots[0], file) if roots else None
        finally:
            self.under_way.pop()

    def _note(self, subject: str, message: str, place: Location, hint: str | None) -> None:
        misfit = Misfit(LEFT_OUT, subject, message, place, hint)
        if misfit not in self.misfits:
            self.misfits.append(misfit)


def _by_name(fields: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Fields by what stands as their name, which may be anything."""
    return {str(each.get("name")): each for each in fields}


def as_fields(value: Any) -> list[dict[str, Any]]:
    """The mappings of a list."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
