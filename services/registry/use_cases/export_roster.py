"""A roster with names for Excel: read, after the trace of its reading was left."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from services.registry.documents import roster_columns as columns
from services.registry.domain.decision import Issuer
from services.registry.domain.force_types import FORCE_TYPES
from services.registry.domain.person_values import Shown
from services.registry.domain.values import Post
from services.registry.person_vault import PersonRecord, PersonVault
from services.registry.read_models.person_list import Reach, reach
from services.registry.read_models.roster_areas import (
    Covered,
    areas_in,
    covered_by,
)
from services.registry.read_models.roster_rows import ServingRow
from services.registry.use_cases.roster_area_names import AreaNames, places_of
from services.unit_directory.lineage import whole_line
from services.unit_directory.tree import Unit, UnitTree

_AT_ONCE: Final = 1_000


def people_of(
    conn: sa.Connection, rows: Sequence[ServingRow], callers_paths: Sequence[str]
) -> list[Reach]:
    """Return the people of a roster, as the trace of a reading names them."""
    ids = list(dict.fromkeys(row.person_id for row in rows))
    found: dict[UUID, Reach] = {}
    for at in range(0, len(ids), _AT_ONCE):
        found.update(reach(conn, ids[at : at + _AT_ONCE], callers_paths))
    return list(found.values())


def opened(
    conn: sa.Connection, vault: PersonVault, people: Sequence[Reach]
) -> dict[UUID, PersonRecord]:
    """Open the records of a roster."""
    ids = [person.id for person in people]
    found: dict[UUID, PersonRecord] = {}
    for at in range(0, len(ids), _AT_ONCE):
        found.update(vault.records(conn, ids[at : at + _AT_ONCE]))
    return found


class AreasTold(NamedTuple):
    """The areas of a team as a cell names them, and from which day on."""

    text: str
    since: date


def areas_told(
    conn: sa.Connection, tree: UnitTree, rows: Sequence[ServingRow], on: date
) -> list[AreasTold | None]:
    """Return for each row what its team covers on a day, where a cell can say it.

    What would not be read as the very same areas is left out whole: an empty cell
    changes nothing.
    """
    stood = covered_by(conn, {row.force_unit_id for row in rows})
    saying = [row for row in rows if stood.on(row.force_unit_id, on) is not None]
    if not saying:
        return [None] * len(rows)
    units = {one.id: one for one in (_unit_read(tree, row) for row in saying)}
    names = AreaNames(tree, areas_in(conn, places_of(tree, units.values())))
    known: dict[tuple[UUID, UUID], AreasTold | None] = {}
    told = []
    for row in rows:
        covered = stood.on(row.force_unit_id, on)
        unit = _unit_read(tree, row)
        key = (row.force_unit_id, unit.id)
        if key not in known:
            known[key] = covered and _told(names, unit, covered, row.home_since)
        told.append(known[key])
    return told


def _unit_read(tree: UnitTree, row: ServingRow) -> Unit:
    """Return which unit the reader finds: the home, or its heir of the first day."""
    home = tree.unit(row.unit_id)
    line = whole_line(tree, home)
    return next((one for one in line if one.in_force(row.enrolled_on)), home)


def _told(
    names: AreaNames, unit: Unit, covered: Covered, home_since: date
) -> AreasTold | None:
    # Areas pass with their team: it is in this home that they are looked for.
    since = max(covered.since, home_since)
    text = names.text(unit, covered.area_ids, since)
    return None if text is None else AreasTold(text, since)


def cells_of(
    row: ServingRow,
    record: PersonRecord | None,
    shown: Shown,
    tree: UnitTree,
    areas: AreasTold | None,
) -> Mapping[str, Any]:
    """Return a row of the workbook; numbers only where all may be shown."""
    unit = tree.unit(row.unit_id)
    force = FORCE_TYPES[row.force_type]
    named = unit.named(row.enrolled_on).name
    cells = {
        "unit": f"{unit.code} - {named}",
        "force_type": force.name,
        "team_name": row.team_name,
        "post": force.posts[Post(row.post)],
        "first_day": row.enrolled_on,
        "decision_number": row.decision_number,
        "decision_date": row.decided_on,
        "decision_issuer": row.issuer and columns.ISSUERS[Issuer(row.issuer)],
        "full_name": record.full_name if record else None,
        "areas": areas and areas.text,
        "areas_from": areas and areas.since,
    }
    if record is None or shown is not Shown.FULL:
        return cells
    level = record.school_level
    return cells | {
        "birth_date": record.birth_date,
        "citizen_id": record.citizen_id,
        "old_id": record.old_id,
        "phone": record.phone,
        "school_level": level and columns.SCHOOL_LEVELS[level],
    }
