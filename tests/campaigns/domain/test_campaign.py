"""Campaigns: days in order, of a sensible length, by somebody on the list."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from services.campaigns.domain.campaign import Campaign, CampaignFacts
from services.campaigns.domain.errors import (
    CampaignTooFarAhead,
    CampaignTooLong,
    DayBeforeRecords,
    DaysReversed,
    OrganisationUnknown,
    TextEmpty,
)
from tests.support.scenario import refused

TODAY = date(2023, 6, 1)


def open_campaign(**other: Any) -> Campaign:
    told: dict[str, Any] = {
        "campaign_id": uuid4(),
        "unit_id": uuid4(),
        "unit_path": "VN.06-0",
        "name": "Ngày hội toàn dân bảo vệ an ninh Tổ quốc 2023",
        "starts_on": date(2023, 7, 1),
        "ends_on": date(2023, 8, 19),
        "organiser": "steering_committee",
        "recorded_by": "officer",
    }
    return Campaign.open(CampaignFacts(**told | other), TODAY)


def test_campaign_may_lie_ahead_and_covers_both_its_days() -> None:
    """A drive is planned; first and last day belong to it."""
    campaign = open_campaign()
    days = [date(2023, 6, 30), date(2023, 7, 1), date(2023, 8, 19), date(2023, 8, 20)]
    assert [False, True, True, False] == [campaign.covers_day(day) for day in days]


def test_campaign_of_one_day_is_taken() -> None:
    """First and last day may be the same."""
    assert open_campaign(ends_on=date(2023, 7, 1)).covers_day(date(2023, 7, 1))


def test_campaign_that_ends_before_it_starts_is_refused() -> None:
    """The last day comes last."""
    refused(DaysReversed, "$.ends_on", lambda: open_campaign(ends_on=date(2023, 6, 30)))


def test_campaign_longer_than_a_year_is_refused() -> None:
    """366 days are the most."""
    start = date(2023, 7, 1)
    longest = start + timedelta(days=365)
    assert longest == open_campaign(ends_on=longest).ends_on
    too_long = longest + timedelta(days=1)
    refused(CampaignTooLong, "$.ends_on", lambda: open_campaign(ends_on=too_long))


def test_campaign_in_another_century_is_refused() -> None:
    """A slip of the pen in the year is caught on both sides."""
    refused(
        CampaignTooFarAhead,
        "$.starts_on",
        lambda: open_campaign(starts_on=date(2203, 7, 1), ends_on=date(2203, 7, 2)),
    )
    refused(
        DayBeforeRecords,
        "$.starts_on",
        lambda: open_campaign(starts_on=date(1023, 7, 1)),
    )


def test_campaign_needs_a_name_and_a_listed_organiser() -> None:
    """Both are told when it is opened."""
    refused(TextEmpty, "$.name", lambda: open_campaign(name="-"))
    refused(OrganisationUnknown, "$.organiser", lambda: open_campaign(organiser="bank"))
