"""What the registry publishes when a force of a divided unit goes on in another one.

Figures follow from these facts alone, in whatever order they are read: a fact names the
unit of its day and the later homes; the passing names what had been counted by then.
"""

from datetime import date
from typing import ClassVar
from uuid import UUID

import msgspec

from services.contracts.envelope import PublicEvent


class LaterHome(msgspec.Struct, frozen=True, kw_only=True):
    """To which unit the force passes after the day of a fact, and from which day on."""

    since: date
    unit_id: UUID


class LaterCount(msgspec.Struct, frozen=True, kw_only=True):
    """By how much the force and its roster changed on a day, as recorded by then."""

    day: date
    force_units: int
    members: int


class ForceUnitPassedOnV1(PublicEvent, frozen=True, kw_only=True):
    """The force lies in `unit_id` from `passed_on`: its unit was divided by a decree.

    `force_units` (one, or none where it was set up later) and `members` stood on the
    eve; `later` is what changed on that day and after it, and was told of the old unit.
    """

    TYPE: ClassVar[str] = "registry.force_unit.passed_on.v1"

    force_unit_id: UUID
    force_type: str
    from_unit_id: UUID
    unit_id: UUID
    passed_on: date
    decision: str
    reorganisation_id: UUID
    force_units: int
    members: int
    later: tuple[LaterCount, ...] = ()


class ForceUnitPassingUndoneV1(PublicEvent, frozen=True, kw_only=True):
    """The force lies in `unit_id` as before: that it passed on has never been.

    The numbers are those of the moment of the undoing; what changed on `passed_on` and
    after it was told of `from_unit_id`.
    """

    TYPE: ClassVar[str] = "registry.force_unit.passing_undone.v1"

    force_unit_id: UUID
    force_type: str
    from_unit_id: UUID
    unit_id: UUID
    passed_on: date
    reorganisation_id: UUID
    force_units: int
    members: int
    later: tuple[LaterCount, ...] = ()
