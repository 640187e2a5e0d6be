"""Which people may be one? Asked of keyed digests; never stored, so never out of date.

Who came late, was corrected, erased, merged or told apart is right at once, and an
import pays nothing for it. Nothing is opened.
"""

from typing import Any, Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from services.chassis.lists import cursor_of, key_of
from services.contracts.registry.people import (
    ComparedField,
    DuplicateList,
    DuplicateView,
)
from services.registry.domain.resemblance import Digests, resemblance
from services.registry.person_vault import KINDS, MATCHES
from services.registry.read_models.person_list import APART, PEOPLE
from services.unit_directory.predicate import lies_within_sql

# Any of these equal makes a pair worth a look, wherever the two serve.
_ANYWHERE: Final = ("citizen_id", "old_id", "words_and_birth", "ends_and_birth")
_OTHER, _THEIRS = PEOPLE.alias("other"), MATCHES.alias("theirs")


class PairFilter(NamedTuple):
    """Which pairs a list holds: one of a unit's subtree, both of the caller's area."""

    unit_paths: tuple[str, ...]
    callers_paths: tuple[str, ...]


def list_duplicates(
    conn: sa.Connection, wanted: PairFilter, *, first: int, after: str | None
) -> DuplicateList:
    """Return a page of pairs by the ids of the two. Raises CursorInvalid."""
    key = None if after is None else key_of(after, tuple[UUID, UUID])
    mine = _those_asked_about(wanted, key)
    pairs = _pairs(mine)
    query = (
        sa.select(
            mine.c.id,
            mine.c.unit_id,
            _OTHER.c.id.label("other_id"),
            _OTHER.c.unit_id.label("other_unit_id"),
            *(mine.c[kind].label(f"mine_{kind}") for kind in KINDS),
            *(_THEIRS.c[kind].label(f"theirs_{kind}") for kind in KINDS),
        )
        .select_from(pairs)
        .join(mine, mine.c.id == pairs.c.id)
        .join(_THEIRS, _THEIRS.c.person_id == pairs.c.other_id)
        .join(_OTHER, _OTHER.c.id == pairs.c.other_id)
        .where(
            lies_within_sql(_OTHER.c.unit_path, wanted.callers_paths),
            _OTHER.c.merged_into.is_(None),
            _OTHER.c.erased_on.is_(None),
            # Each pair once, even where both are asked about.
            sa.or_(
                mine.c.id < _OTHER.c.id,
                ~lies_within_sql(_OTHER.c.unit_path, wanted.unit_paths),
            ),
            _no_number_against_it(mine),
            ~sa.exists().where(
                APART.c.person_id == mine.c.id, APART.c.other_id == _OTHER.c.id
            ),
        )
        .order_by(mine.c.id, _OTHER.c.id)
        .limit(first + 1)
    )
    if key is not None:
        query = query.where(sa.tuple_(mine.c.id, _OTHER.c.id) > sa.tuple_(*key))
    rows = conn.execute(query).all()
    return DuplicateList(
        rows=tuple(_view(row) for row in rows[:first]), has_next=len(rows) > first
    )


def _those_asked_about(wanted: PairFilter, key: tuple[UUID, UUID] | None) -> sa.CTE:
    """Return the people of the unit's subtree from a place of the list on."""
    query = (
        sa.select(
            PEOPLE.c.id,
            PEOPLE.c.unit_id,
            PEOPLE.c.unit_path,
            *(MATCHES.c[kind] for kind in KINDS),
        )
        .join(MATCHES, MATCHES.c.person_id == PEOPLE.c.id)
        .where(
            lies_within_sql(PEOPLE.c.unit_path, wanted.unit_paths),
            lies_within_sql(PEOPLE.c.unit_path, wanted.callers_paths),
            PEOPLE.c.merged_into.is_(None),
            PEOPLE.c.erased_on.is_(None),
        )
    )
    if key is not None:
        query = query.where(PEOPLE.c.id >= key[0])
    return query.cte("mine")


def _pairs(mine: sa.CTE) -> sa.Subquery:
    """Return who shares a digest with whom; each branch is one join on one index."""
    ways = [
        sa.select(mine.c.id, MATCHES.c.person_id.label("other_id"))
        .join(MATCHES, MATCHES.c[kind] == mine.c[kind])
        .where(MATCHES.c.person_id != mine.c.id)
        for kind in _ANYWHERE
    ]
    # A name alone says something only among the people of one commune.
    near = PEOPLE.alias("near")
    ways.append(
        sa.select(mine.c.id, near.c.id)
        .join(near, near.c.unit_path == mine.c.unit_path)
        .join(MATCHES, MATCHES.c.person_id == near.c.id)
        .where(
            MATCHES.c.words == mine.c.words,
            sa.or_(mine.c.birth.is_(None), MATCHES.c.birth.is_(None)),
            near.c.id != mine.c.id,
        )
    )
    return sa.union(*ways).subquery("pairs")


def _no_number_against_it(mine: sa.CTE) -> sa.ColumnElement[bool]:
    """Leave out who bears another personal number, unless the old one is the same."""
    return sa.or_(
        mine.c.citizen_id.is_(None),
        _THEIRS.c.citizen_id.is_(None),
        mine.c.citizen_id == _THEIRS.c.citizen_id,
        mine.c.old_id == _THEIRS.c.old_id,
    )


def _view(row: sa.Row[Any]) -> DuplicateView:
    found = row._mapping  # noqa: SLF001 - the public mapping of a row
    mine: Digests = {kind: found[f"mine_{kind}"] for kind in KINDS}
    theirs: Digests = {kind: found[f"theirs_{kind}"] for kind in KINDS}
    like = resemblance(mine, theirs, same_unit=row.unit_id == row.other_unit_id)
    return DuplicateView(
        person_id=row.id,
        other_id=row.other_id,
        unit_id=row.unit_id,
        other_unit_id=row.other_unit_id,
        score=like.score,
        fields=tuple(
            ComparedField(field=one.field, verdict=one.verdict, points=one.points)
            for one in like.fields
        ),
        cursor=cursor_of(row.id, row.other_id),
    )
