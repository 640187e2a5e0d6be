"""The file of a monthly list of units: JSON Lines, packed, the same bytes every time.

Written for partners; docs/unit-lists.md describes it to them.
"""

import gzip
from typing import Final

import msgspec

from services.chassis.lists import cursor_of
from services.contracts.registry.unit_lists import LIST_DOCUMENT, UnitListHead, UnitRow
from services.registry.domain.unit_list import moment_of
from services.registry.read_models.known_facts import KnownFacts
from services.registry.read_models.unit_rows import unit_row

_LEVEL: Final = 9


def head_of(month: str, known: KnownFacts) -> UnitListHead:
    """Return the first line of a list."""
    return UnitListHead(
        document=LIST_DOCUMENT,
        edition=known.edition,
        month=month,
        known_at=moment_of(month),
        units=len(known.units),
        facts=known.facts,
        changes_after=cursor_of(known.position),
    )


def content_of(month: str, known: KnownFacts) -> bytes:
    """Return the text of a list; each unit stands behind the one above it."""
    rows = sorted(map(unit_row, known.units), key=_place)
    lines: list[UnitListHead | UnitRow] = [head_of(month, known), *rows]
    return msgspec.json.Encoder().encode_lines(lines)


def packed(content: bytes) -> bytes:
    """Pack a list; without name and time of packing in it."""
    return gzip.compress(content, _LEVEL, mtime=0)


def _place(row: UnitRow) -> tuple[str, str]:
    return row.path, str(row.id)
