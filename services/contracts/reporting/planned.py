"""Planned beside actual: what provinces have set, and the teams and members there are.

Verb: planned.children (query).
"""

from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec

from services.contracts.reporting.api import Freshness, Geography, Request, RowRefusal


class PlannedRequest(Request, frozen=True, kw_only=True):
    """``planned.children``: quota and actual of each unit and its children on a day."""

    unit_ids: Annotated[list[UUID], msgspec.Meta(max_length=20)]
    on: date
    geography: Geography = "as_was"


class OneUnitPlanned(Request, frozen=True, kw_only=True):
    """The same of one unit, by HTTP."""

    unit_id: UUID
    on: date
    geography: Geography = "as_was"


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """A number that was set, and what there is.

    ``allowed`` is more than ``quota`` while a roadmap for reduction runs. ``gap`` is
    what there is less the quota: below zero, places are free. ``over`` is what there is
    above what is allowed. None: the unit was not in force then; ``gap`` and ``over``
    are also None where no commune has a quota.
    """

    quota: int | None
    allowed: int | None
    actual: int | None
    gap: int | None
    over: int | None


class PlannedRow(msgspec.Struct, frozen=True, kw_only=True):
    """One unit. Of a unit with parts all numbers are sums, so gaps level each other."""

    unit_id: UUID
    unit_code: str
    unit_name: str
    level: str
    communes_with_quota: int | None
    teams: Planned | None
    members: Planned | None
    refusal: RowRefusal | None = None


class PlannedTable(msgspec.Struct, frozen=True, kw_only=True):
    """A parent's own row and the rows of its children, ordered by code."""

    parent: PlannedRow
    children: list[PlannedRow]


class PlannedAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Answer of ``planned.children``: one table for each asked unit."""

    on: date
    geography: Geography
    rows: list[PlannedTable]
    freshness: Freshness
