"""selection.decide: recognise those submitted as members of the team, all or none."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.commands import JointChange
from services.chassis.ids import new_id
from services.contracts.registry.selection import (
    DecideSelection,
    RecognisedMember,
    SelectionDecided,
)
from services.registry.domain.conditions import judged, refuse_unmet
from services.registry.domain.member_law import law_on
from services.registry.domain.person import Person
from services.registry.domain.roster import Enrolment
from services.registry.domain.selection_values import Application
from services.registry.domain.service_errors import ConditionsNotKnownThen
from services.registry.domain.values import Post
from services.registry.read_models.guards import all_of
from services.registry.read_models.one_membership import keeping_one_membership
from services.registry.read_models.quota_guard import keeping_quota
from services.registry.use_cases.circumstances import Circumstances, category
from services.registry.use_cases.enrol_members import KnownPeople, known_person
from services.registry.use_cases.papers import candidate_of, decision_in
from services.registry.use_cases.selection_steps import round_of


def decide_selection(
    command: DecideSelection,
    given: Circumstances,
    team_id: UUID,
    known: KnownPeople,
) -> JointChange:
    """Decide on recognition: conditions, one membership, quota and posts all hold.

    Raises ConditionsNotMet and what enrolment raises.
    """
    act = _Recognition(command, given, team_id, known)
    return JointChange(
        loads={command.round_id, team_id, *known.reached},
        decide=act.decide,
        guard=all_of(
            keeping_quota(
                "members", [team_id], given.units, since=command.recognised_on
            ),
            act.keep_one_membership,
        ),
    )


class _Recognition:
    def __init__(
        self,
        command: DecideSelection,
        given: Circumstances,
        team_id: UUID,
        known: KnownPeople,
    ) -> None:
        self.command = command
        self.given = given
        self.team_id = team_id
        self.known = known
        self.decision = decision_in(command.decision)
        self.fields: dict[UUID, str] = {}

    def decide(self, found: Mapping[UUID, Any]) -> tuple[list[Any], SelectionDecided]:
        """Carry it out on what was loaded, or refuse it as a whole."""
        on, today = self.command.recognised_on, self.given.today
        one = round_of(found.get(self.command.round_id), self.command.round_id,
                       self.given)  # fmt: skip
        team = self.given.mine(found.get(self.team_id), self.team_id)
        submitted = one.book.submitted()
        members = {application_id: new_id() for application_id in submitted}
        one.decide(self.decision, members, on=on, today=today)
        self.fields = {
            member_id: f"$.recognised[{number}]"
            for number, member_id in enumerate(members.values())
        }
        people: dict[UUID, Person] = {}
        enrolments = []
        for application_id, application in submitted.items():
            member_id = members[application_id]
            field = self.fields[member_id]
            # Found to be somebody else since the dossier came: that one is recognised.
            who = self.known.who_counts(application.person_id)
            person = known_person(found, who, self.known, self.given, field)
            people[person.id] = person
            person.join(member_id, team.id, on=on)
            enrolments.append(self._enrolment(member_id, who, application, field))
        life = self.given.life_where(team)
        team.enrol(enrolments, category(team), life, today=today)
        reply = SelectionDecided(
            round_id=one.id,
            recognised=tuple(
                RecognisedMember(application_id=which, member_id=member_id)
                for which, member_id in members.items()
            ),
        )
        return [one, team, *people.values()], reply

    def keep_one_membership(self, conn: sa.Connection) -> None:
        """Hold everybody to one service, as the guard of the decision last taken."""
        keeping_one_membership(self.fields)(conn)

    def _enrolment(
        self, member_id: UUID, who: UUID, application: Application, field: str
    ) -> Enrolment:
        on = self.command.recognised_on
        law = law_on("security_order_team", on)
        if law is None:
            raise ConditionsNotKnownThen(
                field="$.recognised_on", day=on, force_type="security_order_team"
            )
        record = self.known.records[who]
        outcomes = judged(candidate_of(application.dossier, record), law, on)
        refuse_unmet(outcomes, field)
        return Enrolment(
            member_id,
            application.post or Post.MEMBER,
            on,
            who,
            self.decision,
            outcomes,
        )
