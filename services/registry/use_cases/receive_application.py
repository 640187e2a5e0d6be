"""selection.receive, selection.propose_directly: somebody comes into a round."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.chassis.commands import JointChange
from services.chassis.ids import new_id
from services.contracts.registry.selection import (
    ProposeDirectly,
    ReceiveApplication,
    SelectionMoved,
)
from services.registry.domain.person import Person
from services.registry.domain.selection_errors import NotACivilDefenceLeader
from services.registry.domain.selection_round import SelectionRound
from services.registry.domain.service_errors import PersonNotNamed
from services.registry.domain.values import Post
from services.registry.person_vault import PersonVault
from services.registry.read_models.one_membership import keeping_record
from services.registry.use_cases.circumstances import Circumstances
from services.registry.use_cases.enrol_members import (
    NOBODY,
    KnownPeople,
    known_person,
)
from services.registry.use_cases.papers import dossier_in, record_in
from services.registry.use_cases.selection_steps import round_of

CIVIL_DEFENCE = "civil_defence_team"


def receive_application(
    command: ReceiveApplication,
    given: Circumstances,
    vault: PersonVault,
    known: KnownPeople = NOBODY,
) -> JointChange:
    """Decide on an application; somebody new begins a person. Raises PersonNotNamed."""
    name = command.person.full_name if command.person else None
    if (command.person_id is None) == (name is None):
        raise PersonNotNamed(field="$.person")
    application_id, person_id = new_id(), command.person_id or new_id()
    new = (
        {person_id: record_in(command.person, name)}
        if command.person is not None and name is not None
        else {}
    )

    def decide(
        found: Mapping[UUID, Any],
    ) -> tuple[list[SelectionRound | Person], SelectionMoved]:
        one = round_of(found.get(command.round_id), command.round_id, given)
        if new:
            person = Person.register(person_id, on=given.today, unit_id=one.unit_id)
        else:
            person = known_person(found, person_id, known, given, "$.person_id")
        one.receive(
            application_id,
            person_id,
            dossier_in(command.dossier),
            on=command.received_on,
            today=given.today,
        )
        return [one, person], _moved(one, application_id)

    loads = {command.round_id} if new else {command.round_id, person_id}
    return JointChange(
        loads=loads,
        decide=decide,
        also=vault.keeping(new),
        guard=None if new else keeping_record(person_id, "$.person_id"),
    )


def propose_directly(command: ProposeDirectly, given: Circumstances) -> JointChange:
    """Decide on a leader of civil defence (Đ.16.3). Raises NotACivilDefenceLeader."""
    application_id = new_id()

    def decide(
        found: Mapping[UUID, Any],
    ) -> tuple[list[SelectionRound], SelectionMoved]:
        one = round_of(found.get(command.round_id), command.round_id, given)
        team = given.mine(
            found.get(command.from_force_unit_id), command.from_force_unit_id
        )
        service = team.roster.serving(command.member_id)
        leads = service.post in {Post.LEADER, Post.DEPUTY}
        if team.force_type != CIVIL_DEFENCE or not leads:
            raise NotACivilDefenceLeader(field="$.member_id")
        one.propose_directly(
            application_id,
            (service.person_id or command.member_id, command.member_id),
            dossier_in(command.dossier),
            on=command.proposed_on,
            today=given.today,
        )
        return [one], _moved(one, application_id)

    return JointChange(
        loads=(command.round_id, command.from_force_unit_id), decide=decide
    )


def _moved(one: SelectionRound, application_id: UUID) -> SelectionMoved:
    return SelectionMoved(
        round_id=one.id, state=one.book.state.value, application_id=application_id
    )
