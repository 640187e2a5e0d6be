"""A unit with its whole life in one row, as the change feed and monthly lists show it.

It follows from the unit's own facts alone, so that whoever keeps rows replaces one by
that of a later change.
"""

from services.contracts.registry.unit_lists import UnitRow, UnitRowName
from services.unit_directory.tree import Unit


def unit_row(unit: Unit) -> UnitRow:
    """Return the row of a unit."""
    starts = [unit.valid_from, *(name.effective_on for name in unit.later_names)]
    ends = [*starts[1:], unit.valid_to]
    first = (unit.unit_type, unit.name, unit.bare_name)
    names = [first, *(name[1:4] for name in unit.later_names)]
    return UnitRow(
        id=unit.id,
        version=unit.version,
        code=unit.code,
        level=unit.level,
        parent_id=unit.parent_id,
        path=unit.path,
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
        legal_basis=unit.legal_basis,
        names=tuple(
            UnitRowName(
                since=since, until=until, unit_type=kind, name=name, bare_name=bare
            )
            for (kind, name, bare), since, until in zip(
                names, starts, ends, strict=True
            )
        ),
        successors=unit.successors,
    )
