"""Conditions of Đ.13 on the day, and the evidence that each ground of Đ.17.3 wants."""

from datetime import date
from typing import Final
from uuid import uuid4

import pytest

from services.registry.domain.cessation_rules import (
    Evidence,
    refuse_later_evidence,
    refuse_unproven,
)
from services.registry.domain.conditions import (
    AreaCategory,
    BackgroundCheck,
    Candidate,
    Outcome,
    judged,
)
from services.registry.domain.member_law import BreachRule, MemberLaw, law_on
from services.registry.domain.service_errors import (
    EvidenceAfterCessation,
    EvidenceMissing,
)
from services.registry.domain.values import Ground

ON: Final = date(2026, 3, 2)


def law() -> MemberLaw:
    found = law_on("security_order_team", ON)
    assert found is not None
    return found


WHOLE: Final = Candidate(
    birth_date=date(1990, 5, 1),
    resident_since=date(2015, 1, 1),
    school_level="lower_secondary",
    health_certified_on=date(2026, 2, 10),
    background=BackgroundCheck(met=True, unit_id=uuid4(), checked_on=date(2026, 2, 12)),
)

REFUSED: Final = BackgroundCheck(met=False, unit_id=uuid4(), checked_on=ON)


def outcomes(candidate: Candidate) -> dict[str, Outcome]:
    return {one.condition: one for one in judged(candidate, law(), ON)}


def test_the_law_begins_on_its_day_and_for_its_force() -> None:
    """Neither a force of old nor the day before has these rules."""
    assert law_on("security_order_team", date(2024, 6, 30)) is None
    assert law_on("security_order_team", date(2024, 7, 1)) == law()
    assert law_on("neighbourhood_guard_board", ON) is None


def test_a_whole_dossier_meets_every_condition() -> None:
    """Five outcomes, with the days of the papers and no personal fact."""
    found = outcomes(WHOLE)
    assert {"age", "background", "school", "residence", "health"} == set(found)
    assert all(one.met for one in found.values())
    assert date(2026, 2, 10) == found["health"].as_of
    assert WHOLE.background is not None
    assert WHOLE.background.unit_id == found["background"].unit_id


@pytest.mark.parametrize(
    ("changed", "unmet"),
    [
        ({"birth_date": date(2008, 3, 3)}, {"age"}),  # 18 tomorrow
        ({"birth_date": date(2008, 3, 2)}, set()),  # 18 today
        ({"birth_date": date(1955, 3, 3)}, set()),  # 70, 71 tomorrow
        ({"birth_date": date(1955, 3, 2)}, {"age"}),  # 71 today
        ({"birth_date": date(1955, 3, 2), "over_age_allowed": True}, set()),
        ({"birth_date": date(2010, 1, 1), "over_age_allowed": True}, {"age"}),
        ({"birth_date": None}, {"age"}),
        ({"resident_since": date(2025, 3, 2)}, set()),
        ({"resident_since": date(2025, 3, 3)}, {"residence"}),
        ({"resident_since": None}, {"residence"}),
        ({"school_level": "primary"}, {"school"}),
        ({"school_level": "primary", "area": AreaCategory.ISLAND}, set()),
        ({"school_level": None, "area": AreaCategory.ISLAND}, {"school"}),
        ({"health_certified_on": None}, {"health"}),
        ({"health_certified_on": date(2026, 3, 3)}, {"health"}),
        ({"background": None}, {"background"}),
        ({"background": REFUSED}, {"background"}),
    ],
)
def test_each_condition_stands_for_itself(
    changed: dict[str, object], unmet: set[str]
) -> None:
    """Age in whole years, schooling by area, papers no later than the day."""
    found = outcomes(WHOLE._replace(**changed))  # type: ignore[arg-type]
    assert unmet == {name for name, one in found.items() if not one.met}


def test_an_exemption_is_named_where_it_was_needed() -> None:
    """The chairman's exception and the listed area stay visible; elsewhere nothing."""
    old = outcomes(WHOLE._replace(birth_date=date(1950, 1, 1), over_age_allowed=True))
    assert "chairman_over_age" == old["age"].exemption
    island = WHOLE._replace(school_level="primary", area=AreaCategory.ISLAND)
    assert "listed_area" == outcomes(island)["school"].exemption
    schooled = WHOLE._replace(area=AreaCategory.ISLAND)
    assert outcomes(schooled)["school"].exemption is None


@pytest.mark.parametrize(
    ("ground", "shown", "needed"),
    [
        (Ground.OWN_REQUEST, Evidence(), "application"),
        (Ground.OWN_REQUEST, Evidence(application_on=ON), None),
        (Ground.HEALTH, Evidence(application_on=ON), "health_certificate"),
        (Ground.HEALTH, Evidence(health_certified_on=ON), None),
        (Ground.MEASURE, Evidence(measure="prosecution"), "measure"),
        (Ground.MEASURE, Evidence(measure="preventive", measure_on=ON), None),
        (Ground.BREACH, Evidence(), "two_refusals_or_reminders"),
        (
            Ground.BREACH,
            Evidence(refused_on=(ON, ON)),
            "two_refusals_or_reminders",
        ),
        (Ground.BREACH, Evidence(refused_on=(date(2026, 1, 5), ON)), None),
        (
            Ground.BREACH,
            Evidence(reminded_on=(date(2026, 1, 5), date(2026, 2, 2))),
            "breach_after_reminders",
        ),
        (
            Ground.BREACH,
            Evidence(
                reminded_on=(date(2026, 2, 2), date(2026, 1, 5)),
                breached_on=date(2026, 2, 2),
            ),
            "breach_after_reminders",
        ),
        (
            Ground.BREACH,
            Evidence(reminded_on=(date(2026, 2, 2), date(2026, 1, 5)), breached_on=ON),
            None,
        ),
        (Ground.DEATH, Evidence(), None),
        (Ground.LAW, Evidence(), None),
    ],
)
def test_each_ground_has_its_evidence(
    ground: Ground, shown: Evidence, needed: str | None
) -> None:
    """What is missing is named by a code."""
    if needed is None:
        refuse_unproven(ground, shown, law())
        return
    with pytest.raises(EvidenceMissing) as refused:
        refuse_unproven(ground, shown, law())
    assert {"ground": ground.value, "needed": needed} == refused.value.params
    assert "$.evidence" == refused.value.field


def test_the_stricter_reading_wants_reminders_before_refusals_too() -> None:
    """The rule is data: two refusals alone prove nothing under `reminders_always`."""
    strict = law()._replace(breach_rule=BreachRule.REMINDERS_ALWAYS)
    refusals = Evidence(refused_on=(date(2026, 1, 5), ON))
    with pytest.raises(EvidenceMissing) as refused:
        refuse_unproven(Ground.BREACH, refusals, strict)
    assert "two_reminders" == refused.value.params["needed"]
    reminded = refusals._replace(reminded_on=(date(2026, 1, 6), date(2026, 1, 20)))
    refuse_unproven(Ground.BREACH, reminded, strict)
    before = reminded._replace(refused_on=(date(2026, 1, 5), date(2026, 1, 10)))
    with pytest.raises(EvidenceMissing):
        refuse_unproven(Ground.BREACH, before, strict)


def test_evidence_is_no_later_than_what_it_proves() -> None:
    """A paper of the day itself will do."""
    refuse_later_evidence(Evidence(application_on=ON), ON)
    with pytest.raises(EvidenceAfterCessation):
        refuse_later_evidence(Evidence(reminded_on=(ON,)), date(2026, 3, 1))
    refuse_later_evidence(None, ON)
