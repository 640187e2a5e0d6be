"""Who is asking: what the token says, and what counts today with rights handed on."""

from datetime import date
from typing import Annotated, Any, Final

import strawberry

from gateway import loaders
from gateway.questions import Question
from gateway.schema.base import Info, Root, column, output, resolved
from gateway.schema.related import unit_of
from services.contracts.registry import access

ACCESS_MINE: Final = Question("registry", "access.mine", access.AccessMine)

LazyUnit = Annotated["Unit", strawberry.lazy("gateway.schema.units")]  # type: ignore[name-defined]  # noqa: F821 - resolved by Strawberry


async def _units(root: Root, info: Info) -> Any:
    return [
        loaders.by_id(info.context, "Unit", str(unit)) for unit in root["unit_roots"]
    ]


async def _rights(_: Root, info: Info) -> Any:
    return (await info.context.ask(ACCESS_MINE, {}))["rows"]


@output
class HeldRight:
    """What the caller may do in a unit's area today (quyền đang có)."""

    scopes: list[str] = column("What it lets do (quyền).")
    unit: LazyUnit | None = resolved(unit_of, "Root of its area (đơn vị).", ["unit_id"])
    last_day: date | None = column("Last day of a grant; null for the token's own.")


@output
class Viewer:
    """The caller as the access token describes it (tài khoản đang dùng)."""

    subject: str = column("Stable name of the account.")
    name: str = column("Name to show (tên).")
    agency: str | None = column("Organisation it acts for (cơ quan).")
    scopes: list[str] = column("What its token lets it do (quyền).")
    units: list[LazyUnit | None] | None = resolved(
        _units, "Units whose subtrees its token opens (phạm vi).", ["unit_roots"]
    )
    rights: list[HeldRight] | None = resolved(
        _rights, "What counts today, by the token and by grants (quyền đang có)."
    )


def viewer(info: Info) -> Any:
    """Answer Query.viewer."""
    caller = info.context.caller
    return {
        "subject": caller.subject,
        "name": caller.name,
        "agency": caller.agency,
        "scopes": sorted(caller.scopes),
        "unit_roots": caller.unit_roots,
    }
