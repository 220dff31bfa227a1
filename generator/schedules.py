"""Cron expressions in plain words. The only door to cron-descriptor."""

from __future__ import annotations

import re
from functools import lru_cache

_CRON = re.compile(r"[\w*/,?#-]+(?: +[\w*/,?#-]+){4,6}", re.ASCII)


@lru_cache(maxsize=4096)
def schedule_words(expression: str | None) -> str:
    """When a job runs (`0 4 * * *` → `At 04:00`); empty where the expression cannot be read."""
    if expression is None or not _CRON.fullmatch(expression):
        return ""
    # Late: most commands tell no schedule.
    from cron_descriptor import (  # type: ignore[import-untyped]
        FormatError,
        MissingFieldError,
        Options,
        get_description,
    )

    options = Options()
    options.locale_code, options.use_24hour_time_format, options.verbose = "en_US", True, False
    try:
        return str(get_description(expression, options))
    except (FormatError, MissingFieldError, ValueError, IndexError, KeyError):
        return ""
