"""steering_committee.*, programme.*: committees 138 and what partners sign."""

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID, uuid5

from services.chassis.commands import Change, JointChange
from services.chassis.ids import new_id
from services.contracts.registry import steering as api
from services.registry.domain import steering_errors as errors
from services.registry.domain.coordination_programme import (
    CoordinationProgramme,
    ProgrammeTerms,
    ReviewKind,
)
from services.registry.domain.days import refuse_future
from services.registry.domain.steering_committee import (
    Composition,
    Seat,
    SteeringCommittee,
    SteeringPaper,
    SteeringPlace,
)
from services.registry.use_cases.circumstances import Circumstances
from services.unit_directory.tree import Unit

_NAMESPACE: Final = UUID("c2b4a0f6-5d0e-5b7e-9d6a-3c1f8e2a7b94")


def establish_committee(
    command: api.EstablishCommittee, given: Circumstances
) -> Change[SteeringCommittee]:
    """Decide on a committee; the unit is its name, for it has one."""
    refuse_future(command.effective_on, given.today, "$.effective_on")
    unit = given.unit_of_fact(command.unit, command.effective_on)
    committee_id = uuid5(_NAMESPACE, str(unit.id))

    def decide(found: SteeringCommittee | None) -> tuple[SteeringCommittee, object]:
        if found is not None:
            raise errors.SteeringCommitteeAlreadyThere(field="$.unit")
        committee = SteeringCommittee.establish(
            committee_id,
            _place(unit),
            _composition(command),
            _paper(command),
            on=command.effective_on,
            today=given.today,
        )
        return committee, api.CommitteeChanged(committee_id=committee_id)

    return Change(
        aggregate_type=SteeringCommittee, aggregate_id=committee_id, decide=decide
    )


def reconstitute_committee(
    command: api.ReconstituteCommittee, given: Circumstances
) -> Change[SteeringCommittee]:
    """Decide on another composition."""
    return _committee_changed(
        command.committee_id,
        given,
        lambda committee: committee.reconstitute(
            _composition(command),
            _paper(command),
            on=command.effective_on,
            today=given.today,
        ),
    )


def dissolve_committee(
    command: api.DissolveCommittee, given: Circumstances
) -> Change[SteeringCommittee]:
    """Decide on the end of a committee."""
    return _committee_changed(
        command.committee_id,
        given,
        lambda committee: committee.dissolve(
            _paper(command), on=command.dissolved_on, today=given.today
        ),
    )


def sign_programme(command: api.SignProgramme, given: Circumstances) -> JointChange:
    """Decide on a programme, and on the end of the one that it renews."""
    refuse_future(command.signed_on, given.today, "$.signed_on")
    unit = given.unit_of_fact(command.unit, command.signed_on)
    programme_id = new_id()
    terms = ProgrammeTerms(
        number=command.number,
        parties=command.parties,
        signed_on=command.signed_on,
        valid_from=command.valid_from,
        valid_to=command.valid_to,
        mid_term_on=command.mid_term_on,
        final_on=command.final_on,
    )

    def decide(found: Mapping[UUID, Any]) -> tuple[list[Any], object]:
        earlier = None
        if command.renews is not None:
            known = found.get(command.renews)
            earlier = _my_programme(known, command.renews, given, "$.renews")
        programme = CoordinationProgramme.sign(
            programme_id, _place(unit), terms, renews=earlier, today=given.today
        )
        changed = [programme] if earlier is None else [earlier, programme]
        return changed, api.ProgrammeChanged(programme_id=programme_id)

    loads = () if command.renews is None else (command.renews,)
    return JointChange(loads=loads, decide=decide)


def review_programme(
    command: api.ReviewProgramme, given: Circumstances
) -> Change[CoordinationProgramme]:
    """Decide on a review that was held."""
    return _programme_changed(
        command.programme_id,
        given,
        lambda programme: programme.review(
            ReviewKind(command.kind), on=command.held_on, today=given.today
        ),
    )


def end_programme(
    command: api.EndProgramme, given: Circumstances
) -> Change[CoordinationProgramme]:
    """Decide on the end of a programme before its time."""
    return _programme_changed(
        command.programme_id,
        given,
        lambda programme: programme.end(on=command.ended_on, today=given.today),
    )


def _committee_changed(
    committee_id: UUID,
    given: Circumstances,
    change: Callable[[SteeringCommittee], None],
) -> Change[SteeringCommittee]:
    """Change a committee of the caller's area; what lies elsewhere looks absent."""

    def decide(
        found: SteeringCommittee | None,
    ) -> tuple[SteeringCommittee, object]:
        if found is None or not given.reaches(found.unit_id, "steering_committee"):
            raise errors.SteeringCommitteeUnknown(
                field="$.committee_id", committee_id=committee_id
            )
        change(found)
        return found, api.CommitteeChanged(committee_id=committee_id)

    return Change(
        aggregate_type=SteeringCommittee, aggregate_id=committee_id, decide=decide
    )


def _programme_changed(
    programme_id: UUID,
    given: Circumstances,
    change: Callable[[CoordinationProgramme], None],
) -> Change[CoordinationProgramme]:
    def decide(
        found: CoordinationProgramme | None,
    ) -> tuple[CoordinationProgramme, object]:
        programme = _my_programme(found, programme_id, given, "$.programme_id")
        change(programme)
        return programme, api.ProgrammeChanged(programme_id=programme_id)

    return Change(
        aggregate_type=CoordinationProgramme, aggregate_id=programme_id, decide=decide
    )


def _my_programme(
    found: object, programme_id: UUID, given: Circumstances, field: str
) -> CoordinationProgramme:
    if not isinstance(found, CoordinationProgramme) or not given.reaches(
        found.unit_id, "coordination_programme"
    ):
        raise errors.ProgrammeUnknown(field=field, programme_id=programme_id)
    return found


def _place(unit: Unit) -> SteeringPlace:
    return SteeringPlace(unit.id, unit.path, unit.level)


def _composition(
    command: api.EstablishCommittee | api.ReconstituteCommittee,
) -> Composition:
    seats = [Seat(seat.post, seat.office, seat.holders) for seat in command.seats]
    return Composition(command.name, command.standing_body, seats)


def _paper(
    command: api.EstablishCommittee | api.ReconstituteCommittee | api.DissolveCommittee,
) -> SteeringPaper:
    return SteeringPaper(command.number, command.decided_on, command.issuer)
