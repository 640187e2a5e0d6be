"""Routes about residential areas."""

from typing import Final

from fastapi import APIRouter

from services.contracts.registry import residential_areas as shapes
from services.registry.api.making import CREATED, Routes
from services.registry.verbs import residential_areas as verbs

_routes = Routes()
_routes.command(
    "/residential-areas",
    shapes.RegisterArea,
    verbs.area_register,
    shapes.AreaRegistered,
    status=CREATED,
)
for _path, _request, _handler in (
    ("name", shapes.RenameArea, verbs.area_rename),
    ("kind", shapes.RetypeArea, verbs.area_retype),
    ("end", shapes.EndArea, verbs.area_end),
    ("figures", shapes.ReportAreaFigures, verbs.area_report_figures),
    ("categories", shapes.GiveAreaCategory, verbs.area_give_category),
    ("lifted-categories", shapes.LiftAreaCategory, verbs.area_lift_category),
):
    _routes.command(
        f"/residential-areas/{{area_id}}/{_path}",
        _request,
        _handler,
        shapes.AreaChanged,
    )
_routes.query("/residential-areas", shapes.AreasList, verbs.areas_list, shapes.AreaList)
_routes.query(
    "/residential-areas/by-id", shapes.AreasGet, verbs.areas_get, shapes.AreasAnswer
)
_routes.query(
    "/residential-areas/words",
    shapes.AreaWordsList,
    verbs.areas_words,
    shapes.AreaWordsAnswer,
)

ROUTER: Final[APIRouter] = _routes.router
