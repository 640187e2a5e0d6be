"""The doors of tips: handlers that both HTTP and NATS call, and the HTTP routes.

The sender's two doors are quiet: no log line, no header that stays, no address kept.
"""

import asyncio
import random
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid4

import msgspec
from fastapi import APIRouter

from services.chassis.calls import Call, CommandKey, Outcome, require_scope
from services.chassis.clock import local_today
from services.chassis.command_writer import KeyReused
from services.chassis.http import command_route, query_route
from services.chassis.lists import require_known
from services.chassis.service import Runtime
from services.contracts.dependants import DependantGroups, DependantsOfUnits
from services.contracts.tips.api import (
    CountTips,
    EraseTip,
    ListTips,
    RecordTip,
    RevealTip,
    SubmitTip,
    TipContent,
    TipCounts,
    TipCountsPage,
    TipMoved,
    TipPage,
    TipReceipt,
    TipRecorded,
    TipRow,
    TipStatus,
    TipStatusAnswer,
    TriageTip,
    ValueTip,
)
from services.tips.domain.errors import RandomKeyNeeded, TipErased
from services.tips.domain.tip import check_received_on
from services.tips.domain.values import Intake
from services.tips.intake_guard import IntakeGuard
from services.tips.read_models.open_tips import OPEN_TIPS, untold
from services.tips.read_models.sender_status import sender_status
from services.tips.read_models.tip_counters import check_days, count_tips, hide_small
from services.tips.read_models.tip_inbox import list_tips
from services.tips.tip_vault import Submission, TipVault, lock_of
from services.tips.use_cases.erase_tip import erase_tip
from services.tips.use_cases.officer import Officer
from services.tips.use_cases.read_tip import read_tip
from services.tips.use_cases.receive_tip import NewTip, Taken, receive_tip
from services.tips.use_cases.triage_tip import triage_tip
from services.tips.use_cases.value_tip import value_tip
from services.unit_directory.custody import (
    list_area,
    reach,
    reaches,
    require_reach,
)
from services.unit_directory.dependants import groups, units_asked
from services.unit_directory.directory import units_of

VAULT: Final = "tip_vault"
GUARD: Final = "intake_guard"
TIP: Final = "tip"
OPEN_DOOR: Final = "web_portal"
WORKING_SCOPES: Final = ("tips:triage", "tips:value", "tips:record")
READING_SCOPES: Final = ("tips:triage", "tips:value")
# Slower than the slowest lookup, so that the answer's time says nothing about a code.
STATUS_SECONDS: Final = 0.3
STATUS_JITTER_SECONDS: Final = 0.05
_STATUS_WIDTH: Final = len("in_progress")
_VERSION_4: Final = 4

_jitter = random.SystemRandom()


# --- the sender --------------------------------------------------------------


async def tip_submit(call: Call[SubmitTip]) -> TipReceipt:
    """Take a tip from its sender and show the tracking code this once."""
    _guard(call.runtime).admit(call.address)
    if call.key.id.version != _VERSION_4:
        raise RandomKeyNeeded(field="Idempotency-Key")
    taken, submission = await _receive(
        call, channel=OPEN_DOOR, received_on=local_today(), received_by=""
    )
    return TipReceipt(
        receipt=f"{taken.unit_code}/{taken.received_on.year}",
        received_on=taken.received_on,
        tracking_code=submission.tracking_code,
        message_vi="Đã tiếp nhận. Hãy giữ mã này: không ai cấp lại được.",
        message_en="Received. Keep this code: nobody can issue it again.",
    )


async def tip_status(call: Call[TipStatus]) -> TipStatusAnswer:
    """Say where a tip stands; wrong, unknown and erased codes look alike."""
    _guard(call.runtime).admit(call.address)
    started = asyncio.get_running_loop().time()
    tables = _vault(call.runtime).tables
    lock = lock_of(call.body.tracking_code)
    status = await call.runtime.read(sender_status, lock, tables)
    spent = asyncio.get_running_loop().time() - started
    wait = STATUS_SECONDS + _jitter.uniform(0, STATUS_JITTER_SECONDS)
    await asyncio.sleep(max(0.0, wait - spent))
    return TipStatusAnswer(status=status, padding="-" * (_STATUS_WIDTH - len(status)))


# --- officers ----------------------------------------------------------------


async def tip_record(call: Call[RecordTip]) -> TipRecorded:
    """Enter a tip that came by another channel."""
    body = call.body
    taken, submission = await _receive(
        call,
        channel=body.channel,
        received_on=body.received_on,
        received_by=call.caller.subject,
        late_reason=body.late_reason,
    )
    year, number = await call.runtime.read(
        _vault(call.runtime).entry, submission.tip_id
    )
    del taken
    return TipRecorded(tip_id=submission.tip_id, year=year, number=number)


async def tip_triage(call: Call[TriageTip]) -> Outcome:
    """Sort a received tip."""
    change = triage_tip(call.body, _officer(call), today=local_today())
    return await call.runtime.commands.run(change, call.key)


async def tip_value(call: Call[ValueTip]) -> Outcome:
    """Rate an accepted tip; another officer than receiver and triager."""
    change = value_tip(call.body, _officer(call), today=local_today())
    return await call.runtime.commands.run(change, call.key)


async def tip_erase(call: Call[EraseTip]) -> Outcome:
    """Destroy what a tip says; its counts stay."""
    change = erase_tip(
        call.body, _officer(call), _vault(call.runtime), today=local_today()
    )
    return await call.runtime.commands.run(change, call.key)


async def tip_read(call: Call[RevealTip]) -> TipContent:
    """Show the text of a tip, after the reading was recorded.

    Every answer has its own record: a repeated key reads, and is recorded, again.
    """
    runtime, tip_id = call.runtime, call.body.tip_id
    change = read_tip(call.body, _officer(call), today=local_today())
    await runtime.commands.run(change, CommandKey(uuid4(), b""))
    first: Any = (await runtime.in_thread(runtime.log.events_of, tip_id))[0]
    text = await runtime.read(_vault(runtime).open_content, tip_id, first.content)
    if text is None:
        raise TipErased(tip_id=tip_id)
    return TipContent(tip_id=tip_id, text=text)


async def tips_list(call: Call[ListTips]) -> bytes:
    """List the tips of the caller's units; no text, no person."""
    tree, unit_id = units_of(call.runtime), call.body.unit_id
    require_scope(call.caller, WORKING_SCOPES)
    caller = call.caller.only_with(*WORKING_SCOPES)
    if unit_id is None:
        prefixes = reach(tree, caller.unit_roots, TIP)
    else:
        prefixes = list_area(tree, caller, unit_id, TIP, "$.unit_id")
    page = await call.runtime.read(
        list_tips, prefixes, call.body, _vault(call.runtime).tables
    )
    rows = page.rows
    if call.fields:
        require_known(call.fields, TipRow.__struct_fields__)
        asked = {*call.fields, "cursor"}
        rows = [{k: v for k, v in row.items() if k in asked} for row in rows]
    return msgspec.json.encode({"rows": rows, "has_next": page.has_next})


async def tips_counters(call: Call[CountTips]) -> TipCountsPage:
    """Count tips of subtrees; outsiders get no small counts."""
    caller, tree, body = call.caller, units_of(call.runtime), call.body
    own = caller.roots_with(*WORKING_SCOPES)
    for place, unit_id in enumerate(body.unit_ids):
        tree.unit(unit_id, f"$.unit_ids[{place}]")
    inside = {u: tree.within(own, u) for u in body.unit_ids}
    check_days(body.from_day, body.to_day, outsider=not all(inside.values()))
    prefixes = {u: tree.covers(u) for u in body.unit_ids}
    counts: dict[UUID, TipCounts] = await call.runtime.read(
        count_tips, prefixes, body.from_day, body.to_day
    )
    return TipCountsPage(
        rows=[counts[u] if inside[u] else hide_small(counts[u]) for u in body.unit_ids]
    )


async def dependants_of_units(call: Call[DependantsOfUnits]) -> DependantGroups:
    """Tell of units that are to end whether tips are open; officers learn how many."""
    tree, own = units_of(call.runtime), call.caller.roots_with(*WORKING_SCOPES)
    works: dict[bool, list[UUID]] = {True: [], False: []}
    for unit_id in units_asked(call):
        works[tree.within(own, unit_id)].append(unit_id)
    found = await call.runtime.read(groups, tree, works[True], (OPEN_TIPS,))
    return DependantGroups(rows=(*found, *untold(works[False])))


# --- shared steps ------------------------------------------------------------


async def _receive(
    call: Call[SubmitTip] | Call[RecordTip],
    *,
    channel: str,
    received_on: date,
    received_by: str,
    late_reason: str | None = None,
) -> tuple[Taken, Submission]:
    runtime, body, tree = call.runtime, call.body, units_of(call.runtime)
    vault = _vault(runtime)
    check_received_on(received_on, local_today())
    unit = tree.resolve(body.unit, received_on, "$.unit")
    if received_by:
        require_reach(tree, call.caller, unit.id, TIP, "$.unit")
    submission = vault.submission(call.key.id, received_by)
    intake = Intake(
        unit_id=unit.id,
        unit_path=unit.path,
        category=body.category,
        channel=channel,
        received_on=received_on,
        received_by=received_by,
        late_reason=late_reason,
    )

    async def attempt() -> Outcome:
        known = await runtime.read(vault.keys.key, submission.tip_id)
        new = NewTip(
            submission=submission,
            key=known or vault.keys.new_key(),
            intake=intake,
            text=body.text,
            contact=body.contact,
            unit_code=unit.code,
        )
        change = receive_tip(new, vault, today=local_today())
        sealed_mark = vault.command_key(submission, new.key, msgspec.json.encode(body))
        return await runtime.commands.run(change, sealed_mark)

    try:
        outcome = await attempt()
    except KeyReused:
        # A twin request was stored between our look into the vault and our command:
        # under its key the same words leave the same mark.
        outcome = await attempt()
    return msgspec.json.decode(outcome.reply, type=Taken), submission


def _officer(call: Call[Any]) -> Officer:
    tree, roots = units_of(call.runtime), call.caller.unit_roots
    return Officer(call.caller.subject, lambda u: reaches(tree, roots, u, TIP))


def _vault(runtime: Runtime) -> TipVault:
    vault: TipVault = runtime.extras[VAULT]
    return vault


def _guard(runtime: Runtime) -> IntakeGuard:
    guard: IntakeGuard = runtime.extras[GUARD]
    return guard


# --- routes ------------------------------------------------------------------


def sender_routes() -> APIRouter:
    """Give the two open doors."""
    router = APIRouter(tags=["sender"])
    command_route(
        router,
        "/v1/tips",
        SubmitTip,
        tip_submit,
        scope=None,
        status=201,
        response=TipReceipt,
        quiet=True,
    )
    command_route(
        router,
        "/v1/tips/status",
        TipStatus,
        tip_status,
        scope=None,
        response=TipStatusAnswer,
        quiet=True,
        keyed=False,
    )
    return router


def officer_routes() -> APIRouter:
    """Give the doors of those who work on tips."""
    router = APIRouter(tags=["officers"])
    one = "/v1/tips/{tip_id}"
    command_route(
        router,
        "/v1/tips/record",
        RecordTip,
        tip_record,
        scope="tips:record",
        status=201,
        response=TipRecorded,
    )
    command_route(
        router,
        f"{one}/read",
        RevealTip,
        tip_read,
        scope=READING_SCOPES,
        response=TipContent,
    )
    moves: tuple[tuple[str, type[Any], Any, str], ...] = (
        ("triage", TriageTip, tip_triage, "tips:triage"),
        ("value", ValueTip, tip_value, "tips:value"),
        ("erase", EraseTip, tip_erase, "tips:value"),
    )
    for word, request, handler, scope in moves:
        path = f"{one}/{word}"
        command_route(router, path, request, handler, scope=scope, response=TipMoved)
    counting: tuple[tuple[str, type[Any], Any, type[Any]], ...] = (
        ("/v1/tips", ListTips, tips_list, TipPage),
        ("/v1/tips/counters", CountTips, tips_counters, TipCountsPage),
    )
    for path, request, handler, page in counting:
        query_route(router, path, request, handler, scope="tips:read", response=page)
    return router
