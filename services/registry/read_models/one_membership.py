"""Holds a person to one service at a time in forces that exclude each other.

Given to commands that let somebody known serve in another force; in their transaction.
"""

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.registry.domain.force_errors import ServesElsewhere
from services.registry.domain.force_types import FORCE_TYPES
from services.registry.read_models.tables import FORCE_UNITS, MEMBERS


def keeping_one_membership(
    member_ids: Iterable[UUID], *, since: date
) -> Callable[[sa.Connection], None]:
    """Give the check that those behind these memberships serve once from a day on.

    Two commands meet on the rows of the person's memberships. Raises ServesElsewhere.
    """
    ids = list(member_ids)
    exclusive = [force.code for force in FORCE_TYPES.values() if force.exclusive]

    def guard(conn: sa.Connection) -> None:
        people = sa.select(MEMBERS.c.person_id).where(MEMBERS.c.id.in_(ids))
        rows = conn.execute(
            sa.select(MEMBERS.c.person_id)
            .join(FORCE_UNITS, FORCE_UNITS.c.id == MEMBERS.c.force_unit_id)
            .where(
                MEMBERS.c.person_id.in_(people),
                FORCE_UNITS.c.force_type.in_(exclusive),
                sa.or_(MEMBERS.c.ceased_on.is_(None), MEMBERS.c.ceased_on > since),
            )
            .order_by(MEMBERS.c.id)
            .with_for_update(of=MEMBERS)
        )
        seen: set[UUID] = set()
        for (person_id,) in rows:
            if person_id in seen:
                raise ServesElsewhere(person_id=person_id)
            seen.add(person_id)

    return guard
