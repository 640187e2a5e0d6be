"""Whence did a membership come, what builds on it? Asked before it is taken back."""

from typing import Any, Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from services.registry.read_models.claim_list import CLAIMS
from services.registry.read_models.credential_list import CREDENTIALS
from services.registry.read_models.people_held import hold_people
from services.registry.read_models.person_disputes import DISPUTES
from services.registry.read_models.selection_tables import APPLICATIONS
from services.registry.read_models.tables import MEMBERS
from services.registry.read_models.training_list import TRAINED
from services.registry.read_models.visit_list import VISITS

_ABOUT_MEMBERS: Final = (CLAIMS, CREDENTIALS, TRAINED, VISITS)


class Origin(NamedTuple):
    """Whose membership it is, and whether more than an enrolment brought it.

    Neither changes as long as there is the membership.
    """

    person_id: UUID
    chosen: bool


def origin_of(conn: sa.Connection, member_id: UUID) -> Origin | None:
    """Return whence a membership came; None where there is none."""
    applied = sa.exists().where(APPLICATIONS.c.member_id == MEMBERS.c.id)
    chosen = sa.or_(MEMBERS.c.from_member_id.is_not(None), applied)
    query = sa.select(MEMBERS.c.person_id, chosen).where(MEMBERS.c.id == member_id)
    row = conn.execute(query).one_or_none()
    return None if row is None else Origin(*row)


def is_built_upon(conn: sa.Connection, member_id: UUID) -> bool:
    """Tell whether a claim, a credential, a course or a visit names the member."""
    return _any_of(conn, [table.c.member_id == member_id for table in _ABOUT_MEMBERS])


def is_known_otherwise(conn: sa.Connection, person_id: UUID) -> bool:
    """Tell whether more is known of somebody than a service; the person is held.

    Another service, an application, a dispute, a person merged with this one.
    """
    person = hold_people(conn, (person_id,)).get(person_id)
    if person is not None and (person.services or len(person.family) > 1):
        return True
    return _any_of(
        conn, [table.c.person_id == person_id for table in (APPLICATIONS, DISPUTES)]
    )


def _any_of(conn: sa.Connection, ways: list[sa.ColumnElement[bool]]) -> bool:
    """Ask in one statement whether any table has such a row."""
    found: Any = sa.select(sa.or_(*(sa.exists().where(way) for way in ways)))
    return bool(conn.execute(found).scalar_one())
