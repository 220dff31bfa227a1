"""Checks of a team's own: Python files named in `plumbline.yml`, run in the same frame as ours."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any

from ..errors import CatalogError
from ..model import Location
from ..settings import Settings
from ..suggest import did_you_mean
from .foreign import attempt
from .frame import Check

CODE = re.compile(r"[A-Z]{2,4}\d{3}")

EXAMPLE = "Write `checks.py` for all checks of a file, or `checks.py:name_of_one`"


def load_checks(root: Path, settings: Settings, known: tuple[Check, ...]) -> tuple[Check, ...]:
    """The checks that the settings name, in their order.

    Raises:
        CatalogError: one cannot be loaded, or has the code or name of another.
    """
    loaded: list[Check] = []
    for index, named in enumerate(settings.checks):
        place = settings.at(f"checks.{index}")
        for check in _checks_in(root, named, place):
            _require_own(check, (*known, *loaded), place)
            loaded.append(check)
    return tuple(loaded)


def _checks_in(root: Path, named: str, place: Location) -> Iterator[Check]:
    file, _, wanted = named.partition(":")
    path = (root / file).resolve()
    if not path.is_relative_to(root.resolve()) or path.suffix != ".py":
        raise CatalogError(f"{place}: `{file}` is no Python file of the project", EXAMPLE)
    if not path.is_file():
        beside = (each.name for each in path.parent.glob("*.py")) if path.parent.is_dir() else ()
        raise CatalogError(f"{place}: there is no file `{file}`", did_you_mean(path.name, beside, EXAMPLE))
    found = _run_file(path, file, place)
    if wanted and wanted not in found:
        hint = did_you_mean(wanted, found, "Put `@check(code, name, severity)` over the function")
        raise CatalogError(f"{place}: there is no check `{wanted}` in `{file}`", hint)
    if not found:
        hint = "Put `@check(code, name, severity)` of `catalog` over each function"
        raise CatalogError(f"{place}: there is no check in `{file}`", hint)
    yield from [found[wanted]] if wanted else found.values()


def _run_file(path: Path, file: str, place: Location) -> dict[str, Check]:
    """Name in the file → check. The file is run under its path in the project, which tracebacks then show."""
    text = path.read_text("utf-8")
    version = sha256(text.encode()).hexdigest()
    module = ModuleType(f"plumbline_checks_{version[:16]}")
    module.__file__ = str(path)

    def run() -> None:
        sys.modules[module.__name__] = module  # Dataclasses look their own module up.
        exec(compile(text, file, "exec"), module.__dict__)  # noqa: S102 - what the settings ask for

    failure = attempt(run, frozenset({file}))
    if failure:
        where = failure.location or place
        raise CatalogError(f"{where}: the checks cannot be loaded: {failure.message}", f"Mend `{file}`")
    values: dict[str, Any] = vars(module)
    return {
        name: Check(each.code, each.name, each.severity, each.find, file, version)
        for name, each in values.items()
        if isinstance(each, Check) and each.find.__module__ == module.__name__
    }


def _require_own(check: Check, known: tuple[Check, ...], place: Location) -> None:
    if not CODE.fullmatch(check.code):
        hint = "Write two to four capitals and three digits, like `ACME001`"
        raise CatalogError(f"{place}: `{check.code}` is no code of a check", hint)
    for other in known:
        if check.code == other.code or check.name == other.name:
            same = check.code if check.code == other.code else check.name
            whose = f"`{other.code} {other.name}`"
            raise CatalogError(f"{place}: `{same}` is taken by {whose}", "Choose another, for ever")
