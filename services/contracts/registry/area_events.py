"""What the registry publishes about residential areas; places, never people."""

from datetime import date
from typing import ClassVar
from uuid import UUID

import msgspec

from services.contracts.envelope import PublicEvent


class AreaSuccessor(msgspec.Struct, frozen=True, kw_only=True):
    """One area that took over the whole or a part of an ended one."""

    area_id: UUID
    whole: bool


class ResidentialAreaRegisteredV1(PublicEvent, frozen=True, kw_only=True):
    """A residential area (khu dân cư) exists in a commune from `registered_on`."""

    TYPE: ClassVar[str] = "registry.residential_area.registered.v1"

    area_id: UUID
    unit_id: UUID
    number: int
    kind: str
    name: str
    registered_on: date
    decision: str | None = None


class ResidentialAreaRenamedV1(PublicEvent, frozen=True, kw_only=True):
    """The area bears another name from `effective_on`."""

    TYPE: ClassVar[str] = "registry.residential_area.renamed.v1"

    area_id: UUID
    kind: str
    name: str
    effective_on: date
    decision: str | None = None


class ResidentialAreaRetypedV1(PublicEvent, frozen=True, kw_only=True):
    """The area is of another kind from `effective_on`."""

    TYPE: ClassVar[str] = "registry.residential_area.retyped.v1"

    area_id: UUID
    kind: str
    name: str
    effective_on: date
    decision: str | None = None


class ResidentialAreaEndedV1(PublicEvent, frozen=True, kw_only=True):
    """The area ended; `ended_on` is the first day without it."""

    TYPE: ClassVar[str] = "registry.residential_area.ended.v1"

    area_id: UUID
    ended_on: date
    successors: tuple[AreaSuccessor, ...]
    decision: str | None = None


class ResidentialAreaFiguresReportedV1(PublicEvent, frozen=True, kw_only=True):
    """So many lived in the area on a day; a later word on a day replaces it."""

    TYPE: ClassVar[str] = "registry.residential_area.figures_reported.v1"

    area_id: UUID
    counted_on: date
    households: int
    people: int


class ResidentialAreaCategoryGivenV1(PublicEvent, frozen=True, kw_only=True):
    """Law counts the area to a category (border, island …) from `effective_on`."""

    TYPE: ClassVar[str] = "registry.residential_area.category_given.v1"

    area_id: UUID
    category: str
    effective_on: date
    decision: str | None = None


class ResidentialAreaCategoryLiftedV1(PublicEvent, frozen=True, kw_only=True):
    """Law counts the area to the category no more from `effective_on`."""

    TYPE: ClassVar[str] = "registry.residential_area.category_lifted.v1"

    area_id: UUID
    category: str
    effective_on: date
    decision: str | None = None


class ResidentialAreaReassignedV1(PublicEvent, frozen=True, kw_only=True):
    """The area lies in another unit from `effective_on`: its own was divided."""

    TYPE: ClassVar[str] = "registry.residential_area.reassigned.v1"

    area_id: UUID
    unit_id: UUID
    effective_on: date
    decision: str | None = None


class ResidentialAreaReassignmentUndoneV1(PublicEvent, frozen=True, kw_only=True):
    """The area lies in `unit_id` again: the reassignment of that day holds no more."""

    TYPE: ClassVar[str] = "registry.residential_area.reassignment_undone.v1"

    area_id: UUID
    unit_id: UUID
    effective_on: date
