"""What the registry publishes about committees 138 and coordination programmes."""

from datetime import date
from typing import ClassVar
from uuid import UUID

import msgspec

from services.contracts.envelope import PublicEvent


class SteeringSeat(msgspec.Struct, frozen=True, kw_only=True):
    """A post and the office that holds it; never a person."""

    post: str
    office: str
    holders: int


class SteeringCommitteeEstablishedV1(PublicEvent, frozen=True, kw_only=True):
    """A unit has a committee 138 from `effective_on`."""

    TYPE: ClassVar[str] = "registry.steering_committee.established.v1"

    committee_id: UUID
    unit_id: UUID
    level: str
    name: str
    standing_body: str
    seats: tuple[SteeringSeat, ...]
    effective_on: date
    number: str
    decided_on: date
    issuer: str


class SteeringCommitteeReconstitutedV1(PublicEvent, frozen=True, kw_only=True):
    """A committee has another composition from `effective_on`."""

    TYPE: ClassVar[str] = "registry.steering_committee.reconstituted.v1"

    committee_id: UUID
    unit_id: UUID
    name: str
    standing_body: str
    seats: tuple[SteeringSeat, ...]
    effective_on: date
    number: str
    decided_on: date
    issuer: str


class SteeringCommitteeDissolvedV1(PublicEvent, frozen=True, kw_only=True):
    """A committee ended; `dissolved_on` is its first day without."""

    TYPE: ClassVar[str] = "registry.steering_committee.dissolved.v1"

    committee_id: UUID
    unit_id: UUID
    dissolved_on: date
    number: str
    decided_on: date
    issuer: str


class CoordinationProgrammeSignedV1(PublicEvent, frozen=True, kw_only=True):
    """Partners signed a programme; it is in force until before `valid_to`."""

    TYPE: ClassVar[str] = "registry.coordination_programme.signed.v1"

    programme_id: UUID
    unit_id: UUID
    level: str
    number: str
    parties: tuple[str, ...]
    signed_on: date
    valid_from: date
    valid_to: date
    mid_term_on: date | None = None
    final_on: date | None = None
    renews: UUID | None = None


class CoordinationProgrammeReviewedV1(PublicEvent, frozen=True, kw_only=True):
    """A review of a programme was held."""

    TYPE: ClassVar[str] = "registry.coordination_programme.reviewed.v1"

    programme_id: UUID
    unit_id: UUID
    kind: str  # mid_term | final
    held_on: date


class CoordinationProgrammeEndedV1(PublicEvent, frozen=True, kw_only=True):
    """A programme was ended before its time."""

    TYPE: ClassVar[str] = "registry.coordination_programme.ended.v1"

    programme_id: UUID
    unit_id: UUID
    ended_on: date


class CoordinationProgrammeRenewedV1(PublicEvent, frozen=True, kw_only=True):
    """A programme gave way to another one, on the day on which that begins."""

    TYPE: ClassVar[str] = "registry.coordination_programme.renewed.v1"

    programme_id: UUID
    unit_id: UUID
    renewed_by: UUID
    renewed_on: date
