"""What comes with commands about members: who they are, decisions, papers."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

# As documents are numbered by Nghị định 30/2020: 123/QĐ-UBND, 16/2024/NQ-HĐND.
from services.contracts.described import about, formed

DecisionNumber = Annotated[
    str,
    formed(
        r"^[0-9]{1,6}[A-Za-z]?(/[0-9]{4})?"
        r"/[0-9A-ZĐƯ]{1,12}([-.][0-9A-ZĐƯ]{1,12}){0,4}$",
        "123/QĐ-UBND",
        40,
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
    str, formed(r"^[^\t\r\n]*\S[^\t\r\n]*\S[^\t\r\n]*$", "Nguyễn Văn An", 100)
]
CitizenId = Annotated[str, formed(r"^[0-9]{12}$", "001080000001", 12)]
OldId = Annotated[str, formed(r"^[0-9]{9}$", "012345678", 9)]
Phone = Annotated[str, formed(r"^\+?[0-9]{9,15}$", "0912345678", 16)]
Days = Annotated[tuple[date, ...], Meta(max_length=10)]
Version = Annotated[int, Meta(ge=1, le=1_000_000)]


class Paper(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of what comes inside a command: unknown fields are refused."""


class DecisionPaper(Paper, frozen=True):
    """A decision as it is cited: its number, its day, who signed it."""

    number: Annotated[
        DecisionNumber, about("Number and symbol, 123/QĐ-UBND (số, ký hiệu).")
    ]
    decided_on: Annotated[date, about("Day of the decision (ngày ký).")]
    issuer: Annotated[Issuer, about("Who signed it (người ký).")]


class BackgroundPaper(Paper, frozen=True):
    """That a unit checked the background, when, with which result; never why."""

    result: Annotated[Literal["met", "not_met"], about("Met or not.")]
    unit_id: Annotated[UUID, about("Unit that checked.")]
    checked_on: Annotated[date, about("Day of the check.")]


class ConditionPapers(Paper, frozen=True):
    """What shows the conditions of Luật 30/2023, Đ.13, beside the person's record."""

    health_certified_on: Annotated[
        date | None, about("Day of the health certificate.")
    ] = None
    background: Annotated[BackgroundPaper | None, about("Check of the background.")] = (
        None
    )
    area_category: Annotated[AreaCategory, about("Kind of area.")] = "ordinary"
    over_age_allowed: Annotated[
        bool, about("The chairman's exception above the age.")
    ] = False


class EvidencePapers(Paper, frozen=True):
    """Dated papers behind a ground of Luật 30/2023, Đ.17.3; never what they say."""

    application_on: Annotated[date | None, about("Own application (đơn).")] = None
    health_certified_on: Annotated[date | None, about("Health certificate.")] = None
    refused_on: Annotated[Days, about("Refusals of tasks.")] = ()
    reminded_on: Annotated[Days, about("Written reminders.")] = ()
    breached_on: Annotated[date | None, about("Breach after the reminders.")] = None
    measure: Annotated[Measure | None, about("Kind of decision.")] = None
    measure_on: Annotated[date | None, about("Day of that decision.")] = None


class PersonFacts(Paper, frozen=True):
    """Who somebody is: sealed in the vault as it comes, and nowhere else (cá nhân)."""

    full_name: Annotated[FullName | None, about("Full name (họ và tên).")] = None
    birth_date: Annotated[date | None, about("Date of birth.")] = None
    citizen_id: Annotated[CitizenId | None, about("Personal number, 12 digits.")] = None
    old_id: Annotated[OldId | None, about("Old number, 9 digits.")] = None
    phone: Annotated[Phone | None, about("Telephone.")] = None
    school_level: Annotated[SchoolLevel | None, about("Schooling completed.")] = None
    resident_since: Annotated[date | None, about("Resident here since.")] = None
