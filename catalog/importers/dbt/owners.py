"""Who answers for the things of a dbt project: groups, `meta.owner`, and the owners of exposures."""

from __future__ import annotations

from ...model import Misfit, Origin, Team
from ..building import built
from .manifest import Manifest
from .nodes import Json, Node, as_keys, texts_of


def owner_of(manifest: Manifest, node: Node) -> str | None:
    """The name of the team that answers for a node: its group, else `meta.owner`, else its own owner."""
    group = node.text("group") or next(iter(texts_of(node.config.get("group"))), None)
    if group:
        return group
    owner = _name_in(node.meta.get("owner")) or _name_in(node.content.get("owner"))
    return _groups_by_owner(manifest).get(owner, owner) if owner else None


def _groups_by_owner(manifest: Manifest) -> dict[str, str]:
    """The owner of a group, by name and by address → the group: what is theirs is the group's."""
    found: dict[str, str] = {}
    for group in manifest.list_of("groups"):
        for text in (text for key in ("name", "email") for text in texts_of(group.keys("owner").get(key))):
            found.setdefault(text, group.name)
    return found


def read_teams(manifest: Manifest, misfits: list[Misfit]) -> tuple[Team, ...]:
    """A team for each group, and for each owner that a node names."""
    teams: dict[str, Team] = {}
    for group in manifest.list_of("groups"):
        _add(teams, group.name, group.keys("owner"), manifest.origin(group), misfits)
    for node in manifest.nodes.values():
        owner = owner_of(manifest, node)
        if owner is not None and owner not in teams:
            written = as_keys(node.meta.get("owner")) or node.keys("owner")
            _add(teams, owner, written, manifest.origin(node), misfits)
    return tuple(teams.values())


def _add(teams: dict[str, Team], name: str, owner: Json, origin: Origin, misfits: list[Misfit]) -> None:
    email = next(iter(texts_of(owner.get("email"))), name if "@" in name else None)
    label = owner.get("name") if owner.get("name") != name else None
    values = {"name": name, "label": label, "email": email, "channel": owner.get("slack")}
    team = built(Team, values, Origin(origin.file, origin.line, origin.column, source=origin.source), misfits)
    if team is not None:
        teams[name] = team


def _name_in(owner: object) -> str | None:
    """The owner as people write it: a text, a list of texts, or a mapping with a name or an address."""
    if isinstance(owner, dict):
        return next(iter(texts_of(owner.get("name"))), None) or next(iter(texts_of(owner.get("email"))), None)
    return next(iter(texts_of(owner)), None)
