"""Public facts of the other services, as tests need them: short to write."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from services.chassis.envelopes import partition_of
from services.chassis.followers import Delivered
from services.contracts.campaigns.events import (
    CampaignOpenedV1,
    ModelEndedV1,
    ModelLaunchedV1,
    ModelPointClosedV1,
    ModelPointOpenedV1,
    SessionCorrectedV1,
    SessionHeldV1,
    SessionWithdrawnV1,
)
from services.contracts.envelope import PublicEvent
from services.contracts.registry.events import (
    ForceUnitConsolidatedV1,
    ForceUnitDisbandedV1,
    ForceUnitEstablishedV1,
    ForceUnitEstablishmentWithdrawnV1,
    MemberCeasedV1,
    MemberEnrolledV1,
    MemberEnrolmentWithdrawnV1,
)
from services.contracts.registry.force_events import (
    ForceUnitPassedOnV1,
    ForceUnitPassingUndoneV1,
)
from services.contracts.tips.events import TipReceivedV1, TipTriagedV1, TipValuedV1

DAY = date(2023, 3, 20)
GUARDS = "neighbourhood_guard_board"
POLICE = "part_time_commune_police"


def campaign(unit: UUID, day: date = DAY) -> CampaignOpenedV1:
    return CampaignOpenedV1(
        campaign_id=uuid4(),
        unit_id=unit,
        name="Đợt",
        starts_on=day,
        ends_on=day,
        organiser="police",
    )


def held(unit: UUID, attendance: int = 60, day: date = DAY) -> SessionHeldV1:
    return SessionHeldV1(
        session_id=uuid4(),
        campaign_id=None,
        unit_id=unit,
        held_on=day,
        kind="outreach",
        attendance=attendance,
        organiser="police",
        origin="own",
    )


def corrected(
    unit: UUID, before: int, after: int, day: date = DAY
) -> SessionCorrectedV1:
    return SessionCorrectedV1(
        session_id=uuid4(),
        unit_id=unit,
        held_on=day,
        attendance_before=before,
        attendance_after=after,
        reason_code="miscounted",
    )


def withdrawn(unit: UUID, attendance: int, day: date = DAY) -> SessionWithdrawnV1:
    return SessionWithdrawnV1(
        session_id=uuid4(), unit_id=unit, held_on=day, attendance=attendance
    )


def received(unit: UUID, day: date = DAY) -> TipReceivedV1:
    return TipReceivedV1(
        tip_id=uuid4(),
        unit_id=unit,
        received_on=day,
        category="gambling",
        channel="hotline_1022",
    )


def triaged(unit: UUID, outcome: str, received_on: date = DAY) -> TipTriagedV1:
    return TipTriagedV1(
        tip_id=uuid4(),
        unit_id=unit,
        triaged_on=date(2023, 12, 20),
        received_on=received_on,
        outcome=outcome,  # type: ignore[arg-type]
    )


def valued(unit: UUID, day: date = DAY, *, valuable: bool = True) -> TipValuedV1:
    return TipValuedV1(
        tip_id=uuid4(),
        unit_id=unit,
        valued_on=day,
        received_on=date(2022, 12, 1),
        valuable=valuable,
    )


def launched(unit: UUID, keeper: str = "police", day: date = DAY) -> ModelLaunchedV1:
    return ModelLaunchedV1(
        model_id=uuid4(),
        unit_id=unit,
        name="Camera an ninh",
        keeper=keeper,
        fields=("phong_chong_toi_pham",),
        launched_on=day,
    )


def ended(unit: UUID, keeper: str = "police", day: date = DAY) -> ModelEndedV1:
    return ModelEndedV1(model_id=uuid4(), unit_id=unit, keeper=keeper, ended_on=day)


def point(unit: UUID, keeper: str = "mttq", day: date = DAY) -> ModelPointOpenedV1:
    return ModelPointOpenedV1(
        point_id=uuid4(), model_id=uuid4(), keeper=keeper, unit_id=unit, opened_on=day
    )


def point_closed(
    unit: UUID, keeper: str = "mttq", day: date = DAY
) -> ModelPointClosedV1:
    return ModelPointClosedV1(
        point_id=uuid4(), model_id=uuid4(), keeper=keeper, unit_id=unit, closed_on=day
    )


def board(
    unit: UUID, force_type: str = GUARDS, day: date = DAY
) -> ForceUnitEstablishedV1:
    return ForceUnitEstablishedV1(
        force_unit_id=uuid4(), force_type=force_type, unit_id=unit, established_on=day
    )


def board_gone(
    unit: UUID, force_type: str = GUARDS, day: date = DAY
) -> ForceUnitDisbandedV1:
    return ForceUnitDisbandedV1(
        force_unit_id=uuid4(), force_type=force_type, unit_id=unit, disbanded_on=day
    )


def consolidated(
    unit: UUID, force_type: str = GUARDS, day: date = DAY
) -> ForceUnitConsolidatedV1:
    return ForceUnitConsolidatedV1(
        force_unit_id=uuid4(),
        force_type=force_type,
        unit_id=unit,
        consolidated_on=day,
        into=(uuid4(),),
        selected=3,
        ceased=2,
    )


def enrolled(unit: UUID, force_type: str = GUARDS, day: date = DAY) -> MemberEnrolledV1:
    return MemberEnrolledV1(
        member_id=uuid4(),
        force_unit_id=uuid4(),
        force_type=force_type,
        unit_id=unit,
        post="member",
        enrolled_on=day,
    )


def ceased(unit: UUID, force_type: str = GUARDS, day: date = DAY) -> MemberCeasedV1:
    return MemberCeasedV1(
        member_id=uuid4(),
        force_unit_id=uuid4(),
        force_type=force_type,
        unit_id=unit,
        ceased_on=day,
        ground="own_application",
    )


def delivered(events: Iterable[PublicEvent]) -> list[Delivered]:
    """Return the events as a follower gets them, each at a place of its own."""
    found = []
    for position, event in enumerate(events, start=1):
        aggregate = uuid4()
        found.append(
            Delivered(
                source=event.TYPE.partition(".")[0],
                generation="g",
                partition=partition_of(aggregate, 8),
                position=position,
                event_id=f"{aggregate}/1",
                type=event.TYPE,
                subject=aggregate,
                time=datetime(2023, 3, 20, tzinfo=UTC),
                event=event,
            )
        )
    return found


def enrolment_withdrawn(
    unit: UUID, force_type: str = GUARDS, day: date = DAY
) -> MemberEnrolmentWithdrawnV1:
    return MemberEnrolmentWithdrawnV1(
        member_id=uuid4(),
        force_unit_id=uuid4(),
        force_type=force_type,
        unit_id=unit,
        post="member",
        enrolled_on=day,
    )


def board_withdrawn(
    unit: UUID, force_type: str = GUARDS, day: date = DAY
) -> ForceUnitEstablishmentWithdrawnV1:
    return ForceUnitEstablishmentWithdrawnV1(
        force_unit_id=uuid4(), force_type=force_type, unit_id=unit, established_on=day
    )


def passed_on(
    old: UUID, new: UUID, force_type: str = GUARDS, *, members: int = 0, **more: Any
) -> ForceUnitPassedOnV1:
    return ForceUnitPassedOnV1(
        force_unit_id=uuid4(),
        force_type=force_type,
        from_unit_id=old,
        unit_id=new,
        passed_on=more.get("day", DAY),
        decision="1/NQ",
        reorganisation_id=uuid4(),
        force_units=1,
        members=members,
        later=more.get("later", ()),
    )


def passing_undone(
    new: UUID, old: UUID, force_type: str = GUARDS, *, members: int = 0, **more: Any
) -> ForceUnitPassingUndoneV1:
    return ForceUnitPassingUndoneV1(
        force_unit_id=uuid4(),
        force_type=force_type,
        from_unit_id=new,
        unit_id=old,
        passed_on=more.get("day", DAY),
        reorganisation_id=uuid4(),
        force_units=1,
        members=members,
        later=more.get("later", ()),
    )
