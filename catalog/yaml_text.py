"""Plain values → YAML text, as tools and people read it. Writes whole documents; it changes none."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import yaml

WIDTH = 110

ODD_LINE_END = re.compile("[\x85\u2028\u2029]")


def yaml_text(value: object) -> str:
    """The value in block style, keys in their order; texts of several lines stand as they are."""
    text: str = yaml.dump(
        value, Dumper=_dumper(), sort_keys=False, allow_unicode=True, default_flow_style=False, width=WIDTH
    )
    return text


@lru_cache(maxsize=1)
def _dumper() -> Any:
    """A safe dumper without anchors and aliases; the one in C where there is one, several times as fast."""
    kind: Any = yaml.CSafeDumper if yaml.__with_libyaml__ else yaml.SafeDumper
    dumper: Any = type("Dumper", (kind,), {"ignore_aliases": lambda _self, _value: True})
    dumper.add_representer(str, _text)
    return dumper


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    # YAML 1.1 ends lines at more characters than 1.2 does; quoted they stay what they are.
    style = '"' if ODD_LINE_END.search(value) else "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)
