"""Numbers that decisions set and later ones replace: kept, and told as changes by day.

Asked by the follower and by the rebuild with each batch, before it is rolled up. The
sum of all changes up to a day is what holds on it, as with every other stock.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.contracts.envelope import PublicEvent
from services.reporting.indicators import INDICATORS
from services.reporting.indicators.definition import (
    LevelEnded,
    LevelFact,
    Levels,
    LevelSet,
)
from services.reporting.read_models.counting import Cell, Deltas
from services.reporting.read_models.levels import Decided, moves


def _by_event() -> dict[type[PublicEvent], list[tuple[str, Levels]]]:
    found: dict[type[PublicEvent], list[tuple[str, Levels]]] = defaultdict(list)
    for indicator in INDICATORS:
        for event, levels in indicator.levels.items():
            found[event].append((indicator.code, levels))
    return dict(found)


_BY_EVENT: Final = _by_event()
LEVEL_EVENTS: Final = frozenset(_BY_EVENT)


class _Number(NamedTuple):
    """Which number is set: an indicator of a unit."""

    indicator: str
    unit_id: UUID


Told = tuple[str, LevelFact]
Known = dict[_Number, dict[UUID, Decided]]


class LevelBook:
    """What each decision says of each unit; a rebuild fills a second one beside it."""

    def __init__(self, metadata: sa.MetaData, suffix: str = "") -> None:
        self.table = sa.Table(
            f"dated_levels{suffix}",
            metadata,
            sa.Column("decision_id", pg.UUID, primary_key=True),
            sa.Column("unit_id", pg.UUID, primary_key=True),
            sa.Column("indicator", sa.Text, primary_key=True),
            sa.Column("since", sa.Date, nullable=False),
            sa.Column("value", sa.BigInteger, nullable=False),
            sa.Column("meanwhile_until", sa.Date),
            sa.Column("meanwhile_value", sa.BigInteger),
            sa.Column("ended_on", sa.Date),
        )

    def apply(self, conn: sa.Connection, events: Iterable[PublicEvent]) -> Deltas:
        """Take decisions in; return what changes in the units that they name."""
        told = list(_told(events))
        if not told:
            return {}
        # Two processes may hear of two decisions about one unit at the same time. None
        # but they write here, some dozens of times in a year.
        conn.exec_driver_sql(
            f"LOCK TABLE {self.table.fullname} IN SHARE ROW EXCLUSIVE MODE"
        )
        known = self._read(conn, told)
        before = {number: moves(held.values()) for number, held in known.items()}
        self._write(conn, _take_in(known, told))
        deltas: defaultdict[Cell, int] = defaultdict(int)
        for number, held in known.items():
            for sign, days in ((1, moves(held.values())), (-1, before.get(number, {}))):
                for day, change in days.items():
                    deltas[Cell(number.unit_id, number.indicator, day)] += sign * change
        return {cell: delta for cell, delta in deltas.items() if delta}

    def forget(self, conn: sa.Connection) -> None:
        """Drop all decisions, to be read again."""
        conn.execute(sa.delete(self.table))

    def _read(self, conn: sa.Connection, told: list[Told]) -> Known:
        columns = self.table.c
        units = {f.unit_id for _, f in told if not isinstance(f, LevelEnded)}
        ended = {f.decision_id for _, f in told if isinstance(f, LevelEnded)}
        touched = sa.select(columns.unit_id).where(columns.decision_id.in_(ended))
        query = sa.select(self.table).where(
            sa.or_(columns.unit_id.in_(units), columns.unit_id.in_(touched))
        )
        known: Known = defaultdict(dict)
        for row in conn.execute(query):
            known[_Number(row.indicator, row.unit_id)][row.decision_id] = Decided(
                row.decision_id,
                row.since,
                row.value,
                row.meanwhile_until,
                row.meanwhile_value,
                row.ended_on,
            )
        return known

    def _write(self, conn: sa.Connection, changed: list[dict[str, Any]]) -> None:
        if not changed:
            return
        insert = pg.insert(self.table)
        key = ["decision_id", "unit_id", "indicator"]
        settled = insert.on_conflict_do_update(
            index_elements=key,
            set_={
                column.name: insert.excluded[column.name]
                for column in self.table.c
                if column.name not in key
            },
        )
        conn.execute(settled, changed)


def _told(events: Iterable[PublicEvent]) -> Iterator[Told]:
    for event in events:
        for code, levels in _BY_EVENT.get(type(event), ()):
            for fact in levels(event):
                yield code, fact


def _take_in(known: Known, told: Iterable[Told]) -> list[dict[str, Any]]:
    """Let the facts change what is known; return the rows that they touched."""
    touched: set[tuple[_Number, UUID]] = set()
    for code, fact in told:
        which = fact.decision_id
        for number in _numbers(known, code, fact):
            held = known[number].get(which)
            if held is None and isinstance(fact, LevelSet):
                held = Decided(which, fact.since, fact.value)
            if held is not None:
                known[number][which] = held.told(fact)
                touched.add((number, which))
    return [
        {**number._asdict(), **known[number][which]._asdict()}
        for number, which in sorted(touched)
    ]


def _numbers(known: Known, code: str, fact: LevelFact) -> list[_Number]:
    if not isinstance(fact, LevelEnded):
        return [_Number(code, fact.unit_id)]
    return [
        number
        for number, held in known.items()
        if number.indicator == code and fact.decision_id in held
    ]
