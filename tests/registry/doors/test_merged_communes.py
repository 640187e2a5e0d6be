"""Merging communes moves nothing, and undoing it brings the tree of before back."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from services.chassis.calls import CommandKey
from services.chassis.clock import local_today
from services.chassis.commands import JointChange
from services.contracts.registry.units import unit_id
from services.registry.domain.unit import UndoReason, Unit, UnitFacts
from services.registry.domain.values import Heir
from services.unit_directory.directory import reload_units
from tests.registry.conftest import Door, Registry
from tests.registry.doors.parts import decision
from tests.registry.doors.units_of_ca_mau import (
    CA_MAU,
    commune,
    last_change,
)


async def test_what_stood_in_merged_communes_reads_as_before(
    registry: Registry, registrar: Door
) -> None:
    """No row moves: teams, members and numbers of the old units stay as they were.

    And when the merger is undone, the tree is the one of before; what was known in
    between is still told.
    """
    old = [UUID(commune(registry, n)) for n in (6, 7, 8)]
    officer = registry.caller("officer", unit_roots=[CA_MAU])
    teams = [await _team(officer, unit) for unit in old]
    before = await _read(officer, old, teams)
    children = await _children(registrar)

    merged = unit_id("commune", "99001", local_today())
    await _merge(registry, old, merged)
    moment = (await last_change(registrar, str(merged)))["recorded_at"]
    after = await _read(officer, old, teams)
    assert before == after
    in_between = await _children(registrar)
    assert {str(merged)} == in_between - children
    assert {str(unit) for unit in old} == children - in_between
    strength = await officer.get("/strength", ids=[str(merged)])
    assert 3 == sum(row["force_units"] for row in strength.json()["rows"])

    await _undo_merger(registry, old, merged)
    assert children == await _children(registrar)
    assert in_between == await _children(registrar, known_at=moment)
    voided = (await registrar.get("/units/by-id", ids=[str(merged)])).json()["rows"][0]
    assert voided["valid_from"] == voided["valid_to"]
    assert before == await _read(officer, old, teams)


async def _team(officer: Door, unit: UUID) -> str:
    made = await officer.post(
        "/force-units",
        {
            "force_type": "security_order_team",
            "unit": {"id": str(unit)},
            "established_on": "2025-08-01",
        },
    )
    team = str(made.json()["force_unit_id"])
    person = {"full_name": "Nguyễn Văn Thử", "enrolled_on": "2025-08-02"}
    people = {"members": [person], "decision": decision("2025-08-01")}
    await officer.post(f"/force-units/{team}/members", people)
    return team


async def _read(officer: Door, units: list[UUID], teams: list[str]) -> list[Any]:
    ids = [str(unit) for unit in units]
    return [
        (await officer.get(path, **asked)).json()
        for path, asked in (
            ("/force-units/by-id", {"ids": teams}),
            ("/members", {"force_unit_ids": teams}),
            ("/strength", {"ids": ids, "on": "2025-12-31"}),
        )
    ]


async def _children(door: Door, **when: str) -> set[str]:
    asked = {"on": str(local_today()), **when}
    page = await door.get("/units/children", ids=[str(CA_MAU)], **asked)
    return {row["id"] for row in page.json()["parents"][0]["rows"]}


async def _merge(registry: Registry, old: list[UUID], merged: UUID) -> None:
    today = local_today()
    above = registry.tree.unit(CA_MAU)
    facts = UnitFacts(
        code="99001",
        level="commune",
        unit_type="xa",
        name="Xã Hợp Nhất",
        bare_name="Hợp Nhất",
        parent_id=above.id,
        path=f"{above.path}.99001-{today.year}",
        valid_from=today,
        legal_basis="80/NQ-UBTVQH16",
        decree_date=date(2026, 11, 1),
    )

    def decide(found: Mapping[UUID, Any]) -> tuple[list[Any], object]:
        for unit in found.values():
            unit.abolish(
                valid_to=today,
                legal_basis="80/NQ-UBTVQH16",
                successors=[Heir(merged, whole=True, kind="merge")],
            )
        return [Unit.establish(merged, facts), *found.values()], b"{}"

    await _run(registry, JointChange(loads=old, decide=decide))


async def _undo_merger(registry: Registry, old: list[UUID], merged: UUID) -> None:
    def decide(found: Mapping[UUID, Any]) -> tuple[list[Any], object]:
        for unit in old:
            found[unit].undo(2, reason=UndoReason.ENTERED_WRONGLY, legal_basis=None)
        found[merged].void(
            reason=UndoReason.ENTERED_WRONGLY,
            heirs=[Heir(unit, whole=False, kind="void") for unit in old],
            legal_basis=None,
        )
        return list(found.values()), b"{}"

    await _run(registry, JointChange(loads=[*old, merged], decide=decide))


async def _run(registry: Registry, change: JointChange) -> None:
    await registry.runtime.commands.run_together(change, CommandKey(uuid4(), b""))
    await reload_units(registry.runtime)
