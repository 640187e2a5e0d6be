"""Requests and answers about the yearly rating of teams and their members.

Verbs: rating.self_assess rating.propose rating.decide rating.correct (commands);
rating_rounds.list rating_results.list (queries).
"""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from services.contracts.described import about
from services.contracts.registry.api import Cursor, First, Request
from services.contracts.registry.papers import DecisionNumber
from services.contracts.registry.units import UnitRef

RatingLevel = Literal["excellent", "good", "done", "not_done"]
RoundState = Literal["assessing", "proposed", "decided"]
Year = Annotated[int, Meta(ge=2000, le=2200)]


class RatedSubject(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """A team or member with its level, or with an open complaint and none."""

    id: Annotated[UUID, about("Id of the force unit or of the member.")]
    level: Annotated[RatingLevel | None, about("Level (mức xếp loại).")] = None
    complaint: Annotated[
        bool, about("A complaint is open: yes or no, nothing more.")
    ] = False
    newly_transferred: Annotated[
        bool, about("A head new in this team (mới chuyển đến).")
    ] = False


Subjects = Annotated[tuple[RatedSubject, ...], Meta(max_length=3000)]


class SelfAssessTeam(Request, frozen=True):
    """What a team thinks of itself and of its members in a year."""

    force_unit_id: Annotated[UUID, about("Which team.")]
    year: Annotated[Year, about("Year that is rated.")]
    subjects: Annotated[Subjects, about("The team and its members.")]
    assessed_on: Annotated[date, about("Day of the meeting.")]


class ProposeRatings(Request, frozen=True):
    """A result for every team and member of a commune."""

    unit: Annotated[UnitRef, about("The commune (đơn vị cấp xã).")]
    year: Annotated[Year, about("Year that is rated.")]
    subjects: Annotated[Subjects, about("All teams and members.")]
    proposed_on: Annotated[date, about("Day of the proposal.")]


class DecideRatings(Request, frozen=True):
    """The chairman's decision: as proposed, but for `subjects`."""

    round_id: Annotated[UUID, about("Which round.")]
    decision_number: Annotated[
        DecisionNumber, about("Number of the decision (số quyết định).")
    ]
    decided_on: Annotated[date, about("Day of the decision.")]
    subjects: Annotated[Subjects, about("Those decided otherwise than proposed.")] = ()


class CorrectRatings(Request, frozen=True):
    """A further decision that gives some subjects other results."""

    round_id: Annotated[UUID, about("Which round.")]
    subjects: Annotated[
        Subjects, Meta(min_length=1), about("Those with another result.")
    ]
    decision_number: Annotated[
        DecisionNumber, about("Number of the decision (số quyết định).")
    ]
    corrected_on: Annotated[date, about("Day of the decision.")]


class RatingMoved(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to every command about a round."""

    round_id: UUID
    state: str


class RatingRoundsList(Request, frozen=True):
    """Rounds of a unit's subtree, the latest year first."""

    unit: UnitRef
    year: Year | None = None
    state: RoundState | None = None
    first: First = 50
    after: Cursor | None = None


class RatingRoundView(msgspec.Struct, frozen=True, kw_only=True):
    """A round with how many teams and members stand at each level."""

    id: UUID
    unit_id: UUID
    year: int
    first_day: date
    last_day: date
    state: str
    due_on: date
    decided_on: date | None
    decision_number: str | None
    corrected_on: date | None
    teams: dict[str, int]
    members: dict[str, int]
    cursor: str | None = None


class RatingRoundList(msgspec.Struct, frozen=True, kw_only=True):
    """A page of rounds."""

    rows: tuple[RatingRoundView, ...]
    has_next: bool


class RatingResultsList(Request, frozen=True):
    """Results of one round, teams after members, by id."""

    round_id: UUID
    first: First = 100
    after: Cursor | None = None


class RatingResultView(msgspec.Struct, frozen=True, kw_only=True):
    """A subject with its level at each step; never with a name."""

    subject_id: UUID
    kind: str
    self_level: str | None
    proposed_level: str | None
    level: str | None
    not_rated: str | None
    corrected: bool
    cursor: str | None = None


class RatingResultList(msgspec.Struct, frozen=True, kw_only=True):
    """A page of results."""

    rows: tuple[RatingResultView, ...]
    has_next: bool
