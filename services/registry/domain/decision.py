"""The paper behind a change: who decided it, when, under which number, where posted."""

import enum
from datetime import date
from typing import NamedTuple


class Issuer(enum.StrEnum):
    """Who signed a decision; levels that have ended stay for the decisions of old."""

    COMMUNE_CHAIRMAN = "commune_chairman"
    COMMUNE_COMMITTEE = "commune_committee"
    COMMUNE_POLICE = "commune_police"
    DISTRICT_CHAIRMAN = "district_chairman"
    DISTRICT_COMMITTEE = "district_committee"
    PROVINCE_CHAIRMAN = "province_chairman"
    PROVINCE_COMMITTEE = "province_committee"
    PROVINCE_COUNCIL = "province_council"
    PROVINCE_POLICE = "province_police"


class Decision(NamedTuple):
    """A decision as it is cited: `123/QĐ-UBND`, its day, who signed it."""

    number: str
    decided_on: date
    issuer: str


class PostingPlace(enum.StrEnum):
    """Where a plan, a list or a decision is posted for everybody to read."""

    COMMITTEE_OFFICE = "committee_office"
    COUNCIL_OFFICE = "council_office"
    COMMUNE_POLICE = "commune_police"
    CULTURE_HOUSE = "culture_house"
    COMMUNITY_POINT = "community_point"


class Posting(NamedTuple):
    """Where something was posted, and when."""

    place: str
    posted_on: date
