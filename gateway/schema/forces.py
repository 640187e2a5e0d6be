"""Forces at the grass roots: kinds, boards and teams, members as numbers."""

from datetime import date
from typing import Annotated, Any, Final

import strawberry

from gateway import loaders
from gateway.questions import Question
from gateway.schema.base import (
    After,
    First,
    Info,
    Node,
    OnDayOrEver,
    Root,
    argument,
    column,
    global_id,
    output,
    resolved,
)
from gateway.schema.connections import Connection, connection, page
from gateway.schema.enums import CessationGround, Counting, Ending, ForceType, Post
from gateway.schema.people import Person, person_of
from gateway.schema.references import UnitRef, unit_ref
from gateway.schema.related import force_unit_of, related, unit_of
from gateway.schema.scalars import Count
from services.contracts.registry.force_types import ForceTypesList
from services.contracts.registry.force_units import ForceUnitsList

FORCE_TYPES: Final = Question("registry", "force_types.list", ForceTypesList)
FORCE_UNITS: Final = Question("registry", "force_units.list", ForceUnitsList)

LazyArea = Annotated["ResidentialArea", strawberry.lazy("gateway.schema.areas")]  # type: ignore[name-defined]  # noqa: F821 - resolved by Strawberry
LazyUnit = Annotated["Unit", strawberry.lazy("gateway.schema.units")]  # type: ignore[name-defined]  # noqa: F821 - resolved by Strawberry


@output
class PostTitle:
    """What a post is called in one force (tên chức danh)."""

    post: Post = column("Post (chức danh).")
    title: str = column("Its Vietnamese name there.")


@output
class ForceSuccessor:
    """The force that came after another one (lực lượng kế thừa)."""

    force_type: ForceType = column("Which force (loại hình).")
    on: date = column("From which day.")
    share: str = column("selection: some people; posts: those in the posts named.")
    posts: list[Post] = column("The posts, where the share goes by them.")


@output
class ForceCategory:
    """A force as a dated legal category (loại hình lực lượng)."""

    force_type: ForceType = column("Which force (loại hình).")
    name: str = column("Vietnamese name (tên gọi).")
    legal_basis: str = column("Legal source (căn cứ pháp lý).")
    valid_from: date | None = column("First day in law.")
    valid_to: date | None = column("First day no longer in law.")
    unit_types: list[str] = column("Kinds of unit that may have it.")
    posts: list[str] = column("Posts that it knows (chức danh).")
    titles: list[PostTitle] = column("What its posts are called (tên chức danh).")
    mark: str = column("Certainty of the reference: V read, R reported, G general.")
    counted: Counting = column("How it is counted (cách tính quân số).")
    one_per_unit: bool = column("Whether a unit has one at most.")
    successor: ForceSuccessor | None = column("What came after it (kế thừa).")


def _former(root: Root) -> Any:
    former = root["from_member_id"]
    return None if former is None else global_id("Member", former)


async def _areas(root: Root, info: Info) -> Any:
    return [related(info, "ResidentialArea", one) for one in root["area_ids"]]


@output
class Member:
    """A member of a force; who it is only by right and for a purpose (thành viên)."""

    id: strawberry.ID = column("Id of the member.")
    force_unit: "ForceUnit | None" = resolved(
        force_unit_of, "Board or team.", ["force_unit_id"]
    )
    post: Post = column("Post (chức danh).")
    enrolled_on: date = column("First day (ngày tham gia).")
    ceased_on: date | None = column("First day without (ngày thôi).")
    ground: CessationGround | None = column("Why the service ended (lý do).")
    suspended_on: date | None = column("Since when not on duty (tạm đình chỉ).")
    version: int = column("How many decisions it has seen; see expectedVersion.")
    person: Person | None = resolved(
        person_of, "Who it is; null without the right (cá nhân).", ["person_id"]
    )
    from_member_id: strawberry.ID | None = resolved(
        _former, "Member of a former force out of which chosen.", ["from_member_id"]
    )


def _home_on(root: Root, on: Annotated[date, argument("A day (ngày hỏi).")]) -> Any:
    """Resolve the home of a day: the last one that began by it."""
    return [one for one in root["homes"] if (one["since"] or "") <= str(on)][-1]


@output
class ForceHome:
    """A unit in which a force lies or lay (đơn vị qua từng thời kỳ)."""

    unit: LazyUnit | None = resolved(unit_of, "The unit (đơn vị).", ["unit_id"])
    since: date | None = column("First day there; null for the first unit.")
    until: date | None = column("First day no longer there; null for the last.")
    decision: str | None = column("Decree by which it passed there (số văn bản).")


async def _members(
    root: Root, info: Info, first: First, after: After = None, on: OnDayOrEver = None
) -> Any:
    answer = await loaders.members_of(
        info.context, root["id"], first=first, after=after, on=on
    )
    return connection(answer, after)


@output
class ForceUnit(Node):
    """A board, team or force of a unit (ban, đội, tổ)."""

    force_type: ForceType = column("Which force (loại hình).")
    unit: LazyUnit | None = resolved(unit_of, "Unit it serves (đơn vị).", ["unit_id"])
    home_on: ForceHome = resolved(
        _home_on, "Where it lies on a day (đơn vị theo ngày).", ["homes"]
    )
    homes: list[ForceHome] = column(
        "Every unit that it serves or served: a divided unit's forces go on in another."
    )
    name: str | None = column("Own name, where it has one.")
    established_on: date = column("First day (ngày thành lập).")
    disbanded_on: date | None = column("First day without (ngày giải thể).")
    ended_as: Ending | None = column("How it ended (giải thể, kiện toàn).")
    areas: list[LazyArea | None] = resolved(
        _areas, "Residential areas that it covers (địa bàn).", ["area_ids"]
    )
    headcount: Count = resolved(
        lambda root: root["members"], "Members on the day asked for.", ["members"]
    )
    active: Count = column("Those of them who are not suspended (đang hoạt động).")
    members: Connection[Member] | None = resolved(
        _members, "Its members (thành viên).", ["id"]
    )


async def force_types(info: Info, on: OnDayOrEver = None) -> Any:
    """Answer Query.forceTypes."""
    return (await info.context.ask(FORCE_TYPES, {"on": on}))["rows"]


async def force_units(
    info: Info,
    unit: Annotated[UnitRef, argument("Unit whose subtree is meant (đơn vị).")],
    first: First,
    after: After = None,
    force_type: Annotated[ForceType | None, argument("Keep one force.")] = None,
    on: OnDayOrEver = None,
) -> Any:
    """Answer Query.forceUnits."""
    return await page(
        info,
        FORCE_UNITS,
        after,
        unit=unit_ref(unit),
        first=first,
        force_type=force_type.value if force_type else None,
        on=on,
    )


@output
class ForceQueries:
    """Questions about forces, part of Query."""

    force_types: list[ForceCategory] | None = resolved(
        force_types, "Forces known to law on a day (loại hình lực lượng)."
    )
    force_units: Connection[ForceUnit] | None = resolved(
        force_units, "Boards and teams of a subtree (ban, đội, tổ)."
    )
