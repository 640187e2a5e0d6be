"""What was recorded about units, and when? The feed that partners follow by a cursor.

Asked by units.changes; the same facts as the events on the bus, from the first one.
"""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from services.chassis.event_store import SafeMarkBusy
from services.chassis.lists import cursor_of, key_of
from services.chassis.service import Runtime
from services.contracts.registry.events import (
    Successor,
    UnitAbolishedV1,
    UnitChangeUndoneV1,
    UnitEstablishedV1,
    UnitPartTransferredV1,
    UnitVoidedV1,
)
from services.contracts.registry.unit_history import (
    UnitChangeList,
    UnitChangeView,
    UnitsChanges,
)
from services.registry.read_models.unit_rows import unit_row
from services.unit_directory.facts import UnitFact, unit_of
from services.unit_directory.tables import UnitTables

EXTRA: Final = "unit_changes"


class _Place(NamedTuple):
    unit_id: UUID
    version: int
    position: int


class UnitChangeFeed:
    """Pages of facts by position, never past what is settled.

    A fact with a lower position may be committed later than one with a higher: a cursor
    must not pass it by.
    """

    def __init__(self, tables: UnitTables) -> None:
        self._tables = tables
        self._settled = 0

    async def page(self, runtime: Runtime, asked: UnitsChanges) -> UnitChangeList:
        """Return the facts behind a cursor, oldest first. Raises CursorInvalid."""
        behind = 0 if asked.after is None else key_of(asked.after, tuple[int])[0]
        places = await runtime.read(self._places, asked, behind)
        if places and places[-1].position > self._settled:
            try:
                mark = await runtime.in_thread(runtime.log.safe_mark)
                self._settled = max(self._settled, mark)
            except SafeMarkBusy:
                pass  # what is not settled yet comes with the next page
            places = await runtime.read(self._places, asked, behind)
            places = [p for p in places if p.position <= self._settled]
        shown = places[: asked.first]
        rows = await runtime.read(self._rows, shown)
        return UnitChangeList(rows=tuple(rows), has_next=len(places) > asked.first)

    def _places(
        self, conn: sa.Connection, asked: UnitsChanges, behind: int
    ) -> list[_Place]:
        facts = self._tables.facts.c
        query = sa.select(facts.unit_id, facts.version, facts.position).where(
            facts.position > behind
        )
        if asked.unit_id is not None:
            query = query.where(facts.unit_id == asked.unit_id)
        found = conn.execute(query.order_by(facts.position).limit(asked.first + 1))
        return [_Place(*row) for row in found]

    def _rows(
        self, conn: sa.Connection, places: Sequence[_Place]
    ) -> list[UnitChangeView]:
        ids = {place.unit_id for place in places}
        histories = {
            history[0].event.unit_id: history  # type: ignore[attr-defined]
            for history in self._tables.histories(conn, ids, {})
        }
        return [_view(histories[p.unit_id], p.version) for p in places]


def _view(history: Sequence[UnitFact], version: int) -> UnitChangeView:
    """Show a fact with what the unit is once it is told."""
    index = next(n for n, fact in enumerate(history) if fact.version == version)
    fact = history[index]
    event: Any = fact.event
    unit = unit_of(history[: index + 1])
    assert unit is not None  # noqa: S101 - a history begins with the establishment
    named = unit.named(None)
    undoings = (f.event for f in history if isinstance(f.event, UnitChangeUndoneV1))
    return UnitChangeView(
        id=f"{unit.id}/{version}",
        unit_id=unit.id,
        version=version,
        kind=event.TYPE.removeprefix("registry.unit.").rpartition(".")[0],
        effective_on=_day(history, event),
        recorded_at=fact.recorded_at,
        legal_basis=event.legal_basis,
        decree_date=event.decree_date,
        code=unit.code,
        level=unit.level,
        unit_type=named.unit_type,
        name=named.name,
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
        heirs=_heirs(event),
        change_version=getattr(event, "change_version", None),
        reason=getattr(event, "reason", None),
        kept_kind=getattr(event, "kind", None),
        keeper_id=getattr(event, "keeper_id", None),
        undone=any(undoing.change_version == version for undoing in undoings),
        cursor=cursor_of(fact.position),
        row=unit_row(unit),
    )


def _day(history: Sequence[UnitFact], event: Any) -> Any:
    """Return the first day of a fact; an undoing has the day of what it undoes."""
    if isinstance(event, UnitChangeUndoneV1):
        event = next(f.event for f in history if f.version == event.change_version)
    if isinstance(event, UnitVoidedV1):
        event = history[0].event
    if isinstance(event, UnitEstablishedV1):
        return event.valid_from
    if isinstance(event, UnitAbolishedV1):
        return event.valid_to
    return event.effective_on


def _heirs(event: Any) -> tuple[Successor, ...]:
    if isinstance(event, UnitAbolishedV1):
        return event.successors
    if isinstance(event, UnitVoidedV1):
        return event.heirs
    if isinstance(event, UnitPartTransferredV1):
        to = event.to_unit_id
        return (Successor(unit_id=to, whole=False, kind="transfer"),)
    return ()
