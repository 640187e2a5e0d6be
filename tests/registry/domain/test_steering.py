"""What committees 138 and coordination programmes let happen."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid4

import pytest

from services.registry.domain import steering_errors as errors
from services.registry.domain.coordination_programme import (
    CoordinationProgramme,
    ProgrammeTerms,
    ReviewKind,
)
from services.registry.domain.errors import DayInFuture
from services.registry.domain.partners import PARTNERS, partners_on
from services.registry.domain.steering_committee import (
    Composition,
    Seat,
    SteeringCommittee,
    SteeringPaper,
    SteeringPlace,
)
from tests.support.scenario import refused, scenario

TODAY: Final = date(2026, 10, 1)
BEGUN: Final = date(2025, 8, 22)
LATER: Final = date(2026, 3, 1)
PLACE: Final = SteeringPlace(uuid4(), "VN.04-2025", "province")
PAPER: Final = SteeringPaper("1405/QĐ-BCĐ", BEGUN, "committee_chairman")
HEAD: Final = Seat("head", "committee_chairman", 1)
DEPUTY: Final = Seat("standing_deputy", "police_head", 1)


def composed(*seats: Seat, body: str = "province_political_office") -> Composition:
    return Composition("Ban Chỉ đạo 138 tỉnh", body, seats or (HEAD, DEPUTY))


def establish(made: Composition, on: date = BEGUN) -> SteeringCommittee:
    return SteeringCommittee.establish(uuid4(), PLACE, made, PAPER, on=on, today=TODAY)


def reconstitute(on: date, made: Composition | None = None) -> Callable[[Any], object]:
    return lambda committee: committee.reconstitute(
        made or composed(), PAPER, on=on, today=TODAY
    )


def dissolve(on: date) -> Callable[[Any], object]:
    return lambda committee: committee.dissolve(PAPER, on=on, today=TODAY)


def test_a_committee_is_reconstituted_and_dissolved_in_order() -> None:
    """Each change lies behind the one before; after its end it may be set up again."""
    committee = establish(composed())
    scenario(committee).when(reconstitute(LATER)).then(
        SteeringCommittee.Reconstituted, effective_on=LATER, number="1405/QĐ-BCĐ"
    )
    scenario(committee).when(reconstitute(LATER)).then_refused(
        errors.SteeringChangeOutOfOrder, "$.effective_on"
    )
    scenario(committee).when(dissolve(date(2026, 5, 1))).then(
        SteeringCommittee.Dissolved
    )
    scenario(committee).when(dissolve(date(2026, 6, 1))).then_refused(
        errors.SteeringCommitteeDissolved
    )
    scenario(committee).when(reconstitute(date(2026, 7, 1))).then(
        SteeringCommittee.Reconstituted
    )
    scenario(committee).when(dissolve(date(2027, 1, 1))).then_refused(
        DayInFuture, "$.dissolved_on"
    )


@pytest.mark.parametrize(
    ("made", "refusal", "field"),
    [
        (composed(DEPUTY), errors.OneHeadNeeded, "$.seats"),
        (composed(Seat("head", "police_head", 2)), errors.OneHeadNeeded, "$.seats"),
        (
            composed(HEAD, Seat("standing_deputy", "police_head", 2)),
            errors.TwoStandingDeputies,
            "$.seats",
        ),
        (
            composed(HEAD, Seat("member", "no_such_office", 1)),
            errors.OfficeUnknown,
            "$.seats[1].office",
        ),
        (
            composed(HEAD, Seat("member", "prime_minister", 1)),
            errors.OfficeUnknown,
            "$.seats[1].office",
        ),
        (
            composed(HEAD, *[Seat("member", "front_chairman", 1)] * 2),
            errors.SeatTwice,
            "$.seats[2].office",
        ),
        (
            composed(body="province_movement_office"),  # until 28/02/2025
            errors.OfficeUnknown,
            "$.standing_body",
        ),
    ],
)
def test_a_composition_keeps_the_rules(
    made: Composition, refusal: Any, field: str
) -> None:
    """One head, one standing deputy, offices of that level and day."""
    refused(refusal, field, lambda: establish(made))


def test_who_heads_a_committee_is_told_by_data() -> None:
    """A vice-chairman in one place, a chairman in another."""
    establish(composed(Seat("head", "committee_vice_chairman", 1)))
    establish(composed(Seat("head", "committee_chairman", 1)))


def test_mass_organisations_stand_under_the_front_since_2025() -> None:
    """They were its members before and are so still; the list says both by days."""

    def parent(day: date) -> str | None:
        (row,) = [one for one in partners_on(day) if one.code == "women_union"]
        assert "mttq" == row.member_of
        return row.parent

    assert (None, "mttq") == (parent(date(2025, 6, 30)), parent(date(2025, 7, 1)))


def test_no_organisation_is_on_the_list_twice_on_a_day() -> None:
    """Rows of one code follow one another without overlap."""
    for day in {one.listed.first for one in PARTNERS} | {TODAY, date(2020, 1, 1)}:
        codes = [one.code for one in partners_on(day)] if day else []
        assert len(codes) == len(set(codes))


SIGNED: Final = date(2023, 10, 17)


def terms(**changes: Any) -> ProgrammeTerms:
    return ProgrammeTerms(
        number="09/CTr-BCA-MTTW",
        parties=("police", "mttq"),
        signed_on=SIGNED,
        valid_from=date(2023, 11, 1),
        valid_to=date(2033, 11, 1),
        mid_term_on=date(2028, 11, 1),
        final_on=date(2033, 10, 1),
    )._replace(**changes)


def sign(
    made: ProgrammeTerms, renews: CoordinationProgramme | None = None,
    unit_id: UUID = PLACE.unit_id,
) -> CoordinationProgramme:  # fmt: skip
    place = PLACE._replace(unit_id=unit_id)
    return CoordinationProgramme.sign(uuid4(), place, made, renews=renews, today=TODAY)


def review(kind: ReviewKind, on: date) -> Callable[[Any], object]:
    return lambda programme: programme.review(kind, on=on, today=TODAY)


def end(on: date) -> Callable[[Any], object]:
    return lambda programme: programme.end(on=on, today=TODAY)


@pytest.mark.parametrize(
    ("changes", "refusal", "field"),
    [
        ({"signed_on": date(2027, 1, 1)}, DayInFuture, "$.signed_on"),
        ({"parties": ("police", "nobody")}, errors.PartnerUnknown, "$.parties[1]"),
        ({"parties": ("police", "police")}, errors.PartiesRepeated, "$.parties"),
        (
            {"valid_to": date(2023, 11, 1)},
            errors.ProgrammeDaysOutOfOrder,
            "$.valid_to",
        ),
        (
            {"mid_term_on": date(2023, 10, 1)},
            errors.ProgrammeDaysOutOfOrder,
            "$.mid_term_on",
        ),
        (
            {"final_on": date(2028, 11, 1)},
            errors.ProgrammeDaysOutOfOrder,
            "$.final_on",
        ),
    ],
)
def test_a_programmes_terms_keep_the_rules(
    changes: dict[str, Any], refusal: Any, field: str
) -> None:
    """Partners of the day, each once; days one behind the other."""
    refused(refusal, field, lambda: sign(terms(**changes)))


def test_a_programme_is_reviewed_once_of_each_kind_and_ends_once() -> None:
    """Also when it is over a final review may still be held."""
    programme = sign(terms())
    held = review(ReviewKind.MID_TERM, date(2026, 9, 1))
    scenario(programme).when(held).then(CoordinationProgramme.Reviewed)
    scenario(programme).when(held).then_refused(errors.ReviewAlreadyHeld, "$.kind")
    scenario(programme).when(end(date(2023, 11, 1))).then_refused(
        errors.ProgrammeDaysOutOfOrder, "$.ended_on"
    )
    scenario(programme).when(end(date(2026, 9, 2))).then(CoordinationProgramme.Ended)
    scenario(programme).when(end(date(2026, 9, 3))).then_refused(errors.ProgrammeOver)
    scenario(programme).when(review(ReviewKind.FINAL, date(2026, 9, 30))).then(
        CoordinationProgramme.Reviewed
    )


def test_a_programme_gives_way_to_the_one_that_renews_it() -> None:
    """On the day on which that begins, once, and within the same unit."""
    old = sign(terms())
    new = sign(terms(valid_from=date(2026, 9, 1)), renews=old)
    last = old.collect_events()[-1]
    assert isinstance(last, CoordinationProgramme.Renewed)
    assert (new.id, date(2026, 9, 1)) == (last.renewed_by, last.renewed_on)
    again = terms(valid_from=date(2026, 9, 15))
    refused(errors.ProgrammeOver, "$.renews", lambda: sign(again, renews=old))
    other = sign(terms())
    refused(
        errors.RenewsAnotherUnits,
        "$.renews",
        lambda: sign(again, renews=other, unit_id=uuid4()),
    )
