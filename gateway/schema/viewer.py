"""Who is asking, as the token says."""

from typing import Annotated, Any

import strawberry

from gateway import loaders
from gateway.schema.base import Info, Root, column, output, resolved

LazyUnit = Annotated["Unit", strawberry.lazy("gateway.schema.units")]  # type: ignore[name-defined]  # noqa: F821 - resolved by Strawberry


async def _units(root: Root, info: Info) -> Any:
    return [
        loaders.by_id(info.context, "Unit", str(unit)) for unit in root["unit_roots"]
    ]


@output
class Viewer:
    """The caller as the access token describes it (tài khoản đang dùng)."""

    subject: str = column("Stable name of the account.")
    name: str = column("Name to show (tên).")
    agency: str | None = column("Organisation it acts for (cơ quan).")
    scopes: list[str] = column("What it may do (quyền).")
    units: list[LazyUnit | None] | None = resolved(
        _units, "Units whose subtrees it may see (phạm vi).", ["unit_roots"]
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
