"""Every fact about units that was recorded until a moment, folded to units.

Read by whoever makes a monthly list: from the facts themselves, so that the same moment
gives the same units whenever it is asked about.
"""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from services.registry.domain.unit_errors import MomentBeforeRegister
from services.unit_directory.facts import unit_of
from services.unit_directory.refusals import UnitsNotLoaded
from services.unit_directory.tables import UnitTables
from services.unit_directory.tree import Unit


class KnownFacts(NamedTuple):
    """Units as known at a moment; each fact up to `position` is among theirs."""

    edition: str
    units: tuple[Unit, ...]
    facts: int
    position: int


def known_facts(
    conn: sa.Connection, tables: UnitTables, moment: datetime
) -> KnownFacts:
    """Return what was known at a moment. Raises UnitsNotLoaded, MomentBeforeRegister.

    Without predecessors: those are told by other units' rows.
    """
    edition = _edition(conn, tables, moment)
    facts = tables.facts.c
    versions: dict[UUID, int] = {
        row[0]: row[1]
        for row in conn.execute(
            sa.select(facts.unit_id, sa.func.max(facts.version))
            .where(facts.recorded_at <= moment)
            .group_by(facts.unit_id)
        )
    }
    histories = list(tables.histories(conn, versions, versions))
    known = [fact.position for history in histories for fact in history]
    units = (unit_of(history) for history in histories)
    return KnownFacts(
        edition,
        tuple(unit for unit in units if unit is not None),
        len(known),
        _position(conn, tables, sorted(known)),
    )


def _edition(conn: sa.Connection, tables: UnitTables, moment: datetime) -> str:
    editions = tables.editions.c
    told = conn.execute(
        sa.select(editions.edition, editions.recorded_at).order_by(editions.facts)
    ).all()
    if not told:
        raise UnitsNotLoaded
    known = [row.edition for row in told if row.recorded_at <= moment]
    if not known:
        since = min(row.recorded_at for row in told)
        raise MomentBeforeRegister(field="$.month", known_at=moment, since=since)
    return str(known[-1])


def _position(conn: sa.Connection, tables: UnitTables, known: list[int]) -> int:
    """Return the last position up to which no fact is missing.

    Of two facts recorded at nearly the same moment the later may have come into the log
    first: such a list ends before it, and the feed tells some of its facts again.
    """
    if not known:
        return 0
    position = tables.facts.c.position
    told = conn.execute(
        sa.select(position).where(position <= known[-1]).order_by(position)
    ).scalars()
    last = 0
    for mine, there in zip(known, told, strict=False):
        if mine != there:
            break
        last = mine
    return last
