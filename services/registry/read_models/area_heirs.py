"""Who holds an ended residential area on a day, through every merger and split since.

Asked by whoever finds areas by name.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from services.registry.read_models.area_tables import AREAS, HEIRS

_STEPS: Final = 12


class AreaHolder(NamedTuple):
    """A living area that holds the whole or a part of an ended one."""

    area_id: UUID
    whole: bool


class _Step(NamedTuple):
    heir_id: UUID
    whole: bool
    ended_on: date | None


def holders_of(
    conn: sa.Connection, ended: Iterable[UUID], on: date
) -> dict[UUID, tuple[AreaHolder, ...]]:
    """Return the holders of areas that have ended by a day; without heirs none."""
    wanted = set(ended)
    steps: dict[UUID, list[_Step]] = {}
    asked = wanted
    for _ in range(_STEPS):
        if not asked:
            break
        told = _steps(conn, asked)
        steps |= told
        asked = {
            step.heir_id
            for heirs in told.values()
            for step in heirs
            if _is_over(step, on) and step.heir_id not in steps
        }
    found = {one: _walk(one, steps, on) for one in wanted}
    return {one: holders for one, holders in found.items() if holders}


def _steps(conn: sa.Connection, ended: Iterable[UUID]) -> dict[UUID, list[_Step]]:
    found: dict[UUID, list[_Step]] = {}
    query = (
        sa.select(HEIRS.c.area_id, HEIRS.c.heir_id, HEIRS.c.whole, AREAS.c.ended_on)
        .join(AREAS, AREAS.c.id == HEIRS.c.heir_id)
        .where(HEIRS.c.area_id.in_(list(ended)))
        .order_by(AREAS.c.number, HEIRS.c.heir_id)
    )
    for area_id, *step in conn.execute(query):
        found.setdefault(area_id, []).append(_Step(*step))
    return found


def _walk(
    ended: UUID, steps: dict[UUID, list[_Step]], on: date
) -> tuple[AreaHolder, ...]:
    held: dict[UUID, bool] = {}
    waiting = [(ended, True)]
    seen: set[UUID] = set()
    while waiting:
        one, whole = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        for step in steps.get(one, ()):
            all_of_it = whole and step.whole
            if _is_over(step, on):
                waiting.append((step.heir_id, all_of_it))
            else:
                held[step.heir_id] = held.get(step.heir_id, False) or all_of_it
    return tuple(AreaHolder(one, whole) for one, whole in held.items())


def _is_over(step: _Step, on: date) -> bool:
    return step.ended_on is not None and step.ended_on <= on
