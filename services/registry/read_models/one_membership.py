"""Holds a person to one service at a time, in the very transaction that would pass it.

Given to every command that lets somebody known serve once more, finds two people to be
one, or erases one. The rule itself is `domain/one_membership.py`.
"""

from collections.abc import Collection, Mapping
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from services.chassis.errors import DomainError
from services.registry.domain.one_membership import (
    HeldService,
    in_the_way_of,
    refuse_erasing_who_serves,
    refuse_two_running,
)
from services.registry.domain.person_errors import (
    PersonChangedMeanwhile,
    PersonErased,
    PersonUnknown,
)
from services.registry.domain.person_values import ErasureGround
from services.registry.domain.service_errors import PersonServesAlready
from services.registry.read_models.guards import Guard
from services.registry.read_models.people_held import HeldPerson, hold_people
from services.registry.read_models.tables import MEMBERS


class _New(NamedTuple):
    member_id: UUID
    field: str
    person_id: UUID
    person: HeldPerson


def keeping_one_membership(fields: Mapping[UUID, str]) -> Guard:
    """Give the check of new memberships; ``fields`` say where each was asked for.

    Two commands meet on the rows of the people, those merged with them included.
    Raises PersonServesAlready, PersonErased, PersonUnknown.
    """

    def guard(conn: sa.Connection) -> None:
        for refusal in refused_memberships(conn, fields).values():
            raise refusal

    return guard


def refused_memberships(
    conn: sa.Connection, fields: Mapping[UUID, str]
) -> dict[UUID, DomainError]:
    """Return which of the new memberships cannot stand, in their order, and why."""
    if not fields:
        return {}
    rows = conn.execute(
        sa.select(MEMBERS.c.id, MEMBERS.c.person_id).where(MEMBERS.c.id.in_(fields))
    )
    bearers: dict[UUID, UUID] = {row.id: row.person_id for row in rows}
    held = hold_people(conn, set(bearers.values()))
    refused: dict[UUID, DomainError] = {}
    later = set(fields)
    for member_id, field in fields.items():
        later.remove(member_id)
        person_id = bearers[member_id]
        new = _New(member_id, field, person_id, held[person_id])
        refusal = _refusal(new, later.union(refused))
        if refusal is not None:
            refused[member_id] = refusal
    return refused


def _gone(person: HeldPerson, person_id: UUID, field: str) -> DomainError | None:
    if person.erased_on is not None:
        return PersonErased(field=field, erased_on=person.erased_on)
    if not person.has_record:
        return PersonUnknown(field=field, person_id=person_id)
    return None


def _refusal(new: _New, leaving_out: Collection[UUID]) -> DomainError | None:
    """Return why a membership cannot stand beside the others."""
    person = new.person
    gone = _gone(person, new.person_id, new.field)
    if gone is not None:
        return gone
    standing = [one for one in person.services if one.member_id not in leaving_out]
    (mine,) = (one for one in standing if one.member_id == new.member_id)
    other: HeldService | None = in_the_way_of(mine, standing)
    if other is None:
        return None
    return PersonServesAlready(
        field=new.field, force_type=other.force_type, day=mine.first
    )


def keeping_record(person_id: UUID, field: str) -> Guard:
    """Give the check that somebody of whom more is recorded has not been erased.

    Raises PersonErased, PersonUnknown.
    """

    def guard(conn: sa.Connection) -> None:
        person = hold_people(conn, (person_id,))[person_id]
        refusal = _gone(person, person_id, field)
        if refusal is not None:
            raise refusal

    return guard


def keeping_one_after_merging(person_id: UUID) -> Guard:
    """Give the check that who was found to be one serves where one may.

    Raises PersonServesTwice.
    """

    def guard(conn: sa.Connection) -> None:
        person = hold_people(conn, (person_id,))[person_id]
        refuse_two_running(person.services, "$.other_id")

    return guard


def erasing_whole(
    person_id: UUID, family: Collection[UUID], ground: ErasureGround
) -> Guard:
    """Give the check that just this person goes, whole, and is not needed any more.

    Raises PersonChangedMeanwhile, PersonStillServes.
    """

    def guard(conn: sa.Connection) -> None:
        person = hold_people(conn, (person_id,))[person_id]
        if person.id != person_id or person.family != frozenset(family):
            raise PersonChangedMeanwhile(person_id=person_id)
        refuse_erasing_who_serves(ground, person.services)

    return guard
