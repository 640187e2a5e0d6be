"""The closed lists of a tip; a word that is not here does not exist for the service."""

import enum
from dataclasses import dataclass
from datetime import date
from uuid import UUID


class Category(enum.StrEnum):
    """Offences and hazards; no speech, opinion, religion or ethnicity, ever.

    Corruption, national security and matters of other procedures are absent on
    purpose: their doors are elsewhere (`CategoryOutOfScope`).
    """

    DRUGS = "drugs"
    THEFT = "theft"
    ROBBERY = "robbery"
    FRAUD = "fraud"
    ONLINE_FRAUD = "online_fraud"
    LOAN_SHARKING = "loan_sharking"
    GAMBLING = "gambling"
    VIOLENCE = "violence"
    DOMESTIC_VIOLENCE = "domestic_violence"
    CHILD_ABUSE = "child_abuse"
    HUMAN_TRAFFICKING = "human_trafficking"
    WEAPONS_EXPLOSIVES = "weapons_explosives"
    SMUGGLING_COUNTERFEITS = "smuggling_counterfeits"
    ENVIRONMENTAL_HARM = "environmental_harm"
    FUGITIVE = "fugitive"
    TRAFFIC_HAZARD = "traffic_hazard"
    FIRE_HAZARD = "fire_hazard"
    NATURAL_HAZARD = "natural_hazard"
    FOUND_ORDNANCE = "found_ordnance"
    OTHER_OFFENCE = "other_offence"


class TriageOutcome(enum.StrEnum):
    """How a tip was sorted, once."""

    ACCEPTED = "accepted"
    INSUFFICIENT = "insufficient"
    SPAM = "spam"
    ROUTED_OUT = "routed_out"


class TipState(enum.StrEnum):
    """Where a tip stands."""

    RECEIVED = "received"
    TRIAGED = "triaged"
    VALUED = "valued"
    ERASED = "erased"


REASONS_FOR_VALUE = frozenset(
    {"led_to_clearance", "led_to_prevention", "confirmed_on_site"}
)
REASONS_AGAINST_VALUE = frozenset({"already_known", "not_confirmed", "too_vague"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """How a tip came in; `received_by` is empty when the sender used the open door."""

    unit_id: UUID
    unit_path: str
    category: str
    channel: str
    received_on: date
    received_by: str = ""
    late_reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """The two envelopes of a tip: what happened, and how to reach the sender."""

    content: bytes
    source: bytes | None
