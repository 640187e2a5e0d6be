"""What comes with commands about members: who they are, decisions, papers."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

# As documents are numbered by Nghị định 30/2020: 123/QĐ-UBND, 16/2024/NQ-HĐND.
DecisionNumber = Annotated[
    str,
    Meta(
        max_length=40,
        pattern=r"^[0-9]{1,6}[A-Za-z]?(/[0-9]{4})?"
        r"/[0-9A-ZĐƯ]{1,12}([-.][0-9A-ZĐƯ]{1,12}){0,4}$",
    ),
]
Issuer = Literal[
    "commune_chairman",
    "commune_committee",
    "commune_police",
    "district_chairman",
    "district_committee",
    "province_chairman",
    "province_committee",
    "province_council",
    "province_police",
]
PostingPlace = Literal[
    "committee_office",
    "council_office",
    "commune_police",
    "culture_house",
    "community_point",
]
SchoolLevel = Literal["primary", "lower_secondary", "upper_secondary", "higher"]
AreaCategory = Literal[
    "ordinary", "border", "island", "mountain", "especially_difficult", "listed_region"
]
Measure = Literal["prosecution", "preventive", "administrative"]
# One line; a person's name has two letters at least.
FullName = Annotated[
    str, Meta(max_length=100, pattern=r"^[^\t\r\n]*\S[^\t\r\n]*\S[^\t\r\n]*$")
]
CitizenId = Annotated[str, Meta(max_length=12, pattern=r"^[0-9]{12}$")]
OldId = Annotated[str, Meta(max_length=9, pattern=r"^[0-9]{9}$")]
Phone = Annotated[str, Meta(max_length=16, pattern=r"^\+?[0-9]{9,15}$")]
Days = Annotated[tuple[date, ...], Meta(max_length=10)]
Version = Annotated[int, Meta(ge=1, le=1_000_000)]


class Paper(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of what comes inside a command: unknown fields are refused."""


class DecisionPaper(Paper, frozen=True):
    """A decision as it is cited: its number, its day, who signed it."""

    number: DecisionNumber
    decided_on: date
    issuer: Issuer


class BackgroundPaper(Paper, frozen=True):
    """That a unit checked the background, when, with which result; never why."""

    result: Literal["met", "not_met"]
    unit_id: UUID
    checked_on: date


class ConditionPapers(Paper, frozen=True):
    """What shows the conditions of Luật 30/2023, Đ.13, beside the person's record."""

    health_certified_on: date | None = None
    background: BackgroundPaper | None = None
    area_category: AreaCategory = "ordinary"
    over_age_allowed: bool = False


class EvidencePapers(Paper, frozen=True):
    """Dated papers behind a ground of Luật 30/2023, Đ.17.3; never what they say."""

    application_on: date | None = None
    health_certified_on: date | None = None
    refused_on: Days = ()
    reminded_on: Days = ()
    breached_on: date | None = None
    measure: Measure | None = None
    measure_on: date | None = None


class PersonFacts(Paper, frozen=True):
    """Who somebody is: sealed in the vault as it comes, and nowhere else."""

    full_name: FullName | None = None
    birth_date: date | None = None
    citizen_id: CitizenId | None = None
    old_id: OldId | None = None
    phone: Phone | None = None
    school_level: SchoolLevel | None = None
    resident_since: date | None = None
