"""Who of the caller's area bears these numbers? Asked before somebody new comes in."""

from collections.abc import Collection, Iterable
from typing import Final, Literal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.registry.person_vault import MATCHES
from services.registry.read_models.person_list import reach
from services.unit_directory.places import Covered

NumberKind = Literal["citizen_id", "old_id"]
Number = tuple[NumberKind, bytes]
NUMBERS: Final[tuple[NumberKind, ...]] = ("citizen_id", "old_id")


def bearers_of(
    conn: sa.Connection, wanted: Collection[Number], callers_paths: Iterable[Covered]
) -> dict[Number, UUID]:
    """Return who counts for the bearer of each number; out of reach is nobody.

    Numbers are their keyed digests; one statement looks for all of them.
    """
    ways = [_bears(kind, {d for of, d in wanted if of == kind}) for kind in NUMBERS]
    query = sa.select(
        MATCHES.c.person_id, *(MATCHES.c[kind] for kind in NUMBERS)
    ).where(sa.or_(*ways))
    rows = conn.execute(query.order_by(MATCHES.c.person_id)).all()
    if not rows:
        return {}
    reached = reach(conn, {row.person_id for row in rows}, callers_paths)
    asked = set(wanted)
    found: dict[Number, UUID] = {}
    for row in rows:
        person = reached.get(row.person_id)
        if person is None or person.erased_on is not None:
            continue
        for kind in NUMBERS:
            digest = getattr(row, kind)
            number = (kind, bytes(digest or b""))
            if number in asked:
                found.setdefault(number, person.id)
    return found


def _bears(kind: NumberKind, digests: Collection[bytes]) -> sa.ColumnElement[bool]:
    column = MATCHES.c[kind]
    given = sa.literal(list(digests), pg.ARRAY(sa.LargeBinary))
    # The index is of those who have such a number.
    return sa.and_(column.is_not(None), column == sa.any_(given))
