"""Where does or did a member serve, and since when? Asked by commands on members."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from services.registry.domain.values import Period
from services.registry.read_models.force_homes import (
    FORCE_HOMES,
    holding_on,
    home_today,
)
from services.registry.read_models.tables import FORCE_UNITS, MEMBERS


class ServedMember(NamedTuple):
    """A membership with its force unit; `unit_id` decides whose area it is."""

    member_id: UUID
    person_id: UUID
    force_unit_id: UUID
    force_type: str
    unit_id: UUID
    unit_path: str
    post: str
    enrolled_on: date
    ceased_on: date | None
    suspended_on: date | None = None

    def acts_on(self, day: date) -> bool:
        """Tell whether the member serves on a day and does not rest (tạm dừng)."""
        rests = self.suspended_on is not None and self.suspended_on <= day
        return self.service.holds(day) and not rests

    @property
    def service(self) -> Period:
        """The days of service."""
        return Period(self.enrolled_on, self.ceased_on)


def served_members() -> sa.Select[Any]:
    """Select memberships in the order of ServedMember's fields, at today's place."""
    found = sa.select(
        MEMBERS.c.id.label("member_id"),
        MEMBERS.c.person_id,
        MEMBERS.c.force_unit_id,
        FORCE_UNITS.c.force_type,
        FORCE_HOMES.c.unit_id,
        FORCE_HOMES.c.unit_path,
        MEMBERS.c.post,
        MEMBERS.c.enrolled_on,
        MEMBERS.c.ceased_on,
        MEMBERS.c.suspended_on,
    ).join(FORCE_UNITS, FORCE_UNITS.c.id == MEMBERS.c.force_unit_id)
    return found.join(FORCE_HOMES, home_today(MEMBERS.c.force_unit_id))


def find_members(
    conn: sa.Connection, member_ids: Iterable[UUID]
) -> dict[UUID, ServedMember]:
    """Return the memberships with these ids, wherever they lie."""
    query = served_members().where(MEMBERS.c.id.in_(list(member_ids)))
    found = (ServedMember(*row) for row in conn.execute(query))
    return {one.member_id: one for one in found}


def unit_of_team(conn: sa.Connection, force_unit_id: UUID, on: date) -> UUID | None:
    """Return the administrative unit in which a force lies on a day."""
    found: UUID | None = conn.execute(
        sa.select(FORCE_HOMES.c.unit_id).where(
            FORCE_HOMES.c.force_unit_id == force_unit_id, holding_on(on)
        )
    ).scalar()
    return found
