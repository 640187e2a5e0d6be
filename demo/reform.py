"""The command line of the reform's demo: `python -m demo.reform` (`make demo-reform`).

Starts a platform of its own whose register stands as on 30 June 2025.
"""

import argparse
import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid5

from rich.console import Console
from rich.table import Table

from demo.doors import Doors, Refused
from demo.figures import read_year, until_caught_up
from demo.partner import PartnerDoor
from demo.patience import GaveUp, Patience
from demo.published import Published, read_published
from demo.reform_plan import reform_plan
from demo.reform_run import (
    BAC_KAN,
    CALLERS,
    DAYS,
    EVE,
    OFFICER,
    PLANNER,
    SUCCESSOR,
    THAI_NGUYEN,
    Executed,
    Reform,
    Strength,
)
from demo.screen import Screen
from demo.selection import select
from deploy.embedded import control
from deploy.embedded.issuer import Issuer
from deploy.embedded.run_file import STATE, Run
from services.registry.reference.snapshot import Snapshot, read_snapshot

_STATE = STATE / "reform"
_PLANS = (
    ("Bắc Kạn + Thái Nguyên → Thái Nguyên", ("06", "19")),
    ("An Giang + Kiên Giang → An Giang", ("89", "91")),
)
_PEOPLE = ("part_time_commune_police", "neighbourhood_guard_members")


class Checks:
    """What was promised and what came of it, as one table."""

    def __init__(self) -> None:
        self.table = Table(title="The reform of 1 July 2025", title_justify="left")
        for column in ("", "expected", "found", ""):
            self.table.add_column(column)
        self.all_true = True

    def add(self, what: str, expected: object, found: object) -> None:
        """Compare, and keep a row with its mark."""
        holds = expected == found
        self.all_true &= holds
        mark = "[green]✓[/]" if holds else "[bold red]✗[/]"
        self.table.add_row(what, _told(expected), _told(found), mark)


def main() -> int:
    """Run the demo; the exit code says whether everything is as promised."""
    parser = argparse.ArgumentParser(prog="python -m demo.reform", description=__doc__)
    parser.add_argument("--state", type=Path, default=_STATE, help="folder of its own")
    state, console = parser.parse_args().state.resolve(), Console()
    screen, checks = Screen(console), None
    try:
        with screen.waiting("Starting a platform on the eve of the reform ..."):
            run, ours = control.ensure_running(
                state, also={"BINHYEN_REGISTER_UNTIL": EVE.isoformat()}
            )
        try:
            checks = asyncio.run(_show(run, Issuer(state / "issuer"), screen))
        finally:
            if ours:
                control.stop(state)
    except* (Refused, GaveUp, RuntimeError) as group:
        screen.failed(_leaves(group))
    if checks is None:
        return 1
    console.print(checks.table)
    return 0 if checks.all_true else 1


async def _show(run: Run, issuer: Issuer, screen: Screen) -> Checks:
    patience, published, checks = Patience(screen), read_published(), Checks()
    snapshot = await asyncio.to_thread(read_snapshot)
    async with (
        Doors(run, issuer, patience, CALLERS) as doors,
        PartnerDoor(run, patience) as partner,
    ):
        reform = Reform(doors, screen)
        if await reform.was_done():
            raise RuntimeError("This state was reformed already: delete it first.")
        with screen.bars():
            positions = await reform.load(partner, published)
            await _compare_before(reform, published, checks)
            await _select(doors, checks)
            first, second = await _execute(reform, snapshot, checks)
        screen.say(_rehearsed(first) + "\n" + _rehearsed(second))
        await _compare_after(reform, published, checks)
        await until_caught_up(doors, positions)
        await _compare_reports(doors, published, checks)
    return checks


async def _compare_before(reform: Reform, published: Published, checks: Checks) -> None:
    wanted = _published(published)
    for day in DAYS:
        found = await reform.strength(BAC_KAN, day)
        checks.add(f"Before: Bắc Kạn on {day:%d/%m/%Y}", wanted, found)
    checks.add(
        "Before: its officer is shown its forces",
        True,  # noqa: FBT003 - one of two values in a table
        await reform.sees_forces(OFFICER),
    )


async def _select(doors: Doors, checks: Checks) -> None:
    """Carry the law of 1 July 2024 out in one commune; 2023 stays as it was."""
    made = await select(doors, BAC_KAN, caller=PLANNER, key=uuid5(BAC_KAN, "selection"))
    half = made.before // 2
    label = f"Selection of 01/07/2024, one commune of {made.before}"
    checks.add(f"{label}: chosen for its Tổ", half, made.team)
    checks.add(f"{label}: ceased by law", made.before - half, made.ceased)


async def _execute(
    reform: Reform, snapshot: Snapshot, checks: Checks
) -> tuple[Executed, Executed]:
    """Carry both plans out; the second one is undone once and planned again."""
    plans = [reform_plan(snapshot, codes) for _, codes in _PLANS]
    areas = [await reform.add_areas(plan) for plan in plans]
    first = await reform.execute(plans[0], _PLANS[0][0])
    code = "registry.reorganisation.decisions_open"
    checks.add("Refused while a decision is open", code, first.refused_with)
    checks.add("Services that did not answer", 0, len(first.rehearsal["silent"]))
    drives = {row["kind"]: row["must_decide"] for row in first.rehearsal["totals"]}
    checks.add("Running drives to be kept", areas[0] // 2, drives.get("campaign", 0))
    undone = await reform.execute(plans[1], _PLANS[1][0])
    await reform.undo(undone.plan_id)
    new = len(plans[1].keys)
    gone = len(await reform.missing(plans[1], snapshot))
    checks.add("Undone: new units of An Giang that stand", 0, new - gone)
    second = await reform.execute(plans[1], f"{_PLANS[1][0]}, again")
    for (label, _), plan, divided in zip(_PLANS, plans, areas, strict=True):
        passed = await reform.areas_passed(plan)
        checks.add(f"Areas of divided communes passed: {label}", divided, passed)
        wrong = await reform.missing(plan, snapshot)
        same = len(plan.keys) - len(wrong)
        checks.add(f"Ids of the full register: {label}", len(plan.keys), same)
    return first, second


async def _compare_after(reform: Reform, published: Published, checks: Checks) -> None:
    wanted = _published(published)
    for day in DAYS:
        as_was = await reform.strength(BAC_KAN, day)
        restated = await reform.strength(THAI_NGUYEN, day)
        checks.add(f"Bắc Kạn on {day:%d/%m/%Y}, as was", wanted, as_was)
        checks.add(f"Inside today's Thái Nguyên, {day:%d/%m/%Y}", wanted, restated)
    found = await reform.in_todays_terms(THAI_NGUYEN, DAYS[-1])
    checks.add(
        f"The same in the terms of 1 July 2024, {DAYS[-1]:%d/%m/%Y}", sum(wanted), found
    )
    for caller, expected, who in (
        (OFFICER, False, "The officer of old Bắc Kạn is shown its forces"),
        (SUCCESSOR, True, "The officer of new Thái Nguyên is shown them"),
    ):
        checks.add(who, expected, await reform.sees_forces(caller))


async def _compare_reports(doors: Doors, published: Published, checks: Checks) -> None:
    """Ask reporting, which followed the units' events and moved nothing either."""
    year = await read_year(doors, published)
    for counted in year.counted:
        if counted.indicator in _PEOPLE:
            wanted = published.values[counted.indicator]
            name = f"{counted.name}, {published.year}"
            checks.add(f"Report: {name}, as was", wanted, counted.then)
            inside = (counted.today or 0) - counted.beside
            checks.add(f"Report: {name}, restated", wanted, inside)


def _published(published: Published) -> Strength:
    return Strength(*(published.values[code] for code in _PEOPLE))


def _rehearsed(done: Executed) -> str:
    told = done.rehearsal
    touched = ", ".join(_dependants(row) for row in told["totals"])
    silent = ", ".join(one["service"] for one in told["silent"])
    return (
        f"Rehearsed: {told['abolishes']} units end, {told['establishes']} begin;"
        f" touched: {touched or 'nothing'}; decided: {done.decided};"
        f" services that did not answer: {silent or 'none'}."
    )


def _dependants(row: dict[str, Any]) -> str:
    """Tell of one kind in whichever service: how many, and what is to be decided."""
    more = [f"{row['people']} people"] if row["people"] else []
    # Of tips a planner learns no number, only at how many units somebody keeps them.
    more += [f"untold at {row['untold']} units"] if row["untold"] else []
    more.append(f"{row['must_decide']} to decide")
    return f"{row['dependants']} {row['kind']} ({', '.join(more)})"


def _told(value: object) -> str:
    if isinstance(value, Strength):
        return f"{value.police} + {value.guards}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _leaves(group: BaseExceptionGroup[BaseException]) -> Iterator[BaseException]:
    for error in group.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from _leaves(error)
        else:
            yield error


if __name__ == "__main__":
    sys.exit(main())
