"""Plain values → YAML text, as tools and people read it. Writes whole documents; it changes none."""

from __future__ import annotations

from typing import Any

import yaml

WIDTH = 110


def yaml_text(value: object) -> str:
    """The value in block style, keys in their order; texts of several lines stand as they are."""
    text: str = yaml.dump(
        value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, default_flow_style=False, width=WIDTH
    )
    return text


class _Dumper(yaml.SafeDumper):
    """No anchors and aliases: equal values are written out each time."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  (the dumper's own signature)
        return True


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    # YAML 1.1 ends lines at more characters than 1.2 does; quoted they stay what they are.
    style = '"' if {"\x85", "\u2028", "\u2029"} & set(value) else "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)
