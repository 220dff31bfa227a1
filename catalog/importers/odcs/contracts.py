"""Contracts of a source, opened: which relation each of their tables is, and what their references mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...model import Location, Misfit, Origin
from ...reading.document import read_documents
from ...reading.document_faults import UnreadableError
from ...reading.files import read_bytes
from ...reading.yaml_values import YamlMapping
from ..asked import Asked
from ..building import LEFT_OUT, origin_of
from ..files import files_below
from ..shapes import Json, as_items, as_keys, texts_of

ENDINGS = (".yaml", ".yml")
OWN_ENDINGS = (".odcs.yaml", ".odcs.yml")
"""Of files that are contracts by their name; of others only those that say so are read."""

READ_VERSION = re.compile(r"v?3\.\d+\.\d+")
KNOWN_VERSION = re.compile(r"v?3\.[01]\.\d+")

FULL_REFERENCE = re.compile(r"(?:(?P<file>[^#]+)#)?/?schema/(?P<table>[^/]+)(?:/properties/(?P<column>.+))?")

PRODUCTION = frozenset({"prod", "production"})


@dataclass(frozen=True, slots=True)
class Contract:
    """One contract. `lost` collects the keys that say what a table here cannot."""

    file: str
    root: YamlMapping
    lost: dict[str, None] = field(default_factory=dict)

    @property
    def tables(self) -> list[YamlMapping]:
        """The tables of the contract: those of its schema that have a name."""
        return [
            each
            for each in as_items(self.root.get("schema"))
            if isinstance(each, YamlMapping) and isinstance(each.get("name"), str)
        ]

    @property
    def source(self) -> str:
        """What pages say of where a table was imported from."""
        return f"data contract `{self.file}`"

    def lose_nameless(self) -> None:
        """Notes that the schema has something that cannot be a table, since it has no name."""
        if len(self.tables) < len(as_items(self.root.get("schema"))):
            self.lost["schema without a name"] = None

    def relation(self, table: Json) -> str:
        """The table's name in the warehouse."""
        name = next(iter(texts_of(table.get("physicalName"))), str(table["name"]))
        return name if "." in name else ".".join([*self._outer(), name])

    def place(self, mapping: Json, keys: Mapping[str, str]) -> Origin:
        """Where a mapping and its keys stand; `keys` has ours → theirs."""
        return origin_of(mapping, keys, Origin(self.file, source=self.source))

    def lose(self, mapping: Json, known: Iterable[str], within: str = "") -> None:
        """Notes the keys of a mapping that nobody reads."""
        for key in mapping.keys() - {*known, "__origin__"}:
            if mapping[key] not in (None, "", [], {}, False):
                self.lost[f"{within}{key}"] = None

    def _outer(self) -> list[str]:
        """Database and schema, as far as the server says."""
        servers = [as_keys(each) for each in as_items(self.root.get("servers"))]
        in_use = [each for each in servers if str(each.get("environment")) in PRODUCTION]
        server = next(iter([*in_use, *servers]), {})
        named = [
            next((text for key in keys for text in texts_of(server.get(key))), "")
            for keys in (("project", "database", "catalog"), ("dataset", "schema"))
        ]
        return [name for name in named if name] if named[1] else []


def open_contracts(asked: Asked, misfits: list[Misfit]) -> list[Contract]:
    """The contracts of a file or a folder, by path.

    Raises:
        UnreadableError: there is none.
    """
    is_file = asked.path().is_file()
    contracts = [
        each
        for file in files_below(asked, lambda name: name.endswith(ENDINGS))
        for each in _opened(asked, file, misfits, must=is_file or file.endswith(OWN_ENDINGS))
    ]
    if not contracts and not misfits:
        raise UnreadableError(
            f"there is no data contract in `{asked.source.path}`",
            hint="Name a file with `kind: DataContract`, or a folder that holds some",
        )
    return contracts


@dataclass(frozen=True, slots=True)
class References:
    """The tables of all contracts, by what references call them: file, and id or name."""

    named: dict[tuple[str, str], str]

    def of(self, contract: Contract, written: object) -> str | None:
        """The relation that `table.column`, `schema/table/…` or `file#/schema/table/…` leads to."""
        if not isinstance(written, str):
            return None
        full = FULL_REFERENCE.fullmatch(written)
        if full is None:
            return self.named.get((contract.file, written.partition(".")[0]))
        if not full["file"]:
            return self.named.get((contract.file, full["table"]))
        beside = Path(contract.file).parent.joinpath(full["file"]).as_posix()
        return self.named.get((beside, full["table"]))


def references_of(contracts: Iterable[Contract]) -> References:
    """What references in some contracts may lead to."""
    named: dict[tuple[str, str], str] = {}
    for contract in contracts:
        for table in contract.tables:
            for key in (table.get("id"), table["name"]):
                if isinstance(key, str):
                    named.setdefault((contract.file, key), contract.relation(table))
    return References(named)


def _opened(asked: Asked, file: str, misfits: list[Misfit], *, must: bool) -> Iterator[Contract]:
    """The contracts in a file; one that need not be a contract and is none, is passed over."""
    try:
        documents = read_documents(read_bytes(asked.root, file), file, takes_tags=not must)
    except UnreadableError as fault:
        misfits.append(fault.misfit(file))
        return
    roots = [root for root in documents.roots if isinstance(root, YamlMapping)]
    contracts = [root for root in roots if root.get("kind") == "DataContract"]
    if must or contracts:
        misfits += documents.misfits
    if must and not contracts and not documents.misfits:
        misfits.append(_no_contract(file))
    for root in contracts:
        misfit = _version_fault(file, root)
        misfits += [misfit] if misfit else []
        if misfit is None or misfit.code == LEFT_OUT:
            yield Contract(file, root)


def _no_contract(file: str) -> Misfit:
    return Misfit(
        "FL001",
        file,
        "this is no data contract: it has no `kind: DataContract`",
        Location(file),
        "Name the files of the Open Data Contract Standard under `path:`",
    )


def _version_fault(file: str, root: YamlMapping) -> Misfit | None:
    """What is wrong with the version of the standard: nothing, not known yet, or not readable."""
    version: Any = root.get("apiVersion")
    place = root.origin.at("apiVersion")
    if isinstance(version, str) and KNOWN_VERSION.fullmatch(version):
        return None
    if isinstance(version, str) and READ_VERSION.fullmatch(version):
        message = f"`{version}` of the standard is newer than what is known here (v3.1); it is read as that"
        return Misfit(LEFT_OUT, f"{file}:apiVersion", message, place, "Look at what came over")
    message = f"`apiVersion` is `{version}`, and v3.0 and v3.1 are read"
    return Misfit("FL001", file, message, place, "Bring the contract to `apiVersion: v3.1.0`")
