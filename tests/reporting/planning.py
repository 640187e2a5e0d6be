"""Public facts of quotas, ratings and training, as tests need them: short to write."""

from datetime import date
from uuid import UUID, uuid4

from services.contracts.registry.care_events import CourseCertifiedV1, CourseHeldV1
from services.contracts.registry.quota_events import (
    QuotaIssuedV1,
    QuotaOfCommune,
    QuotaReductionPlannedV1,
    QuotaSupersededV1,
)
from services.contracts.registry.rating_events import (
    RatingCorrectedV1,
    RatingCounts,
    RatingDecidedV1,
)

FIRST = date(2024, 7, 1)
LAST_RATED_DAY = date(2026, 11, 14)


def line(unit: UUID, teams: int, members: int, *absorbed: UUID) -> QuotaOfCommune:
    return QuotaOfCommune(
        unit_id=unit, teams=teams, members=members, absorbed=tuple(absorbed)
    )


def issued(
    *lines: QuotaOfCommune,
    quota: UUID | None = None,
    day: date = FIRST,
    force_type: str = "security_order_team",
) -> QuotaIssuedV1:
    return QuotaIssuedV1(
        quota_id=quota or uuid4(),
        force_type=force_type,
        unit_id=uuid4(),
        effective_on=day,
        number="12/QĐ-UBND",
        decided_on=day,
        lines=lines,
    )


def superseded(quota: UUID, day: date) -> QuotaSupersededV1:
    return QuotaSupersededV1(quota_id=quota, by_id=uuid4(), superseded_on=day)


def roadmap(
    quota: UUID, unit: UUID, teams: int, members: int, until: date
) -> QuotaReductionPlannedV1:
    return QuotaReductionPlannedV1(
        quota_id=quota, unit_id=unit, teams=teams, members=members, until=until
    )


def counts(*levels: int) -> RatingCounts:
    """Return numbers of excellent, good, done, not done; the rest are none."""
    four = (*levels, 0, 0, 0, 0)
    return RatingCounts(
        excellent=four[0], good=four[1], done=four[2], not_done=four[3], not_rated=0
    )


def rated(
    unit: UUID,
    teams: RatingCounts,
    members: RatingCounts,
    last_day: date = LAST_RATED_DAY,
) -> RatingDecidedV1:
    return RatingDecidedV1(
        rating_id=uuid4(),
        unit_id=unit,
        year=2026,
        last_day=last_day,
        decided_on=date(2026, 12, 20),
        teams=(),
        team_counts=teams,
        member_counts=members,
    )


def rated_anew(
    unit: UUID,
    teams: tuple[RatingCounts, RatingCounts],
    members: tuple[RatingCounts, RatingCounts],
    last_day: date = LAST_RATED_DAY,
) -> RatingCorrectedV1:
    return RatingCorrectedV1(
        rating_id=uuid4(),
        unit_id=unit,
        year=2026,
        last_day=last_day,
        corrected_on=date(2027, 2, 1),
        teams=(),
        team_counts_before=teams[0],
        team_counts=teams[1],
        member_counts_before=members[0],
        member_counts=members[1],
    )


def course(unit: UUID, day: date = FIRST) -> CourseHeldV1:
    return CourseHeldV1(course_id=uuid4(), unit_id=unit, held_on=day, attended=20)


def certified(unit: UUID, number: int, day: date = FIRST) -> CourseCertifiedV1:
    return CourseCertifiedV1(
        course_id=uuid4(), unit_id=unit, certified_on=day, certified=number
    )
