"""A roster with names for Excel: read, after the trace of its reading was left."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from services.registry.documents import roster_columns as columns
from services.registry.domain.decision import Issuer
from services.registry.domain.force_types import FORCE_TYPES
from services.registry.domain.person_values import Shown
from services.registry.domain.values import Post
from services.registry.person_vault import PersonRecord, PersonVault
from services.registry.read_models.person_list import Reach, reach
from services.registry.read_models.roster_rows import ServingRow
from services.unit_directory.tree import UnitTree

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


def cells_of(
    row: ServingRow, record: PersonRecord | None, shown: Shown, tree: UnitTree
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
