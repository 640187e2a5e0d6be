"""The question about residential areas by what people type."""

from typing import Final

import sqlalchemy as sa

from services.chassis.calls import Call
from services.chassis.clock import local_today
from services.contracts.registry import area_finding as shapes
from services.contracts.registry.residential_areas import AreaHeirView, AreaView
from services.registry.read_models import area_list
from services.registry.read_models.area_finding import (
    AreaSought,
    FoundArea,
    FoundAreas,
    find_areas,
)
from services.registry.verbs.making import callers_paths, query
from services.unit_directory.directory import units_of
from services.unit_directory.refusals import UnitNotInForce
from services.unit_directory.typed_places import as_said
from services.unit_directory.unit_finder import paths_named


async def areas_find(call: Call[shapes.AreasFind]) -> shapes.AreasFound:
    """Find residential areas by a typed name or number, and say which one is meant."""
    asked, tree = call.body, units_of(call.runtime)
    on = asked.on or local_today()
    try:
        unit = tree.resolve(asked.unit, on)
    except UnitNotInForce:
        unit = tree.resolve(asked.unit, None)
    area = tree.covers(unit.id)
    said = as_said(asked.text)
    above = (paths_named(tree, part, on, area) for part in said.above)
    places = (area, callers_paths(call), *above)
    sought = AreaSought(said.name, on, places, said.is_old)
    return await call.runtime.read(_found, sought, asked.first)


def _found(conn: sa.Connection, sought: AreaSought, first: int) -> shapes.AreasFound:
    found: FoundAreas = find_areas(conn, sought, first)
    ids = [one.id for one in found.matches]
    views = area_list.get_areas(conn, ids, sought.places[1], on=sought.on)
    return shapes.AreasFound(
        on=sought.on,
        verdict=found.verdict,
        area_id=found.area_id,
        rows=tuple(_match(one, views[one.id], sought) for one in found.matches),
    )


def _match(one: FoundArea, view: AreaView, sought: AreaSought) -> shapes.AreaMatch:
    return shapes.AreaMatch(
        area=view,
        state=one.state(sought.on),
        matched=one.matched(sought.on),
        matched_kind=one.kind,
        matched_name=one.name,
        borne_from=one.since,
        borne_to=one.until,
        likeness=one.told,
        marks_differ=one.marks_differ,
        kind_differs=one.kind_differs,
        ambiguous=one.is_ambiguous,
        heirs=tuple(
            AreaHeirView(area_id=holder.area_id, whole=holder.whole)
            for holder in one.holders
        ),
    )


VERBS: Final = (query("areas.find", shapes.AreasFind, areas_find),)
