"""The dated list of organisations, and who speaks for whom."""

import pytest

from services.campaigns.domain.errors import NotActingForOrganisation
from services.campaigns.domain.organisations import (
    ORGANISATIONS,
    require_acting_for,
)


def test_codes_on_a_day_are_unique() -> None:
    """No two rows of one code overlap."""
    codes = [o.code for o in ORGANISATIONS if o.valid_to is None]
    assert sorted(set(codes)) == sorted(codes)


@pytest.mark.parametrize("organisation", ["mttq", "women_union", "youth_union"])
def test_mttq_acts_for_itself_and_its_members(organisation: str) -> None:
    """The Front and the mass organisations in it report through one account."""
    require_acting_for("mttq", organisation)


@pytest.mark.parametrize("organisation", ["police", "peoples_committee", "nobody"])
def test_mttq_does_not_act_for_others(organisation: str) -> None:
    """A partner cannot put words into the mouth of the police."""
    with pytest.raises(NotActingForOrganisation):
        require_acting_for("mttq", organisation, "$.organiser")


def test_member_does_not_act_for_mttq() -> None:
    """Membership goes one way."""
    with pytest.raises(NotActingForOrganisation):
        require_acting_for("women_union", "mttq")


@pytest.mark.parametrize("agency", [None, "police"])
def test_police_officer_records_for_everybody(agency: str | None) -> None:
    """The commune's police keep the record of the movement."""
    require_acting_for(agency, "women_union")
