"""What does the register hold already of what a roster brings? Asked by its check."""

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.registry.domain.values import Period
from services.registry.read_models.force_homes import FORCE_HOMES
from services.registry.read_models.people_held import hold_people
from services.registry.read_models.person_list import families_of
from services.registry.read_models.tables import FORCE_UNITS, MEMBERS


class KnownTeam(NamedTuple):
    """A force unit with its life, and the days on which it lies in the unit."""

    id: UUID
    unit_id: UUID
    force_type: str
    name: str | None
    established_on: date
    disbanded_on: date | None
    came_on: date = date.min
    left_on: date | None = None

    def exists_on(self, day: date) -> bool:
        """Tell whether it exists in this unit on a day."""
        ended = self.disbanded_on is not None and self.disbanded_on <= day
        return self.established_on <= day and not ended and self._lies_here(day)

    def begins_after(self, day: date) -> bool:
        """Tell whether it exists, but not yet on a day."""
        here = self._lies_here(self.established_on)
        return here and self.established_on > day and self.disbanded_on is None

    def _lies_here(self, day: date) -> bool:
        return Period(self.came_on, self.left_on).holds(day)


class KnownService(NamedTuple):
    """One service of a known person, or of one merged into it."""

    person_id: UUID
    force_unit_id: UUID
    force_type: str
    post: str
    enrolled_on: date
    ceased_on: date | None


def teams_of(conn: sa.Connection, unit_ids: Collection[UUID]) -> list[KnownTeam]:
    """Return the force units that lie in administrative units on some day."""
    table, home = FORCE_UNITS.c, FORCE_HOMES.c
    query = (
        sa.select(
            table.id,
            home.unit_id,
            table.force_type,
            table.name,
            table.established_on,
            table.disbanded_on,
            home.since,
            home.until,
        )
        .join(FORCE_HOMES, home.force_unit_id == table.id)
        .where(home.unit_id == sa.any_(_ids(unit_ids)))
    )
    return [KnownTeam(*row) for row in conn.execute(query)]


def services_of(
    conn: sa.Connection, person_ids: Collection[UUID]
) -> dict[UUID, list[KnownService]]:
    """Return every service of people who count, and of those merged into them."""
    families, _ = families_of(conn, person_ids)
    counts = {one: root for root, family in families.items() for one in family}
    query = (
        sa.select(
            MEMBERS.c.person_id,
            MEMBERS.c.force_unit_id,
            FORCE_UNITS.c.force_type,
            MEMBERS.c.post,
            MEMBERS.c.enrolled_on,
            MEMBERS.c.ceased_on,
        )
        .join(FORCE_UNITS, FORCE_UNITS.c.id == MEMBERS.c.force_unit_id)
        .where(MEMBERS.c.person_id == sa.any_(_ids(counts)))
    )
    found: dict[UUID, list[KnownService]] = {}
    for bearer, *service in conn.execute(query):
        person_id = counts[bearer]
        found.setdefault(person_id, []).append(KnownService(person_id, *service))
    return found


def _ids(ids: Collection[UUID]) -> sa.ColumnElement[Any]:
    """Return ids as one array, however many they are."""
    return sa.literal(list(ids), pg.ARRAY(pg.UUID))


def who_serves_still(conn: sa.Connection, person_ids: Collection[UUID]) -> set[UUID]:
    """Return those of the people who serve or served somewhere; all are held.

    Nobody of them joins a force until the transaction ends.
    """
    held = hold_people(conn, person_ids)
    return {one for one, person in held.items() if person.services}
