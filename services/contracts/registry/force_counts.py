"""Reported numbers of forces that keep no roster.

Verb: force_unit.report_headcount (command).
"""

from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from services.contracts.described import about
from services.contracts.registry.api import Request


class ReportHeadcount(Request, frozen=True):
    """How many serve in a force on a day; a later word for the day replaces it."""

    force_unit_id: Annotated[UUID, about("Which force.")]
    counted_on: Annotated[date, about("The day that the number is of (ngày tính).")]
    members: Annotated[int, Meta(ge=0, le=100_000), about("People (số người).")]


class HeadcountReported(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to ReportHeadcount."""

    force_unit_id: UUID
