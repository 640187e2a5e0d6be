"""Objects that a row names by id; resolvers of such fields in every service's file."""

from typing import Any

from gateway import loaders
from gateway.schema.base import Info, Root, Row
from gateway.schema.connections import selects_only_id


async def related(
    info: Info, typename: str, identity: str | None, **when: str
) -> Row | None:
    """Return the object behind an id; no question where its id alone is wanted.

    A unit may be asked for as of a day and a moment.
    """
    if identity is None:
        return None
    if selects_only_id(info):
        return {"id": identity}
    return await loaders.by_id(info.context, typename, identity, **when)


async def unit_of(root: Root, info: Info) -> Any:
    """Resolve the unit of a row."""
    return await related(info, "Unit", root["unit_id"])


async def parent_of(root: Root, info: Info) -> Any:
    """Resolve the unit above a unit."""
    return await related(info, "Unit", root["parent_id"])


async def campaign_of(root: Root, info: Info) -> Any:
    """Resolve the campaign of a session."""
    return await related(info, "Campaign", root["campaign_id"])


async def model_of(root: Root, info: Info) -> Any:
    """Resolve the model of a point."""
    return await related(info, "Model", root["model_id"])


async def force_unit_of(root: Root, info: Info) -> Any:
    """Resolve the force unit of a member."""
    return await related(info, "ForceUnit", root["force_unit_id"])
