"""Rights that are handed on: roles, grants, who can see a unit."""

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
    OnDayOrEver,
    argument,
    choice,
    column,
    output,
    resolved,
)
from gateway.schema.connections import Connection, page
from gateway.schema.references import UnitRef, unit_ref
from gateway.schema.related import unit_of
from services.contracts.registry import access

ACCESS_ROLES: Final = Question("registry", "access.roles", access.AccessRoles)
ACCESS_LIST: Final = Question("registry", "access.list", access.AccessList)
WHO_CAN_SEE: Final = Question("registry", "access.who", access.WhoCanSee)

LazyUnit = Annotated["Unit", strawberry.lazy("gateway.schema.units")]  # type: ignore[name-defined]  # noqa: F821 - resolved by Strawberry


@choice
class GrantState(enum.Enum):
    """Where a grant stands (trạng thái quyền)."""

    PENDING = strawberry.enum_value("pending", description="Chờ người thứ hai duyệt.")
    ACTIVE = strawberry.enum_value("active", description="Có hiệu lực trong thời hạn.")
    REVOKED = strawberry.enum_value("revoked", description="Đã thu hồi.")


@output
class AccessRole:
    """A bundle of rights that can be handed on (vai trò)."""

    role: str = column("Code of the role.")
    name_vi: str = column("Vietnamese name (tên vai trò).")
    name_en: str = column("English name.")
    scopes: list[str] = column("What it lets do (quyền).")
    longest_days: int = column("Longest time of one grant, in days.")
    sensitive: bool = column("Whether a second person has to approve it.")


@output
class AccessGrant:
    """A role of an account in a unit's area, for some days (quyền được cấp)."""

    id: strawberry.ID = column("Id of the grant.")
    subject: str = column("Account that may use it.")
    role: str = column("Code of the role (vai trò).")
    scopes: list[str] = column("What it lets do since it was given (quyền).")
    unit: LazyUnit | None = resolved(unit_of, "Root of its area (đơn vị).", ["unit_id"])
    first_day: date = column("First day (từ ngày).")
    last_day: date = column("Last day, inclusive (đến hết ngày).")
    state: GrantState = column("Where it stands (trạng thái).")
    granted_by: str = column("Account that gave it.")
    approved_by: str | None = column("Second person, where one was needed.")
    revoked_on: date | None = column("First day without it (ngày thu hồi).")
    revoked_by: str | None = column("Account that took it back.")


OfUnit = Annotated[UnitRef, argument("Unit that is meant (đơn vị).")]


async def access_roles(info: Info) -> Any:
    """Answer Query.accessRoles."""
    return (await info.context.ask(ACCESS_ROLES, {}))["rows"]


async def access_grants(
    info: Info, unit: OfUnit, first: First, after: After = None, on: OnDayOrEver = None
) -> Any:
    """Answer Query.accessGrants."""
    return await page(info, ACCESS_LIST, after, unit=unit_ref(unit), first=first, on=on)


async def who_can_see(
    info: Info,
    unit: OfUnit,
    first: First,
    after: After = None,
    on: OnDay = None,
    scope: Annotated[str | None, argument("Scope that is meant; any without.")] = None,
) -> Any:
    """Answer Query.whoCanSee."""
    return await page(
        info, WHO_CAN_SEE, after, unit=unit_ref(unit), first=first, on=on, scope=scope
    )


@output
class AccessQueries:
    """Questions about rights that are handed on, part of Query."""

    access_roles: list[AccessRole] | None = resolved(
        access_roles, "Rights that can be handed on (vai trò)."
    )
    access_grants: Connection[AccessGrant] | None = resolved(
        access_grants, "Rights handed on in a subtree (quyền đã cấp)."
    )
    who_can_see: Connection[AccessGrant] | None = resolved(
        who_can_see,
        "Who reaches a unit by a grant, from it or from above (ai xem được).",
    )
