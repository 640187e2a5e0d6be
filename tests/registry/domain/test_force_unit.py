"""What a force unit lets happen to itself and to those who serve in it."""

from collections.abc import Callable
from datetime import date
from typing import Final
from uuid import UUID, uuid4

import pytest

from services.chassis.errors import DomainError
from services.registry.domain import errors, force_endings
from services.registry.domain.force_types import FORCE_TYPES
from services.registry.domain.force_unit import ForceUnit
from services.registry.domain.roster import Enrolment
from services.registry.domain.values import Ground, Period, Place, Post
from tests.support.scenario import scenario

TODAY: Final = date(2024, 1, 15)
UNIT_LIFE: Final = Period(None, date(2025, 7, 1))
WARD: Final = Place(uuid4(), "VN.06-0.058-0.01840-0", "phuong", UNIT_LIFE)
BOARD: Final = FORCE_TYPES["neighbourhood_guard_board"]
FIRST, SECOND = uuid4(), uuid4()
Step = Callable[[ForceUnit], object]


def a_board(*, on: date = date(2020, 1, 1), today: date = TODAY) -> ForceUnit:
    return ForceUnit.establish(uuid4(), BOARD, WARD, name=None, on=on, today=today)


def enrol(
    member_id: UUID,
    post: Post = Post.MEMBER,
    *,
    on: date = date(2021, 5, 1),
    today: date = TODAY,
    life: Period = UNIT_LIFE,
) -> Step:
    return lambda board: board.enrol(
        [Enrolment(member_id, post, on)], BOARD, life, today=today
    )


def cease(member_id: UUID, *, on: date, today: date = TODAY) -> Step:
    return lambda board: force_endings.cease(
        board, member_id, on=on, ground=Ground.HEALTH, today=today
    )


def disband(*, on: date, today: date = TODAY) -> Step:
    return lambda board: force_endings.disband(board, on=on, today=today)


def refusal_of(establishing: Callable[[], object]) -> DomainError:
    with pytest.raises(DomainError) as caught:
        establishing()
    return caught.value


def test_a_board_is_established_in_a_ward() -> None:
    """A board keeps its unit and the unit's place on that day."""
    board = a_board()
    assert (WARD.unit_id, "VN.06-0.058-0.01840-0") == board.homes.on(TODAY)[1:]


def test_a_board_does_not_belong_to_a_commune() -> None:
    """Nghị định 38/2006 places boards in wards and townships only."""
    commune = WARD._replace(unit_type="xa")
    refusal = refusal_of(
        lambda: ForceUnit.establish(
            uuid4(), BOARD, commune, name=None, on=date(2020, 1, 1), today=TODAY
        )
    )
    assert isinstance(refusal, errors.UnitDoesNotFitForceType)
    assert "$.unit" == refusal.field


def test_part_time_police_belongs_to_communes_and_townships() -> None:
    """The part-time force stands where the board does not, and in townships."""
    assert frozenset({"xa", "thi_tran"}) == (
        FORCE_TYPES["part_time_commune_police"].unit_types
    )


def test_no_board_is_established_after_the_law_of_2023() -> None:
    """On 1 July 2024 the category had ended."""
    refusal = refusal_of(lambda: a_board(on=date(2024, 7, 1), today=date(2024, 8, 1)))
    assert isinstance(refusal, errors.ForceTypeNotInForce)
    last_day = a_board(on=date(2024, 6, 30), today=date(2024, 8, 1))
    assert date(2024, 6, 30) == last_day.established_on


def test_a_security_team_exists_from_the_law_of_2023() -> None:
    """The new category begins on the day on which the old ones end."""
    new = FORCE_TYPES["security_order_team"].in_force
    assert (date(2024, 7, 1), None) == (new.first, new.end)


def test_nothing_is_established_in_the_future() -> None:
    """A day after today is refused with its field."""
    refusal = refusal_of(lambda: a_board(on=date(2024, 1, 16)))
    assert isinstance(refusal, errors.DayInFuture)
    assert "$.established_on" == refusal.field


def test_a_member_is_enrolled() -> None:
    """The event carries post, day and unit, and no name."""
    board = a_board()
    scenario(board).when(enrol(FIRST, Post.DEPUTY)).then(
        ForceUnit.MemberEnrolled
    ).telling(
        member_id=FIRST,
        post="deputy",
        enrolled_on=date(2021, 5, 1),
        unit_id=WARD.unit_id,
        force_type="neighbourhood_guard_board",
    )
    assert not any("name" in field for field in vars(board.roster[FIRST]._replace))


def test_a_board_has_one_leader_at_a_time() -> None:
    """A second leader is refused while the first serves."""
    scenario(a_board()).given(enrol(FIRST, Post.LEADER)).when(
        enrol(SECOND, Post.LEADER)
    ).then_refused(errors.LeaderAlreadyThere, "$.members[0].post")


def test_a_leader_enrolled_late_into_the_past_still_counts() -> None:
    """An earlier day does not open a second place beside a leader of later days."""
    scenario(a_board()).given(enrol(FIRST, Post.LEADER, on=date(2022, 1, 1))).when(
        enrol(SECOND, Post.LEADER, on=date(2021, 1, 1))
    ).then_refused(errors.LeaderAlreadyThere, "$.members[0].post")


def test_a_leader_follows_on_the_day_on_which_the_other_ceased() -> None:
    """The last day is outside, so the successor may begin on it."""
    scenario(a_board()).given(
        enrol(FIRST, Post.LEADER), cease(FIRST, on=date(2023, 1, 1))
    ).when(enrol(SECOND, Post.LEADER, on=date(2023, 1, 1))).then(
        ForceUnit.MemberEnrolled
    )


@pytest.mark.parametrize(
    ("step", "refusal"),
    [
        (enrol(FIRST, on=date(2024, 1, 16)), errors.DayInFuture),
        (enrol(FIRST, on=date(2019, 12, 31)), errors.OutsideForceUnitLife),
        (
            enrol(FIRST, life=Period(date(2021, 6, 1), None)),
            errors.OutsideUnitLife,
        ),
        (
            enrol(FIRST, on=date(2024, 7, 1), today=date(2024, 8, 1)),
            errors.ForceTypeNotInForce,
        ),
    ],
)
def test_nobody_serves_outside_a_life(step: Step, refusal: type[DomainError]) -> None:
    """The force, its unit, the law and today all bound the day of enrolment."""
    scenario(a_board()).when(step).then_refused(refusal, "$.members[0].enrolled_on")


def test_service_ends_once_and_after_it_began() -> None:
    """A second cessation and one on the first day are refused."""
    begun = enrol(FIRST)
    scenario(a_board()).given(begun).when(
        cease(FIRST, on=date(2021, 5, 1))
    ).then_refused(errors.CeasedBeforeEnrolled, "$.ceased_on")
    scenario(a_board()).given(begun, cease(FIRST, on=date(2022, 1, 1))).when(
        cease(FIRST, on=date(2023, 1, 1))
    ).then_refused(errors.MemberAlreadyCeased)
    scenario(a_board()).when(cease(FIRST, on=date(2022, 1, 1))).then_refused(
        errors.MemberUnknown, "$.member_id"
    )


def test_disbanding_ends_everybodys_service_by_law() -> None:
    """Those who still serve cease on the same day; those who had ceased stay."""
    board = a_board()
    scenario(board).given(
        enrol(FIRST), enrol(SECOND), cease(FIRST, on=date(2023, 1, 1))
    ).when(disband(on=date(2024, 1, 1))).then(
        ForceUnit.MemberCeased, ForceUnit.Disbanded
    ).telling(disbanded_on=date(2024, 1, 1))
    assert date(2023, 1, 1) == board.roster[FIRST].ceased_on
    assert date(2024, 1, 1) == board.roster[SECOND].ceased_on


@pytest.mark.parametrize(
    "day", [date(2020, 1, 1), date(2021, 5, 1), date(2022, 12, 31)]
)
def test_a_board_does_not_end_before_its_facts(day: date) -> None:
    """Establishment, enrolments and cessations all stand before the end."""
    scenario(a_board()).given(enrol(FIRST), cease(FIRST, on=date(2023, 1, 1))).when(
        disband(on=day)
    ).then_refused(errors.DisbandedBeforeItsFacts, "$.disbanded_on")


def test_a_disbanded_board_takes_nobody_in() -> None:
    """Neither enrolment nor a second end is possible."""
    ended = disband(on=date(2023, 1, 1))
    scenario(a_board()).given(ended).when(enrol(FIRST)).then_refused(
        errors.ForceUnitDisbanded
    )
    scenario(a_board()).given(ended).when(disband(on=date(2023, 2, 1))).then_refused(
        errors.ForceUnitDisbanded
    )
