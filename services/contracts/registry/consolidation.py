"""Former forces going over into teams of the law of 2023, and areas of a team.

Verbs: forces.consolidate force_unit.assign_areas (commands).
"""

from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from services.contracts.described import about
from services.contracts.registry.api import Name, Request
from services.contracts.registry.members import Post
from services.contracts.registry.papers import DecisionPaper
from services.contracts.registry.units import UnitRef


class ChosenMember(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """Somebody of a former force who serves on, in which post of the team."""

    force_unit_id: Annotated[UUID, about("Former force.")]
    member_id: Annotated[UUID, about("The member there.")]
    post: Annotated[Post, about("Post in the team.")] = "member"


class ChosenTeam(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A team that exists, by its id, or a new one; and who is chosen for it (Tổ)."""

    force_unit_id: Annotated[
        UUID | None, about("A team that exists; without it a new one.")
    ] = None
    name: Annotated[Name | None, about("Own name of a new team, if any.")] = None
    members: Annotated[
        list[ChosenMember], Meta(max_length=100), about("Who is chosen.")
    ]


class ConsolidateForces(Request, frozen=True):
    """Consolidate former forces of one commune in one act.

    Those chosen keep their person; all others cease by law on the day, except in a
    force that goes on. `on` is the day of the law.
    """

    unit: Annotated[UnitRef, about("Commune on that day (đơn vị cấp xã).")]
    on: Annotated[date, about("Day of the law, 2024-07-01.")]
    force_unit_ids: Annotated[
        list[UUID],
        Meta(min_length=1, max_length=60),
        about("Former forces that take part."),
    ]
    teams: Annotated[
        list[ChosenTeam],
        Meta(min_length=1, max_length=60),
        about("Teams and who is chosen for each."),
    ]
    decision: Annotated[
        DecisionPaper | None, about("Decision that recognises the members.")
    ] = None


class ForceNumbers(msgspec.Struct, frozen=True, kw_only=True):
    """Force units and people of one force that take part in the act."""

    force_type: str
    force_units: int
    members: int


class TakenOver(msgspec.Struct, frozen=True, kw_only=True):
    """One person's way from the former service into the new one."""

    from_member_id: UUID
    member_id: UUID
    force_unit_id: UUID


class ForcesConsolidated(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to ConsolidateForces: what there was on the eve, and what there is."""

    team_ids: tuple[UUID, ...]
    members: tuple[TakenOver, ...]
    before: tuple[ForceNumbers, ...]
    after: tuple[ForceNumbers, ...]
    selected: int
    ceased_by_law: int
    remained: int


class AssignAreas(Request, frozen=True):
    """Say which residential areas a team covers from a day on; the list replaces."""

    force_unit_id: Annotated[UUID, about("Which team.")]
    area_ids: Annotated[
        list[UUID],
        Meta(max_length=60),
        about("Its areas; the list replaces the former."),
    ]
    assigned_on: Annotated[date, about("First day (ngày phân công).")]


class AreasAssigned(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to AssignAreas."""

    force_unit_id: UUID
