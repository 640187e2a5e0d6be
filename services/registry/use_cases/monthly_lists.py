"""The lists of units that are due, made month by month; asked by the background part.

Any process may do it at any time: a month's list has one id, and the second to come
finds it there.
"""

import asyncio
import hashlib
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

import sqlalchemy as sa

from services.chassis.calls import CommandKey, Outcome
from services.chassis.clock import LOCAL_ZONE, utc_now
from services.chassis.service import Runtime
from services.registry.domain.unit_list import SETTLING, moment_of, refuse_early
from services.registry.domain.unit_list_errors import UnitListAlreadyPublished
from services.registry.read_models.known_facts import known_facts
from services.registry.read_models.tables import UNITS
from services.registry.read_models.unit_list_editions import published_months
from services.registry.unit_list_store import EXTRA, ListSigner
from services.registry.use_cases.publish_unit_list import publish_unit_list

_NAMESPACE: Final = UUID("5d9a4c0e-52b7-5f1c-9b1b-7c9be1f0a6d2")


async def publish_month(runtime: Runtime, month: str, key: CommandKey) -> Outcome:
    """Make the list of one month.

    Raises UnitListTooEarly, UnitListAlreadyPublished, MomentBeforeRegister.
    """
    refuse_early(month, utc_now())
    signer: ListSigner = runtime.extras[EXTRA]
    known = await runtime.read(known_facts, UNITS, moment_of(month))
    change = await asyncio.to_thread(publish_unit_list, month, known, signer)
    return await runtime.commands.run(change, key)


async def publish_due_months(runtime: Runtime) -> int:
    """Make every list that is due and missing, the oldest first; tell how many."""
    made = 0
    for month in await runtime.read(_due, utc_now()):
        command_id = uuid5(_NAMESPACE, month)
        key = CommandKey(command_id, hashlib.sha256(command_id.bytes).digest())
        try:
            outcome = await publish_month(runtime, month, key)
            made += not outcome.replayed
        except UnitListAlreadyPublished:
            continue  # another process, or an operator, was first
    return made


def _due(conn: sa.Connection, now: datetime) -> list[str]:
    whole_since = conn.execute(
        sa.select(sa.func.min(UNITS.editions.c.recorded_at))
    ).scalar_one()
    if whole_since is None:
        return []
    there = published_months(conn)
    return [one for one in months_between(whole_since, now) if one not in there]


def months_between(whole_since: datetime, now: datetime) -> list[str]:
    """Return the months that began since the register is whole, and are settled."""
    months = []
    month = _month_of(whole_since)
    while (moment := moment_of(month)) + SETTLING <= now:
        if whole_since <= moment:
            months.append(month)
        month = _month_of(moment + timedelta(days=31))
    return months


def _month_of(moment: datetime) -> str:
    return moment.astimezone(LOCAL_ZONE).strftime("%Y-%m")
