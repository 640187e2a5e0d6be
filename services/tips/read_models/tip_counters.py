"""How many tips, of which kind, how many of value? Counts of subtrees, no content.

Small counts name people: who does not work on the unit's tips gets none below 5, no
categories, and whole official months only, so that days cannot be subtracted.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from services.chassis.errors import Invalid
from services.contracts.tips.api import CategoryCount, TipCounts
from services.tips.domain.values import TriageOutcome
from services.tips.read_models.tip_inbox import TIP_INBOX

SMALLEST_SHOWN: Final = 5
FIRST_DAY_OF_MONTH: Final = 15
LAST_DAY_OF_MONTH: Final = 14


class DaysReversed(Invalid):
    """The first day lies behind the last."""

    code = "tips.counters.days_reversed"
    message_vi = "Ngày đầu phải không sau ngày cuối."
    message_en = "The first day must not lie behind the last."


class WholeMonthsOnly(Invalid):
    """An outsider asks for days that are no official months."""

    code = "tips.counters.whole_months_only"
    message_vi = "Số liệu ngoài đơn vị chỉ theo tháng báo cáo (từ ngày 15 đến ngày 14)."
    message_en = "Figures of other units come by official months (15th to 14th) only."


def check_days(first: date, last: date, *, outsider: bool) -> None:
    """Let a period pass. Raises DaysReversed, WholeMonthsOnly."""
    if first > last:
        raise DaysReversed(field="$.to_day")
    whole = (first.day, last.day) == (FIRST_DAY_OF_MONTH, LAST_DAY_OF_MONTH)
    if outsider and not whole:
        raise WholeMonthsOnly(field="$.from_day")


def count_tips(
    conn: sa.Connection,
    prefixes: Mapping[UUID, Sequence[str]],
    first: date,
    last: date,
) -> dict[UUID, TipCounts]:
    """Give the exact counts of each unit by the paths that it covers."""
    places = [(unit, path) for unit, paths in prefixes.items() for path in paths]
    found: dict[UUID, list[Any]] = {unit: [] for unit in prefixes}
    if places:
        for row in conn.execute(_counting(places, first, last)):
            found[row.unit_id].append(row)
    return {unit: _counts(unit, rows) for unit, rows in found.items()}


def hide_small(counts: TipCounts) -> TipCounts:
    """Give what an outsider may see; nought counts as small, or its absence would tell.

    Complementary cells over several answers are not audited yet (see README).
    """
    return TipCounts(
        unit_id=counts.unit_id,
        received=_large(counts.received),
        spam=None,
        triaged=None,
        valuable=_large(counts.valuable),
        by_category=None,
        small_counts_hidden=True,
    )


def _large(count: int | None) -> int | None:
    return count if count is not None and count >= SMALLEST_SHOWN else None


def _counting(
    places: list[tuple[UUID, str]], first: date, last: date
) -> sa.Select[Any]:
    inbox = TIP_INBOX.c
    place = sa.values(
        sa.column("unit_id", sa.Uuid), sa.column("path", sa.Text), name="place"
    ).data(places)
    # "." is followed by "/" in the C collation, so a subtree is one range of the index.
    below = sa.and_(
        inbox.unit_path >= place.c.path,
        inbox.unit_path < place.c.path.concat("/"),
        sa.or_(
            inbox.unit_path == place.c.path,
            inbox.unit_path >= place.c.path.concat("."),
        ),
    )
    spam = inbox.outcome.is_not_distinct_from(TriageOutcome.SPAM.value)
    received = inbox.received_on.between(first, last)
    triaged = inbox.triaged_on.between(first, last)
    valued = inbox.valued_on.between(first, last)
    return (
        sa.select(
            place.c.unit_id,
            inbox.category,
            sa.func.count().filter(received, ~spam).label("received"),
            sa.func.count().filter(received, spam).label("spam"),
            sa.func.count().filter(triaged).label("triaged"),
            sa.func.count().filter(valued, inbox.valuable).label("valuable"),
        )
        .select_from(place.join(TIP_INBOX, below))
        .where(sa.or_(received, triaged, valued))
        .group_by(place.c.unit_id, inbox.category)
        .order_by(inbox.category)
    )


def _counts(unit_id: UUID, rows: list[Any]) -> TipCounts:
    return TipCounts(
        unit_id=unit_id,
        received=sum(row.received for row in rows),
        spam=sum(row.spam for row in rows),
        triaged=sum(row.triaged for row in rows),
        valuable=sum(row.valuable for row in rows),
        by_category=[
            CategoryCount(category=row.category, received=row.received)
            for row in rows
            if row.received
        ],
        small_counts_hidden=False,
    )
