"""The facts that reporting tells the other services, on the wire.

Read by every service that follows EV_REPORTING; written by reporting alone.
"""

from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

import msgspec

from services.contracts.envelope import PublicEvent

FIGURES_CHANGED_SUBJECT = "note.reporting.figures_changed"


class ReportDraftedV1(PublicEvent, frozen=True, kw_only=True):
    """A unit's report was drafted: its figures are frozen under a number."""

    TYPE: ClassVar[str] = "reporting.report.drafted.v1"

    report_id: UUID
    unit_id: UUID
    number: int
    year: int
    period_kind: Literal["year", "half", "quarter", "nine_months", "month", "range"]
    period_year: int
    period_number: int | None
    first_day: date
    last_day: date
    calendar: Literal["official", "calendar_year", "procuracy"]
    geography: Literal["as_was", "restated"]
    drafted_on: date


class FiguresChanged(msgspec.Struct, frozen=True, kw_only=True):
    """A notice on core NATS: the figures of these units on these days moved.

    It is a hint and may be lost; ``everything`` stands for a list that grew too
    long (or a rebuild), so that a listener asks again for all it shows.
    """

    unit_ids: list[UUID]
    days: list[date]
    everything: bool = False


PUBLIC_EVENTS: tuple[type[PublicEvent], ...] = (ReportDraftedV1,)
