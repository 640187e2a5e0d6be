"""Requests and answers about selection rounds.

Verbs: selection_rounds.list selection_rounds.get (queries); selection.plan
selection.approve selection.open selection.receive selection.check selection.withdraw
selection.propose_directly selection.close selection.post_list selection.hold_council
selection.submit selection.decide selection.cancel (commands).
"""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from services.contracts.described import about
from services.contracts.registry.api import Cursor, First, Ids, Request
from services.contracts.registry.members import Post
from services.contracts.registry.papers import (
    ConditionPapers,
    DecisionPaper,
    Paper,
    PersonFacts,
    PostingPlace,
)
from services.contracts.registry.units import UnitRef

DossierPart = Literal[
    "application", "curriculum_vitae", "health_certificate", "education_proof"
]
RoundState = Literal[
    "planned",
    "approved",
    "open",
    "closed",
    "list_posted",
    "council_met",
    "submitted",
    "decided",
    "cancelled",
]
CancelReason = Literal["no_applicants", "plan_changed", "entered_in_error"]
_People = Annotated[int, Meta(ge=1, le=100)]


class PlanSelection(Request, frozen=True):
    """Draw up the plan of a selection for one team."""

    force_unit_id: Annotated[UUID, about("The team (tổ).")]
    needed: Annotated[_People, about("How many are wanted.")]
    planned_on: Annotated[date, about("Day of the plan.")]
    receive_from: Annotated[date, about("First day of receipt.")]
    receive_until: Annotated[date, about("Last day of receipt.")]
    meeting_on: Annotated[date, about("Day on which the council should meet.")]


class ApproveSelection(Request, frozen=True):
    """Let the committee approve the plan."""

    round_id: Annotated[UUID, about("The round (đợt).")]
    decision: Annotated[DecisionPaper, about("The decision.")]


class OpenSelection(Request, frozen=True):
    """Post the plan; from now dossiers are taken in the days it names."""

    round_id: Annotated[UUID, about("The round (đợt).")]
    place: Annotated[PostingPlace, about("Where.")]
    posted_on: Annotated[date, about("When.")]


class DossierPapers(Paper, frozen=True):
    """What of the dossier is missing, and what decides on the conditions (hồ sơ)."""

    missing: Annotated[
        tuple[DossierPart, ...], Meta(max_length=4), about("Papers that it lacks.")
    ] = ()
    conditions: Annotated[ConditionPapers, about("What shows the conditions.")] = (
        ConditionPapers()
    )


class ReceiveApplication(Request, frozen=True):
    """Take the dossier of somebody new, by name, or of somebody known, by id."""

    round_id: Annotated[UUID, about("The round (đợt).")]
    received_on: Annotated[date, about("Day of receipt.")]
    dossier: Annotated[DossierPapers, about("The dossier.")]
    person: Annotated[PersonFacts | None, about("Who somebody new is.")] = None
    person_id: Annotated[UUID | None, about("Somebody known.")] = None


class CheckApplication(Request, frozen=True):
    """Say anew what is in a dossier."""

    round_id: Annotated[UUID, about("The round (đợt).")]
    application_id: Annotated[UUID, about("The application.")]
    checked_on: Annotated[date, about("Day of the check.")]
    dossier: Annotated[DossierPapers, about("The dossier.")]


class WithdrawApplication(Request, frozen=True):
    """Let somebody step back."""

    round_id: Annotated[UUID, about("The round (đợt).")]
    application_id: Annotated[UUID, about("The application.")]
    withdrawn_on: Annotated[date, about("When.")]


class ProposeDirectly(Request, frozen=True):
    """Propose a leader or deputy of a civil-defence team without list and vote."""

    round_id: Annotated[UUID, about("The round (đợt).")]
    from_force_unit_id: Annotated[UUID, about("The civil-defence team.")]
    member_id: Annotated[UUID, about("The member there.")]
    proposed_on: Annotated[date, about("When.")]
    dossier: Annotated[DossierPapers, about("The dossier.")]


class CloseSelection(Request, frozen=True):
    """End the receipt of dossiers."""

    round_id: Annotated[UUID, about("The round (đợt).")]
    closed_on: Annotated[date, about("When.")]


class PostList(Request, frozen=True):
    """Post the list of those whose dossier is whole."""

    round_id: Annotated[UUID, about("The round (đợt).")]
    place: Annotated[PostingPlace, about("Where.")]
    posted_on: Annotated[date, about("When.")]


class VotePaper(Paper, frozen=True):
    """How many voted for somebody (số phiếu)."""

    application_id: Annotated[UUID, about("The application.")]
    votes: Annotated[int, Meta(ge=0, le=100), about("Votes.")]


class TiePaper(Paper, frozen=True):
    """Who is chosen of those tied at the last place, by which recorded decision."""

    chosen: Annotated[
        list[UUID],
        Meta(min_length=1, max_length=100),
        about("Applications that are chosen."),
    ]
    decision: Annotated[DecisionPaper, about("The recorded decision.")]


class HoldCouncil(Request, frozen=True):
    """Take in the vote of the council: more than half of those present pass."""

    round_id: Annotated[UUID, about("The round (đợt).")]
    met_on: Annotated[date, about("Day of the minutes.")]
    present: Annotated[_People, about("Members present.")]
    votes: Annotated[
        list[VotePaper], Meta(max_length=200), about("Votes for everybody on the list.")
    ]
    tie: Annotated[TiePaper | None, about("A tie.")] = None


class PostPaper(Paper, frozen=True):
    """For which post somebody is submitted (chức danh đề nghị)."""

    application_id: Annotated[UUID, about("The application.")]
    post: Annotated[Post, about("The post.")] = "member"


class SubmitSelection(Request, frozen=True):
    """Put minutes and proposals to the chairman."""

    round_id: Annotated[UUID, about("The round (đợt).")]
    submitted_on: Annotated[date, about("When.")]
    posts: Annotated[
        list[PostPaper],
        Meta(min_length=1, max_length=100),
        about("Everybody who passed."),
    ]


class DecideSelection(Request, frozen=True):
    """Recognise those submitted as members of the team, from a day on, all or none."""

    round_id: Annotated[UUID, about("The round (đợt).")]
    decision: Annotated[DecisionPaper, about("The decision.")]
    recognised_on: Annotated[date, about("First day as members.")]


class CancelSelection(Request, frozen=True):
    """Let a round come to nothing."""

    round_id: Annotated[UUID, about("The round (đợt).")]
    cancelled_on: Annotated[date, about("When.")]
    reason: Annotated[CancelReason, about("Why.")]


class SelectionMoved(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to a step; `due_on` is the last day of the next one where one is set."""

    round_id: UUID
    state: str
    due_on: date | None = None
    application_id: UUID | None = None


class RecognisedMember(msgspec.Struct, frozen=True, kw_only=True):
    """The membership that came of an application."""

    application_id: UUID
    member_id: UUID


class SelectionDecided(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to DecideSelection."""

    round_id: UUID
    recognised: tuple[RecognisedMember, ...]


class SelectionRoundsList(Request, frozen=True):
    """Rounds of a unit's subtree, newest first, with their clocks on a day."""

    unit: UnitRef
    state: RoundState | None = None
    on: date | None = None
    first: First = 50
    after: Cursor | None = None


class SelectionRoundsGet(Request, frozen=True):
    """Rounds by id."""

    ids: Ids


class StepView(msgspec.Struct, frozen=True, kw_only=True):
    """A step that was taken."""

    step: str
    on: date


class StepClock(msgspec.Struct, frozen=True, kw_only=True):
    """A step that has a last day; `clock` is running, overdue, met or met_late."""

    step: str
    due_on: date
    clock: str
    days_late: int


class ApplicationView(msgspec.Struct, frozen=True, kw_only=True):
    """One application without any personal fact."""

    id: UUID
    person_id: UUID
    state: str
    missing: tuple[str, ...]
    direct: bool
    votes: int | None
    post: str | None
    member_id: UUID | None


class SelectionRoundView(msgspec.Struct, frozen=True, kw_only=True):
    """A round with its steps, clocks and applications."""

    id: UUID
    force_unit_id: UUID
    unit_id: UUID
    state: str
    needed: int
    planned_on: date
    receive_from: date
    receive_until: date
    meeting_on: date
    steps: tuple[StepView, ...]
    clocks: tuple[StepClock, ...]
    applications: tuple[ApplicationView, ...]
    cursor: str | None = None


class SelectionRoundList(msgspec.Struct, frozen=True, kw_only=True):
    """A page of rounds."""

    rows: tuple[SelectionRoundView, ...]
    has_next: bool


class SelectionRoundsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One row per id asked for, in that order; None where not visible."""

    rows: tuple[SelectionRoundView | None, ...]
