"""Which people may be one? Asked of keyed digests; never stored, so never out of date.

Who came late, was corrected, erased, merged or told apart is right at once, and an
import pays nothing for it. Nothing is opened.
"""

from typing import Any, Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.sql.selectable import LateralFromClause

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
_ONE, _OTHER = PEOPLE.alias("one"), PEOPLE.alias("other")
_MINE, _THEIRS = MATCHES.alias("mine"), MATCHES.alias("theirs")


class PairFilter(NamedTuple):
    """Which pairs a list holds: one of a unit's subtree, both of the caller's area."""

    unit_paths: tuple[str, ...]
    callers_paths: tuple[str, ...]


def list_duplicates(
    conn: sa.Connection, wanted: PairFilter, *, first: int, after: str | None
) -> DuplicateList:
    """Return a page of pairs by the ids of the two. Raises CursorInvalid."""
    candidates = _candidates()
    columns = [_MINE.c[kind].label(f"mine_{kind}") for kind in KINDS]
    columns += [_THEIRS.c[kind].label(f"theirs_{kind}") for kind in KINDS]
    query = (
        sa.select(
            _ONE.c.id,
            _ONE.c.unit_id,
            _OTHER.c.id.label("other_id"),
            _OTHER.c.unit_id.label("other_unit_id"),
            *columns,
        )
        .select_from(_ONE)
        .join(_MINE, _MINE.c.person_id == _ONE.c.id)
        .join(candidates, sa.true())
        .join(_THEIRS, _THEIRS.c.person_id == candidates.c.person_id)
        .join(_OTHER, _OTHER.c.id == _THEIRS.c.person_id)
        .where(
            *_counting(wanted),
            _no_number_against_it(),
            ~sa.exists().where(
                APART.c.person_id == _ONE.c.id, APART.c.other_id == _OTHER.c.id
            ),
        )
        .order_by(_ONE.c.id, _OTHER.c.id)
        .limit(first + 1)
    )
    if after is not None:
        key = key_of(after, tuple[UUID, UUID])
        query = query.where(
            _ONE.c.id >= key[0],
            sa.tuple_(_ONE.c.id, _OTHER.c.id) > sa.tuple_(*key),
        )
    rows = conn.execute(query).all()
    return DuplicateList(
        rows=tuple(_view(row) for row in rows[:first]), has_next=len(rows) > first
    )


def _candidates() -> LateralFromClause:
    """Return who shares a digest with one person; each branch is one index."""
    near = PEOPLE.alias("near")
    ways = [
        sa.select(MATCHES.c.person_id).where(MATCHES.c[kind] == _MINE.c[kind])
        for kind in _ANYWHERE
    ]
    # A name alone says something only among the people of one commune.
    ways.append(
        sa.select(MATCHES.c.person_id)
        .join(near, near.c.id == MATCHES.c.person_id)
        .where(
            MATCHES.c.words == _MINE.c.words,
            near.c.unit_id == _ONE.c.unit_id,
            sa.or_(_MINE.c.birth.is_(None), MATCHES.c.birth.is_(None)),
        )
    )
    return sa.union(*(way.correlate(_ONE, _MINE) for way in ways)).lateral("candidates")


def _counting(wanted: PairFilter) -> list[sa.ColumnElement[bool]]:
    """Keep each pair once, and only people whose own record counts."""
    return [
        lies_within_sql(_ONE.c.unit_path, wanted.unit_paths),
        lies_within_sql(_ONE.c.unit_path, wanted.callers_paths),
        lies_within_sql(_OTHER.c.unit_path, wanted.callers_paths),
        *(one.c.merged_into.is_(None) for one in (_ONE, _OTHER)),
        *(one.c.erased_on.is_(None) for one in (_ONE, _OTHER)),
        sa.or_(
            _ONE.c.id < _OTHER.c.id,
            sa.and_(
                _ONE.c.id != _OTHER.c.id,
                ~lies_within_sql(_OTHER.c.unit_path, wanted.unit_paths),
            ),
        ),
    ]


def _no_number_against_it() -> sa.ColumnElement[bool]:
    """Leave out who bears another personal number, unless the old one is the same."""
    return sa.or_(
        _MINE.c.citizen_id.is_(None),
        _THEIRS.c.citizen_id.is_(None),
        _MINE.c.citizen_id == _THEIRS.c.citizen_id,
        _MINE.c.old_id == _THEIRS.c.old_id,
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
