"""Which plans of reorganisation are there, how far, and what exactly does one say.

Written with the facts themselves; asked by lists, rehearsal and execution.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.chassis.event_store import RecordedEvent
from services.chassis.lists import cursor_of, key_of
from services.contracts.registry.reorganisations import (
    ReorganisationList,
    ReorganisationView,
)
from services.registry.domain.reorganisation import Reorganisation, ReorganisationState
from services.registry.domain.reorganisation_plan import (
    NewUnit,
    Operation,
    PlanContent,
    content_of,
)
from services.registry.read_models.plan_tables import DECISIONS, PARTS, PLANS
from services.unit_directory.predicate import lies_within_sql

_PART: Final = msgspec.json.Decoder(tuple[list[NewUnit], list[Operation]])
_ORDER: Final = (PLANS.c.effective_on, PLANS.c.id)


class PlanListReadModel:
    """Writes a row per plan, per part and per decision."""

    name = "reorganisation_list"

    def apply(self, conn: sa.Connection, recorded: Sequence[RecordedEvent]) -> None:
        """Take in the events of one transaction; plans are few, so one by one."""
        for item in recorded:
            match item.event:
                case Reorganisation.Drafted() as fact:
                    conn.execute(pg.insert(PLANS).on_conflict_do_nothing(), _row(fact))
                case Reorganisation.OperationsPlanned() as fact:
                    _plan(conn, fact)
                case Reorganisation.DependantsDecided() as fact:
                    _decide(conn, fact)
                case Reorganisation.Executed() as fact:
                    _execute(conn, fact)
                case Reorganisation.Undone() as fact:
                    _set_state(conn, fact.originator_id, ReorganisationState.UNDONE)
                case Reorganisation.Withdrawn() as fact:
                    _set_state(conn, fact.originator_id, ReorganisationState.WITHDRAWN)


def _row(fact: Reorganisation.Drafted) -> dict[str, Any]:
    return {
        "id": fact.originator_id,
        "unit_id": fact.unit_id,
        "unit_path": fact.unit_path,
        "decree_number": fact.decree_number,
        "decree_date": fact.decree_date,
        "issuer": fact.issuer,
        "effective_on": fact.effective_on,
        "state": ReorganisationState.DRAFT.value,
        "new_units": 0,
        "operations": 0,
    }


def _plan(conn: sa.Connection, fact: Reorganisation.OperationsPlanned) -> None:
    content = msgspec.json.encode((fact.new_units, fact.operations))
    conn.execute(
        pg.insert(PARTS).on_conflict_do_nothing(),
        {
            "reorganisation_id": fact.originator_id,
            "version": fact.originator_version,
            "content": content,
        },
    )
    conn.execute(
        sa.update(PLANS)
        .where(PLANS.c.id == fact.originator_id)
        .values(
            new_units=PLANS.c.new_units + len(fact.new_units),
            operations=PLANS.c.operations + len(fact.operations),
        )
    )


def _decide(conn: sa.Connection, fact: Reorganisation.DependantsDecided) -> None:
    insert = pg.insert(DECISIONS)
    keys = [c for c in DECISIONS.c if c.primary_key]
    conn.execute(
        insert.on_conflict_do_update(
            index_elements=keys, set_={"successor_id": insert.excluded.successor_id}
        ),
        [
            {
                "reorganisation_id": fact.originator_id,
                "kind": one.kind.value,
                "dependant_id": one.dependant_id,
                "successor_id": one.successor_id,
            }
            for one in fact.decisions
        ],
    )


def _execute(conn: sa.Connection, fact: Reorganisation.Executed) -> None:
    conn.execute(
        sa.update(PLANS)
        .where(PLANS.c.id == fact.originator_id)
        .values(
            state=ReorganisationState.EXECUTED.value,
            areas=fact.areas,
            forces=list(fact.forces),
        )
    )


def _set_state(conn: sa.Connection, which: UUID, state: ReorganisationState) -> None:
    conn.execute(sa.update(PLANS).where(PLANS.c.id == which).values(state=state.value))


class PlanAsDrafted(NamedTuple):
    """A plan that the caller may see, with everything that it says."""

    unit_id: UUID
    state: ReorganisationState
    content: PlanContent


def read_plan(
    conn: sa.Connection, plan_id: UUID, callers_paths: Iterable[str]
) -> PlanAsDrafted | None:
    """Return a plan of the caller's area with its content."""
    head = conn.execute(
        sa.select(PLANS).where(
            PLANS.c.id == plan_id, lies_within_sql(PLANS.c.unit_path, callers_paths)
        )
    ).one_or_none()
    if head is None:
        return None
    parts = conn.execute(
        sa.select(PARTS.c.content)
        .where(PARTS.c.reorganisation_id == plan_id)
        .order_by(PARTS.c.version)
    ).scalars()
    content = content_of(head.effective_on, (_PART.decode(part) for part in parts))
    return PlanAsDrafted(head.unit_id, ReorganisationState(head.state), content)


def get_plans(
    conn: sa.Connection, ids: Sequence[UUID], callers_paths: Iterable[str]
) -> dict[UUID, ReorganisationView]:
    """Return the plans that the caller may see, by id."""
    query = _views().where(
        PLANS.c.id.in_(list(ids)), lies_within_sql(PLANS.c.unit_path, callers_paths)
    )
    return {row.id: _view(row) for row in conn.execute(query)}


def passed_on(conn: sa.Connection, plan_id: UUID) -> tuple[list[UUID], list[UUID]]:
    """Return the areas and the forces that the execution of a plan passed on."""
    areas, forces = conn.execute(
        sa.select(PLANS.c.areas, PLANS.c.forces).where(PLANS.c.id == plan_id)
    ).one_or_none() or (None, None)
    return list(areas or ()), list(forces or ())


class PlanFilter(NamedTuple):
    """Which plans a list holds; both areas have to cover a row."""

    unit_paths: tuple[str, ...]
    callers_paths: tuple[str, ...]
    state: str | None


def list_plans(
    conn: sa.Connection, wanted: PlanFilter, *, first: int, after: str | None
) -> ReorganisationList:
    """Return a page, the latest effective day first. Raises CursorInvalid."""
    query = _views().where(
        lies_within_sql(PLANS.c.unit_path, wanted.unit_paths),
        lies_within_sql(PLANS.c.unit_path, wanted.callers_paths),
    )
    if wanted.state is not None:
        query = query.where(PLANS.c.state == wanted.state)
    key = None if after is None else key_of(after, tuple[date, UUID])
    if key is not None:
        query = query.where(sa.tuple_(*_ORDER) < sa.tuple_(*key))
    query = query.order_by(*(c.desc() for c in _ORDER)).limit(first + 1)
    rows = conn.execute(query).all()
    return ReorganisationList(
        rows=tuple(_view(row) for row in rows[:first]), has_next=len(rows) > first
    )


def _views() -> sa.Select[Any]:
    decided = (
        sa.select(sa.func.count())
        .where(DECISIONS.c.reorganisation_id == PLANS.c.id)
        .scalar_subquery()
    )
    shown = (c for c in PLANS.c if c.name not in {"areas", "forces"})
    return sa.select(*shown, decided.label("decisions"))


def _view(row: sa.Row[Any]) -> ReorganisationView:
    return ReorganisationView(
        id=row.id,
        unit_id=row.unit_id,
        decree_number=row.decree_number,
        decree_date=row.decree_date,
        issuer=row.issuer,
        effective_on=row.effective_on,
        state=row.state,
        new_units=row.new_units,
        operations=row.operations,
        decisions=row.decisions,
        cursor=cursor_of(row.effective_on, row.id),
    )
