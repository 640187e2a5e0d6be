"""What is due in the registry: `deadlines.list`, for claims, visits and the like."""

from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from services.contracts.registry.api import Cursor, First, Request
from services.contracts.registry.units import UnitRef

# A code and no enum: each area of the registry adds its own kinds.
DeadlineCode = Annotated[str, Meta(pattern=r"^[a-z][a-z_]*$", max_length=40)]


class DeadlinesList(Request, frozen=True):
    """What is open on a day (default: today) in a unit's subtree, oldest first."""

    unit: UnitRef
    on: date | None = None
    kinds: Annotated[tuple[DeadlineCode, ...], Meta(max_length=20)] = ()
    only_overdue: bool = False
    due_before: date | None = None
    first: First = 50
    after: Cursor | None = None


class DeadlineView(msgspec.Struct, frozen=True, kw_only=True):
    """Something to be done by a day, about one subject; never with a name."""

    id: str  # kind and subject, which together name it
    kind: str
    subject_id: UUID
    unit_id: UUID
    due_on: date
    overdue: bool
    days_overdue: int
    cursor: str | None = None


class DeadlineList(msgspec.Struct, frozen=True, kw_only=True):
    """A page of deadlines."""

    rows: tuple[DeadlineView, ...]
    has_next: bool
