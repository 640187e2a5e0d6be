"""Public facts about tips; reporting and the gateway read them.

Nothing here leads to a text or a person: an opaque id, a unit, days and closed codes.
``unit_id`` is the unit's version in force on the day of receipt.
"""

from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from services.contracts.envelope import PublicEvent

# Offences and hazards only; a new word needs the denied-concept test to pass.
Category = Literal[
    "drugs",
    "theft",
    "robbery",
    "fraud",
    "online_fraud",
    "loan_sharking",
    "gambling",
    "violence",
    "domestic_violence",
    "child_abuse",
    "human_trafficking",
    "weapons_explosives",
    "smuggling_counterfeits",
    "environmental_harm",
    "fugitive",
    "traffic_hazard",
    "fire_hazard",
    "natural_hazard",
    "found_ordnance",
    "other_offence",
]
Channel = Literal[
    "in_person",
    "phone_duty",
    "phone_113",
    "hotline_1022",
    "post",
    "tip_box",
    "email",
    "vneid",
    "web_portal",
    "zalo",
    "facebook",
    "media",
    "partner_agency",
    "grassroots_force",
    "self_detected",
]
TriageOutcome = Literal["accepted", "insufficient", "spam", "routed_out"]


class TipReceivedV1(PublicEvent, frozen=True, kw_only=True):
    """One piece of information was received (tin quần chúng cung cấp)."""

    TYPE: ClassVar[str] = "tips.tip.received.v1"

    tip_id: UUID
    unit_id: UUID
    received_on: date
    category: Category
    channel: Channel


class TipTriagedV1(PublicEvent, frozen=True, kw_only=True):
    """The tip was sorted once; spam does not count as received information."""

    TYPE: ClassVar[str] = "tips.tip.triaged.v1"

    tip_id: UUID
    unit_id: UUID
    triaged_on: date
    received_on: date
    outcome: TriageOutcome


class TipValuedV1(PublicEvent, frozen=True, kw_only=True):
    """A second officer rated the tip once, for the work of the police (tin có giá trị).

    Erasing a tip later changes no figure, so it is no public fact.
    """

    TYPE: ClassVar[str] = "tips.tip.valued.v1"

    tip_id: UUID
    unit_id: UUID
    valued_on: date
    received_on: date
    valuable: bool


PUBLIC_EVENTS: tuple[type[PublicEvent], ...] = (
    TipReceivedV1,
    TipTriagedV1,
    TipValuedV1,
)
