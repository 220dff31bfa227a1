"""The file of recorded states → the record. One that cannot be read is a misfit, and nothing is recorded."""

from __future__ import annotations

import json
from pathlib import Path

from ..dated import STATES_FILE, Record, record_of
from ..model import Location, Misfit

AGAIN = "Take it back from git, or record it anew: `plumbline history --record --anew`"


def read_record(root: Path) -> tuple[Record | None, tuple[Misfit, ...]]:
    """What is recorded of a project; None where there is no file, or none that can be read."""
    file = root / STATES_FILE
    if not file.is_file():
        return None, ()
    try:
        return record_of(json.loads(file.read_text("utf-8"))), ()
    except json.JSONDecodeError as error:
        return None, (_misfit("FL001", "this is no JSON", Location(STATES_FILE, error.lineno, error.colno)),)
    except UnicodeDecodeError:
        return None, (_misfit("FL001", "this is not UTF-8", Location(STATES_FILE)),)
    except ValueError as error:
        return None, (
            _misfit("FL003", f"the recorded history cannot be read: {error}", Location(STATES_FILE)),
        )


def _misfit(code: str, message: str, place: Location) -> Misfit:
    return Misfit(code, STATES_FILE, message, place, AGAIN)
