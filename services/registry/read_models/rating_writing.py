"""Writes the yearly ratings into their tables, with the deadline of each decision."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.chassis.event_store import RecordedEvent
from services.registry.domain.deadline_kinds import DeadlineKind
from services.registry.domain.rating_round import Rated, RatingRound, RoundState
from services.registry.read_models.deadlines import DeadlineBook, Due
from services.registry.read_models.rating_tables import RESULTS, ROUNDS

_DECISION: Final = DeadlineKind.RATING_DECISION
Columns = dict[str, Any]
# Which columns an event's results fill.
_SAYS: Final[dict[type, tuple[str, ...]]] = {
    RatingRound.SelfAssessed: ("self_level",),
    RatingRound.Proposed: ("proposed_level", "not_rated"),
    RatingRound.Decided: ("level", "not_rated"),
    RatingRound.Corrected: ("level", "not_rated"),
}


class RatingListReadModel:
    """Writes a row per round and one per subject."""

    name = "rating_list"

    def apply(self, conn: sa.Connection, recorded: Sequence[RecordedEvent]) -> None:
        """Take in the events of one transaction."""
        opened: list[Columns] = []
        moved: dict[UUID, Columns] = {}
        results: dict[tuple[UUID, UUID], Columns] = {}
        book = DeadlineBook()
        for item in recorded:
            fact = item.event
            if isinstance(fact, RatingRound.Opened):
                opened.append(_row(fact))
                book.open(_due(fact))
            elif isinstance(fact, RatingRound.Event):
                moved.setdefault(fact.originator_id, {}).update(_move(fact))
                _take(fact, results)
            if isinstance(fact, RatingRound.Decided):
                book.done(_DECISION, fact.originator_id, fact.decided_on)
        if opened:
            conn.execute(pg.insert(ROUNDS).on_conflict_do_nothing(), opened)
        _write_moves(conn, {one: told for one, told in moved.items() if told})
        _write_results(conn, results)
        book.write(conn)


def _row(fact: RatingRound.Opened) -> Columns:
    return {
        "id": fact.originator_id,
        "unit_id": fact.unit_id,
        "unit_path": fact.unit_path,
        "year": fact.year,
        "first_day": fact.first_day,
        "last_day": fact.last_day,
        "state": RoundState.ASSESSING.value,
        "due_on": fact.due_on,
    }


def _due(fact: RatingRound.Opened) -> Due:
    return Due(_DECISION, fact.originator_id, fact.unit_id, fact.unit_path, fact.due_on)


def _move(fact: object) -> Columns:
    match fact:
        case RatingRound.Proposed():
            return {"state": RoundState.PROPOSED.value}
        case RatingRound.Decided():
            return {
                "state": RoundState.DECIDED.value,
                "decided_on": fact.decided_on,
                "decision_number": fact.decision_number,
            }
        case RatingRound.Corrected():
            return {"corrected_on": fact.corrected_on}
    return {}


def _take(fact: object, results: dict[tuple[UUID, UUID], Columns]) -> None:
    """Enter an event's results; what a later step does not say stays."""
    names = _SAYS.get(type(fact))
    if names is None:
        return
    told: Any = fact
    corrected = {"corrected": True} if isinstance(fact, RatingRound.Corrected) else {}
    for one in told.results:
        key = (told.originator_id, one.subject_id)
        known = results.setdefault(key, {"kind": one.kind})
        known.update({**_told(one, names), **corrected})


def _told(one: Rated, names: tuple[str, ...]) -> Columns:
    return {name: one.not_rated if name == "not_rated" else one.level for name in names}


def _write_moves(conn: sa.Connection, moved: dict[UUID, Columns]) -> None:
    for names in {tuple(sorted(told)) for told in moved.values()}:
        conn.execute(
            sa.update(ROUNDS)
            .where(ROUNDS.c.id == sa.bindparam("which"))
            .values({name: sa.bindparam(f"new_{name}") for name in names}),
            [
                {"which": one, **{f"new_{name}": told[name] for name in names}}
                for one, told in moved.items()
                if tuple(sorted(told)) == names
            ],
        )


def _write_results(
    conn: sa.Connection, results: dict[tuple[UUID, UUID], Columns]
) -> None:
    for names in {tuple(sorted(told)) for told in results.values()}:
        insert = pg.insert(RESULTS)
        rows = [
            {"round_id": one, "subject_id": who, **told}
            for (one, who), told in results.items()
            if tuple(sorted(told)) == names
        ]
        conn.execute(
            insert.on_conflict_do_update(
                index_elements=["round_id", "subject_id"],
                set_={name: insert.excluded[name] for name in names},
            ),
            rows,
        )
