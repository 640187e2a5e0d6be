"""Selection rounds: their steps, clocks and applications, never with names."""

import enum
from datetime import date
from typing import Annotated, Any, Final

import strawberry

from gateway.questions import Question
from gateway.schema.base import (
    After,
    First,
    Info,
    OnDay,
    argument,
    choice,
    column,
    global_id,
    identity,
    output,
    resolved,
)
from gateway.schema.connections import Connection, page
from gateway.schema.enums import Post
from gateway.schema.forces import ForceUnit
from gateway.schema.references import UnitRef, unit_ref
from gateway.schema.related import force_unit_of, unit_of
from gateway.schema.scalars import Count
from gateway.schema.units import Unit
from services.contracts.registry import selection

ROUNDS: Final = Question(
    "registry", "selection_rounds.list", selection.SelectionRoundsList
)
ROUNDS_GET: Final = Question(
    "registry", "selection_rounds.get", selection.SelectionRoundsGet
)


@choice
class SelectionState(enum.Enum):
    """The last step of a round that was taken (bước của đợt)."""

    PLANNED = strawberry.enum_value("planned", description="Đã lập kế hoạch.")
    APPROVED = strawberry.enum_value("approved", description="Đã phê duyệt.")
    OPEN = strawberry.enum_value("open", description="Đang nhận hồ sơ.")
    CLOSED = strawberry.enum_value("closed", description="Hết hạn nhận hồ sơ.")
    LIST_POSTED = strawberry.enum_value(
        "list_posted", description="Đã niêm yết danh sách."
    )
    COUNCIL_MET = strawberry.enum_value("council_met", description="Hội đồng đã họp.")
    SUBMITTED = strawberry.enum_value("submitted", description="Đã trình.")
    DECIDED = strawberry.enum_value("decided", description="Đã quyết định.")
    CANCELLED = strawberry.enum_value("cancelled", description="Đã hủy.")


@choice
class ClockState(enum.Enum):
    """How a deadline stands; nothing is decided by it (tình trạng thời hạn)."""

    RUNNING = strawberry.enum_value("running", description="Đang trong hạn.")
    OVERDUE = strawberry.enum_value("overdue", description="Quá hạn.")
    MET = strawberry.enum_value("met", description="Đúng hạn.")
    MET_LATE = strawberry.enum_value("met_late", description="Trễ hạn.")


@output
class SelectionStep:
    """A step that was taken (bước)."""

    step: SelectionState = column("Which.")
    on: date = column("When.")


@output
class SelectionClock:
    """A step that has a last day in working days (thời hạn)."""

    step: SelectionState = column("Which step is due.")
    due_on: date = column("Last day in time.")
    clock: ClockState = column("How it stands.")
    days_late: Count = column("Working days after the last day in time.")


@output
class SelectionApplication:
    """One application without any personal fact (hồ sơ)."""

    id: strawberry.ID = column("Id of the application.")
    person_id: strawberry.ID = resolved(
        lambda root: global_id("Person", root["person_id"]), "Id of the person."
    )
    state: str = column("Code of how far it has come (trạng thái).")
    missing: list[str] = column("Codes of papers that it lacks (còn thiếu).")
    direct: bool = column("Proposed without a vote (Đ.16.3).")
    votes: int | None = column("Votes of the council (số phiếu).")
    post: Post | None = column("Post for which submitted.")
    member_id: strawberry.ID | None = resolved(
        lambda root: root["member_id"] and global_id("Member", root["member_id"]),
        "Membership that came of it.",
    )


@output
class SelectionRound:
    """A selection for one team (đợt xét tuyển)."""

    id: strawberry.ID = column("Id of the round.")
    force_unit: ForceUnit | None = resolved(
        force_unit_of, "Team it is for (tổ).", ["force_unit_id"]
    )
    unit: Unit | None = resolved(unit_of, "Commune (đơn vị).", ["unit_id"])
    state: SelectionState = column("Last step taken.")
    needed: Count = column("How many are wanted (số lượng).")
    planned_on: date = column("Day of the plan.")
    receive_from: date = column("First day of receipt.")
    receive_until: date = column("Last day of receipt.")
    meeting_on: date = column("Day on which the council should meet.")
    steps: list[SelectionStep] = column("Steps taken, in order.")
    clocks: list[SelectionClock] = column("Steps with a last day.")
    applications: list[SelectionApplication] = column("Applications.")


async def selection_rounds(
    info: Info,
    unit: Annotated[UnitRef, argument("Unit whose subtree is meant (đơn vị).")],
    first: First,
    after: After = None,
    on: OnDay = None,
    state: Annotated[SelectionState | None, argument("Keep one state.")] = None,
) -> Any:
    """Answer Query.selectionRounds."""
    return await page(
        info,
        ROUNDS,
        after,
        unit=unit_ref(unit),
        first=first,
        on=on,
        state=state.value if state else None,
    )


async def selection_round(
    info: Info,
    id: Annotated[strawberry.ID, argument("Id of the round.")],  # noqa: A002
) -> Any:
    """Answer Query.selectionRound."""
    ids = [identity(id, "SelectionRound", "id")]
    return (await info.context.ask(ROUNDS_GET, {"ids": ids}))["rows"][0]


@output
class SelectionQueries:
    """Questions on selection rounds, part of Query."""

    selection_rounds: Connection[SelectionRound] | None = resolved(
        selection_rounds, "Rounds of a subtree, newest plan first (đợt xét tuyển)."
    )
    selection_round: SelectionRound | None = resolved(
        selection_round, "A round; null when not visible."
    )
