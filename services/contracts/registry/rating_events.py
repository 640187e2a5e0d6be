"""What the registry publishes about the yearly rating: numbers, never who."""

from datetime import date
from typing import ClassVar
from uuid import UUID

import msgspec

from services.contracts.envelope import PublicEvent


class RatingCounts(msgspec.Struct, frozen=True, kw_only=True):
    """How many have each level; `not_rated` have none (complaint, time too short)."""

    excellent: int
    good: int
    done: int
    not_done: int
    not_rated: int


class TeamRated(msgspec.Struct, frozen=True, kw_only=True):
    """The level of one team; None: it was not rated."""

    force_unit_id: UUID
    level: str | None  # excellent | good | done | not_done


class RatingDecidedV1(PublicEvent, frozen=True, kw_only=True):
    """A commune's year is rated; `last_day` is the last day of the rated year.

    Teams stand one by one, for they are no people; of members only numbers are told.
    """

    TYPE: ClassVar[str] = "registry.rating_round.decided.v1"

    rating_id: UUID
    unit_id: UUID
    year: int
    last_day: date
    decided_on: date
    teams: tuple[TeamRated, ...]
    team_counts: RatingCounts
    member_counts: RatingCounts


class RatingCorrectedV1(PublicEvent, frozen=True, kw_only=True):
    """A later decision changed a commune's year; `teams` are those it changed."""

    TYPE: ClassVar[str] = "registry.rating_round.corrected.v1"

    rating_id: UUID
    unit_id: UUID
    year: int
    last_day: date
    corrected_on: date
    teams: tuple[TeamRated, ...]
    team_counts_before: RatingCounts
    team_counts: RatingCounts
    member_counts_before: RatingCounts
    member_counts: RatingCounts


RATING_EVENTS: tuple[type[PublicEvent], ...] = (
    RatingDecidedV1,
    RatingCorrectedV1,
)
