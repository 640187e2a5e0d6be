"""Routes about the signed monthly lists of units; their key is open to anybody."""

from typing import Final

from fastapi import APIRouter

from services.chassis.http import query_route
from services.contracts.registry import unit_lists as shapes
from services.registry.api.making import CREATED, Routes
from services.registry.verbs import unit_lists as verbs
from services.registry.verbs.making import UNITS

_routes = Routes()
_routes.query(
    "/unit-lists",
    shapes.UnitListsList,
    verbs.unit_lists_list,
    shapes.UnitLists,
    scope=UNITS,
)
query_route(
    _routes.router,
    "/unit-lists/keys",
    shapes.UnitListKeysGet,
    verbs.unit_list_keys,
    scope=None,
    response=shapes.UnitListKeys,
)
query_route(
    _routes.router,
    "/unit-lists/{month}",
    shapes.UnitListOf,
    verbs.unit_list_file,
    scope=UNITS,
    media_type=shapes.GZIP,
)
_routes.query(
    "/unit-lists/{month}/manifest",
    shapes.UnitListOf,
    verbs.unit_lists_manifest,
    shapes.UnitListManifest,
    scope=UNITS,
)
_routes.command(
    "/unit-lists/{month}",
    shapes.PublishUnitList,
    verbs.unit_list_publish,
    shapes.UnitListPublished,
    status=CREATED,
    scope=verbs.WRITE_UNITS,
)

ROUTER: Final[APIRouter] = _routes.router
