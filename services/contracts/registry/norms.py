"""Norms of team size, and what is missing where: by commune and day.

Verbs: norms.list gaps.list (queries); force_unit.begin_term (command).
"""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from services.contracts.described import about
from services.contracts.registry.api import Cursor, First, Request
from services.contracts.registry.units import UnitRef

GapKind = Literal[
    "no_leader",
    "teams_below_quota",
    "teams_over_quota",
    "members_below_quota",
    "members_over_quota",
    "members_below_norm",
    "members_over_norm",
    "term_ending",
]
NormMeasure = Literal["people", "households"]
WithinDays = Annotated[int, Meta(ge=0, le=366)]


class NormsList(Request, frozen=True):
    """Rule sets: all, those in force on a day, those that bind a unit then."""

    unit: UnitRef | None = None
    on: date | None = None


class NormStep(msgspec.Struct, frozen=True, kw_only=True):
    """From so many on, so many members; a ceiling where `at_most`."""

    start: int
    members: int
    at_most: bool


class NormRule(msgspec.Struct, frozen=True, kw_only=True):
    """One formula; after `beyond_start`, `beyond_adds` for each full `beyond_each`."""

    areas: tuple[str, ...]
    measure: NormMeasure
    steps: tuple[NormStep, ...]
    beyond_start: int | None = None
    beyond_each: int | None = None
    beyond_adds: int | None = None


class NormView(msgspec.Struct, frozen=True, kw_only=True):
    """The rule set of one province while it is in force.

    `mark` tells how sure its figures are, `day_mark` how sure its days.
    """

    norm: str
    unit_id: UUID
    source: str
    mark: str
    day_mark: str
    valid_from: date | None
    valid_to: date | None
    rules: tuple[NormRule, ...]


class NormsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Rule sets; empty where a province has none."""

    rows: tuple[NormView, ...]


class GapsList(Request, frozen=True):
    """What is missing in the communes of a subtree on a day.

    Terms count as ending from `within_days` before their last day on.
    """

    unit: UnitRef
    on: date | None = None
    within_days: WithinDays = 90
    first: First = 50
    after: Cursor | None = None


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is missing or too much, with what is required and what is there.

    Without a `force_unit_id` it is the commune's. `norm` names the rule set.
    """

    kind: GapKind
    force_type: str
    force_unit_id: UUID | None = None
    required: int | None = None
    actual: int | None = None
    due_on: date | None = None
    norm: str | None = None


class UnitGaps(msgspec.Struct, frozen=True, kw_only=True):
    """A commune (`id`) that has forces or a quota on the day, with gaps or none."""

    id: UUID
    gaps: tuple[Gap, ...]
    cursor: str | None = None


class GapsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A page of communes in the order of place."""

    rows: tuple[UnitGaps, ...]
    has_next: bool


class BeginTerm(Request, frozen=True):
    """Say for how long a force was chosen; a later term takes its place."""

    force_unit_id: Annotated[UUID, about("Which force.")]
    begins_on: Annotated[date, about("First day (ngày bắt đầu).")]
    ends_on: Annotated[date, about("First day after it (ngày hết nhiệm kỳ).")]


class TermBegun(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to BeginTerm."""

    force_unit_id: UUID
