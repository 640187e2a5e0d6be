"""What the registry publishes about quotas, and how many came in by a selection."""

from datetime import date
from typing import ClassVar
from uuid import UUID

import msgspec

from services.contracts.envelope import PublicEvent


class QuotaOfCommune(msgspec.Struct, frozen=True, kw_only=True):
    """How many teams and members one commune may have.

    `absorbed` are the communes that it took in whole: their own numbers end with it.
    """

    unit_id: UUID
    teams: int
    members: int
    absorbed: tuple[UUID, ...] = ()


class QuotaIssuedV1(PublicEvent, frozen=True, kw_only=True):
    """A province's decision sets the numbers of its communes from `effective_on`.

    Of several decisions about a commune the one of the latest day holds.
    """

    TYPE: ClassVar[str] = "registry.quota_decision.issued.v1"

    quota_id: UUID
    force_type: str
    unit_id: UUID  # the province
    effective_on: date
    number: str
    decided_on: date
    lines: tuple[QuotaOfCommune, ...]


class QuotaSupersededV1(PublicEvent, frozen=True, kw_only=True):
    """A decision holds no more from `superseded_on`; of its first day: it never did."""

    TYPE: ClassVar[str] = "registry.quota_decision.superseded.v1"

    quota_id: UUID
    by_id: UUID
    superseded_on: date


class QuotaReductionPlannedV1(PublicEvent, frozen=True, kw_only=True):
    """A commune may still have so many until before `until`, by a roadmap."""

    TYPE: ClassVar[str] = "registry.quota_decision.reduction_planned.v1"

    quota_id: UUID
    unit_id: UUID
    teams: int
    members: int
    until: date


class SelectionRoundDecidedV1(PublicEvent, frozen=True, kw_only=True):
    """A selection for a team ended: so many were recognised from `recognised_on`.

    Each of them is told as `registry.member.enrolled.v1`; those who were not are told
    nowhere.
    """

    TYPE: ClassVar[str] = "registry.selection_round.decided.v1"

    round_id: UUID
    force_unit_id: UUID
    unit_id: UUID
    recognised_on: date
    recognised: int


QUOTA_EVENTS: tuple[type[PublicEvent], ...] = (
    QuotaIssuedV1,
    QuotaSupersededV1,
    QuotaReductionPlannedV1,
    SelectionRoundDecidedV1,
)
