"""Data contracts of the Open Data Contract Standard (v3.0, v3.1) → `Definitions`.

Each table of a contract is one here; its server says where it lies. Lineage is that of the SQL: what a
contract says of it (`transformSourceObjects`) is not read, and told as left out.
"""

from __future__ import annotations

from ...model import Definitions, Location, Misfit, Team
from ..asked import Asked
from ..building import LEFT_OUT, listed
from .contracts import Contract, open_contracts, references_of
from .tables import read_tables, read_team


def read_odcs(asked: Asked) -> Definitions:
    """The tables of all contracts, and the teams that answer for them.

    Raises:
        UnreadableError: there is no contract.
    """
    misfits: list[Misfit] = []
    contracts = open_contracts(asked, misfits)
    references = references_of(contracts)
    tables = [table for each in contracts for table in read_tables(each, references, misfits)]
    teams: dict[str, Team] = {}
    for contract in contracts:
        team = read_team(contract, misfits)
        if team is not None:
            teams.setdefault(team.name, team)
    misfits += [_lost(contract) for contract in contracts if contract.lost]
    return Definitions(tables=tuple(tables), teams=tuple(teams.values()), misfits=tuple(misfits))


def _lost(contract: Contract) -> Misfit:
    """One finding for all that a contract says and a table here cannot."""
    return Misfit(
        LEFT_OUT,
        f"{contract.file}:keys",
        f"{listed(contract.lost)} of the contract have no place in a table, and are left out",
        Location(contract.file),
        "Write in the table's own words what readers should know of them",
    )
