"""member.enrol: take up to 100 people into a force unit, all or none."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from services.chassis.commands import JointChange
from services.chassis.ids import new_id
from services.contracts.registry.members import EnrolMembers, MembersEnrolled, NewMember
from services.contracts.registry.papers import PersonFacts
from services.registry.domain.conditions import refuse_too_young
from services.registry.domain.enrolment_errors import NumberKnown
from services.registry.domain.force_unit import ForceUnit
from services.registry.domain.person import Person
from services.registry.domain.person_errors import PersonUnknown
from services.registry.domain.roster import Enrolment
from services.registry.domain.service_errors import PersonNotNamed
from services.registry.domain.values import Post
from services.registry.person_vault import PersonRecord, PersonVault
from services.registry.read_models.guards import Guard, all_of
from services.registry.read_models.number_bearers import NUMBERS, Number, bearers_of
from services.registry.read_models.one_membership import keeping_one_membership
from services.registry.read_models.person_list import Reach, reach
from services.registry.read_models.quota_guard import keeping_quota
from services.registry.use_cases.circumstances import Circumstances, category
from services.registry.use_cases.papers import (
    maybe_decision,
    outcomes_of,
    record_in,
)
from services.registry.use_cases.reached import found_or_begun
from services.unit_directory.places import Covered


class KnownPeople(NamedTuple):
    """What the store knows of people named by id, and of those who count for them."""

    records: Mapping[UUID, PersonRecord]
    reached: Mapping[UUID, Reach]
    # Where a request gives the number of somebody whom the caller reaches.
    numbers: Mapping[str, UUID] = MappingProxyType({})

    def who_counts(self, person_id: UUID) -> UUID:
        """Return the person that an id stands for after mergers."""
        reached = self.reached.get(person_id)
        return person_id if reached is None else reached.id


NOBODY: Final = KnownPeople({}, {})


def known_people(
    conn: sa.Connection,
    vault: PersonVault,
    people: Collection[UUID],
    callers_paths: Iterable[Covered],
) -> KnownPeople:
    """Look up people named by id, before a command about them is decided."""
    reached = reach(conn, people, callers_paths)
    reached |= {person.id: person for person in reached.values()}
    return KnownPeople(vault.records(conn, {*people, *reached}), reached)


def known_numbers(
    conn: sa.Connection,
    vault: PersonVault,
    members: Sequence[NewMember],
    callers_paths: Iterable[Covered],
) -> dict[str, UUID]:
    """Return by field who bears a number already that is given for somebody new."""
    asked: dict[str, Number] = {}
    for number, one in enumerate(members):
        if one.person_id is None and one.full_name is not None:
            digests = vault.matches(record_in(one, one.full_name), NUMBERS)
            for kind in NUMBERS:
                if kind in digests:
                    asked[f"$.members[{number}].{kind}"] = (kind, digests[kind])
    if not asked:
        return {}
    found = bearers_of(conn, set(asked.values()), callers_paths)
    return {field: found[one] for field, one in asked.items() if one in found}


class _Joining(NamedTuple):
    member_id: UUID
    asked: NewMember
    record: PersonRecord | None
    field: str


def enrol_members(
    command: EnrolMembers,
    given: Circumstances,
    vault: PersonVault,
    known: KnownPeople = NOBODY,
) -> JointChange:
    """Decide on enrolments; somebody new begins a person with a record in the vault.

    Raises PersonNotNamed; the decision NumberKnown.
    """
    joining = [
        _joining(asked, known, f"$.members[{number}]")
        for number, asked in enumerate(command.members)
    ]
    new = {
        one.member_id: one.record
        for one in joining
        if one.record is not None and one.asked.person_id is None
    }
    named = [one for one in joining if one.asked.person_id]

    def decide(
        found: Mapping[UUID, Any],
    ) -> tuple[list[ForceUnit | Person], MembersEnrolled]:
        force_unit = given.mine(found.get(command.force_unit_id), command.force_unit_id)
        # Here, so that a key that was answered is answered so again.
        for field, person_id in known.numbers.items():
            raise NumberKnown(field=field, person_id=person_id)
        people = [_join_again(found, force_unit, one, known, given) for one in named]
        force_unit.enrol(
            [_enrolment(one, command, force_unit) for one in joining],
            category(force_unit),
            given.life_where(force_unit),
            today=given.today,
        )
        people += _registered(new, force_unit.unit_on(given.today), given)
        ids = tuple(one.member_id for one in joining)
        return [force_unit, *people], MembersEnrolled(member_ids=ids)

    return JointChange(
        loads={command.force_unit_id, *known.reached},
        decide=decide,
        also=vault.keeping(new),
        guard=_guard(command, named, given),
    )


def _guard(
    command: EnrolMembers, named: Iterable[_Joining], given: Circumstances
) -> Guard:
    fields = {one.member_id: f"{one.field}.person_id" for one in named}
    since = min(member.enrolled_on for member in command.members)
    ids = [command.force_unit_id]
    return all_of(
        keeping_quota("members", ids, given.units, since=since),
        keeping_one_membership(fields),
    )


def _registered(
    people: Iterable[UUID], unit_id: UUID, given: Circumstances
) -> list[Person]:
    return [Person.register(one, on=given.today, unit_id=unit_id) for one in people]


def _joining(asked: NewMember, known: KnownPeople, field: str) -> _Joining:
    told = [name for name in PersonFacts.__struct_fields__ if getattr(asked, name)]
    if asked.person_id is None:
        if asked.full_name is None:
            raise PersonNotNamed(field=field)
        return _Joining(new_id(), asked, record_in(asked, asked.full_name), field)
    if told:
        raise PersonNotNamed(field=f"{field}.{told[0]}")
    return _Joining(new_id(), asked, known.records.get(asked.person_id), field)


def _enrolment(
    one: _Joining, command: EnrolMembers, force_unit: ForceUnit
) -> Enrolment:
    asked = one.asked
    if one.record is not None and asked.conditions is None:
        told = "birth_date" if asked.person_id is None else "person_id"
        refuse_too_young(
            one.record.birth_date,
            force_unit.force_type,
            asked.enrolled_on,
            f"{one.field}.{told}",
        )
    outcomes = (
        outcomes_of(
            asked.conditions,
            one.record,
            force_unit.force_type,
            asked.enrolled_on,
            f"{one.field}.conditions",
        )
        if asked.conditions is not None and one.record is not None
        else ()
    )
    return Enrolment(
        one.member_id,
        Post(asked.post),
        asked.enrolled_on,
        asked.person_id,
        maybe_decision(asked.decision or command.decision),
        outcomes,
    )


def _join_again(
    found: Mapping[UUID, Any],
    force_unit: ForceUnit,
    one: _Joining,
    known: KnownPeople,
    given: Circumstances,
) -> Person:
    person_id, field = one.asked.person_id, f"{one.field}.person_id"
    person = known_person(found, person_id, known, given, field)
    person.join(one.member_id, force_unit.id, on=one.asked.enrolled_on)
    return person


def known_person(
    found: Mapping[UUID, Any],
    person_id: UUID | None,
    known: KnownPeople,
    given: Circumstances,
    field: str,
) -> Person:
    """Return somebody whom the caller reaches and whose record can be opened.

    Raises PersonUnknown, PersonErased, PersonMerged.
    """
    reached = known.reached.get(person_id) if person_id is not None else None
    if person_id is None or reached is None:
        raise PersonUnknown(field=field, person_id=person_id)
    person = found_or_begun(found, person_id, reached, given)
    person.refuse_gone()
    if person_id not in known.records:
        raise PersonUnknown(field=field, person_id=person_id)
    return person
