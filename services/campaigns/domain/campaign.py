"""Campaign: a drive of the movement (đợt phát động) with its days and organiser."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Self
from uuid import UUID

from eventsourcing.domain import Aggregate, AggregateCreated

from services.campaigns.domain.errors import (
    CampaignTooFarAhead,
    CampaignTooLong,
    DaysReversed,
)
from services.campaigns.domain.organisations import organisation_on
from services.campaigns.domain.values import folded_name, require_known_era

LIMIT_DAYS: Final = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignFacts:
    """What is told about a campaign when it is opened; both days belong to it."""

    campaign_id: UUID
    unit_id: UUID
    unit_path: str
    name: str
    starts_on: date
    ends_on: date
    organiser: str
    recorded_by: str


class Campaign(Aggregate):
    """A drive; sessions may name it when they fall into its days and area."""

    TOPIC = "campaigns.campaign"

    class Event(Aggregate.Event):
        """Any fact of a campaign."""

        TOPIC = "campaigns.campaign.event"

    class Opened(Event, AggregateCreated):
        """The drive was opened."""

        TOPIC = "campaigns.campaign.opened"

        unit_id: UUID
        unit_path: str
        name: str
        starts_on: date
        ends_on: date
        organiser: str
        recorded_by: str

    def __init__(
        self, *, unit_id: UUID, starts_on: date, ends_on: date, **_: object
    ) -> None:
        self.unit_id = unit_id
        self.starts_on = starts_on
        self.ends_on = ends_on

    @classmethod
    def open(cls, facts: CampaignFacts, today: date) -> Self:
        """Open a drive.

        Raises TextEmpty, DayBeforeRecords, DaysReversed, CampaignTooLong,
        CampaignTooFarAhead, OrganisationUnknown.
        """
        folded_name(facts.name, "$.name")
        require_known_era(facts.starts_on, "$.starts_on")
        if facts.ends_on < facts.starts_on:
            raise DaysReversed(
                field="$.ends_on", first=facts.starts_on, last=facts.ends_on
            )
        if (facts.ends_on - facts.starts_on).days >= LIMIT_DAYS:
            raise CampaignTooLong(field="$.ends_on", limit_days=LIMIT_DAYS)
        if (facts.starts_on - today).days > LIMIT_DAYS:
            raise CampaignTooFarAhead(field="$.starts_on", limit_days=LIMIT_DAYS)
        organisation_on(facts.organiser, facts.starts_on, "$.organiser")
        return cls._create(
            cls.Opened,
            id=facts.campaign_id,
            unit_id=facts.unit_id,
            unit_path=facts.unit_path,
            name=facts.name,
            starts_on=facts.starts_on,
            ends_on=facts.ends_on,
            organiser=facts.organiser,
            recorded_by=facts.recorded_by,
        )

    def covers_day(self, day: date) -> bool:
        """Tell whether a day belongs to the campaign."""
        return self.starts_on <= day <= self.ends_on
