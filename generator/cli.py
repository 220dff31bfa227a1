"""The way into and out of the `plumbline` command: the only place that catches and exits."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from typing import NoReturn

INTERRUPTED = 130
OBJECTS = 100_000
"""Objects made between two looks for garbage: next to nothing of a run is garbage before it ends."""

WAY_OUT = "Make it readable and writable, or name another file or folder"


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs the command and exits: 0 clean, 1 errors found, 2 unusable run, 130 interrupted."""
    try:
        code = _run(arguments)
    except KeyboardInterrupt:
        code = INTERRUPTED
    sys.exit(code)


def _run(arguments: Sequence[str] | None) -> int:
    gc.set_threshold(OBJECTS)
    # Imported here, since reading the code takes a second in which people interrupt too.
    import click

    from catalog import CatalogError

    from . import terminal
    from .commands import plumbline

    terminal.speak_utf8()
    try:
        return plumbline.main(args=arguments, prog_name="plumbline", standalone_mode=False) or 0
    except CatalogError as error:
        terminal.complain(str(error), error.hint)
        return 2
    except OSError as error:
        if error.filename is None:
            raise
        terminal.complain(f"`{error.filename}` cannot be used: {error.strerror}", WAY_OUT)
        return 2
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        return INTERRUPTED
