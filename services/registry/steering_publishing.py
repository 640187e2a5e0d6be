"""Which facts about committees and programmes others see, and in which words."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from services.contracts.envelope import PublicEvent
from services.contracts.registry import steering_events as events
from services.registry.domain.coordination_programme import CoordinationProgramme
from services.registry.domain.steering_committee import Seat, SteeringCommittee


def _established(fact: SteeringCommittee.Established) -> PublicEvent:
    return events.SteeringCommitteeEstablishedV1(
        committee_id=fact.originator_id,
        unit_id=fact.unit_id,
        level=fact.level,
        name=fact.name,
        standing_body=fact.standing_body,
        seats=_seats(fact.seats),
        effective_on=fact.effective_on,
        number=fact.number,
        decided_on=fact.decided_on,
        issuer=fact.issuer,
    )


def _reconstituted(fact: SteeringCommittee.Reconstituted) -> PublicEvent:
    return events.SteeringCommitteeReconstitutedV1(
        committee_id=fact.originator_id,
        unit_id=fact.unit_id,
        name=fact.name,
        standing_body=fact.standing_body,
        seats=_seats(fact.seats),
        effective_on=fact.effective_on,
        number=fact.number,
        decided_on=fact.decided_on,
        issuer=fact.issuer,
    )


def _dissolved(fact: SteeringCommittee.Dissolved) -> PublicEvent:
    return events.SteeringCommitteeDissolvedV1(
        committee_id=fact.originator_id,
        unit_id=fact.unit_id,
        dissolved_on=fact.dissolved_on,
        number=fact.number,
        decided_on=fact.decided_on,
        issuer=fact.issuer,
    )


def _seats(seats: Iterable[Seat]) -> tuple[events.SteeringSeat, ...]:
    return tuple(
        events.SteeringSeat(post=post, office=office, holders=holders)
        for post, office, holders in seats
    )


def _signed(fact: CoordinationProgramme.Signed) -> PublicEvent:
    return events.CoordinationProgrammeSignedV1(
        programme_id=fact.originator_id,
        unit_id=fact.unit_id,
        level=fact.level,
        number=fact.number,
        parties=tuple(fact.parties),
        signed_on=fact.signed_on,
        valid_from=fact.valid_from,
        valid_to=fact.valid_to,
        mid_term_on=fact.mid_term_on,
        final_on=fact.final_on,
        renews=fact.renews,
    )


def _reviewed(fact: CoordinationProgramme.Reviewed) -> PublicEvent:
    return events.CoordinationProgrammeReviewedV1(
        programme_id=fact.originator_id,
        unit_id=fact.unit_id,
        kind=fact.kind,
        held_on=fact.held_on,
    )


def _ended(fact: CoordinationProgramme.Ended) -> PublicEvent:
    return events.CoordinationProgrammeEndedV1(
        programme_id=fact.originator_id, unit_id=fact.unit_id, ended_on=fact.ended_on
    )


def _renewed(fact: CoordinationProgramme.Renewed) -> PublicEvent:
    return events.CoordinationProgrammeRenewedV1(
        programme_id=fact.originator_id,
        unit_id=fact.unit_id,
        renewed_by=fact.renewed_by,
        renewed_on=fact.renewed_on,
    )


PUBLIC_STEERING: Final[dict[type, Callable[[Any], PublicEvent]]] = {
    SteeringCommittee.Established: _established,
    SteeringCommittee.Reconstituted: _reconstituted,
    SteeringCommittee.Dissolved: _dissolved,
    CoordinationProgramme.Signed: _signed,
    CoordinationProgramme.Reviewed: _reviewed,
    CoordinationProgramme.Ended: _ended,
    CoordinationProgramme.Renewed: _renewed,
}
