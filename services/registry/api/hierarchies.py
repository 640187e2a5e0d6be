"""Routes about named hierarchies over the units."""

from typing import Final

from fastapi import APIRouter

from services.contracts.registry import hierarchies as shapes
from services.registry.api.making import CREATED, Routes
from services.registry.verbs import hierarchies as verbs
from services.registry.verbs.making import UNITS

_ONE: Final = "/hierarchies/{hierarchy}"

_routes = Routes()
_routes.command(
    "/hierarchies",
    shapes.DefineHierarchy,
    verbs.hierarchy_define,
    shapes.HierarchyChanged,
    status=CREATED,
    scope=verbs.WRITE,
)
for _path, _request, _handler in (
    ("skipped-levels", shapes.SkipLevel, verbs.hierarchy_skip_level),
    (
        "skipped-levels/{level}/withdrawal",
        shapes.WithdrawSkip,
        verbs.hierarchy_withdraw_skip,
    ),
    ("placings", shapes.PlaceUnit, verbs.hierarchy_place_unit),
    ("returns", shapes.ReturnUnit, verbs.hierarchy_return_unit),
    (
        "placings/{unit_id}/withdrawal",
        shapes.WithdrawPlacing,
        verbs.hierarchy_withdraw_placing,
    ),
    ("ending", shapes.EndHierarchy, verbs.hierarchy_end),
):
    _routes.command(
        f"{_ONE}/{_path}",
        _request,
        _handler,
        shapes.HierarchyChanged,
        scope=verbs.WRITE,
    )
_routes.query(
    "/hierarchies",
    shapes.HierarchiesList,
    verbs.hierarchies_list,
    shapes.HierarchiesAnswer,
    scope=UNITS,
)
_routes.query(
    f"{_ONE}/children",
    shapes.HierarchyChildren,
    verbs.hierarchies_children,
    shapes.HierarchyChildrenAnswer,
    scope=UNITS,
)
_routes.query(
    f"{_ONE}/ancestors",
    shapes.HierarchyAncestors,
    verbs.hierarchies_ancestors,
    shapes.HierarchyAncestorsAnswer,
    scope=UNITS,
)

ROUTER: Final[APIRouter] = _routes.router
