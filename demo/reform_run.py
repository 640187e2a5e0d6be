"""The reform of 2025 carried out on a running platform, and what can be seen of it.

Called by `python -m demo.reform` and by the end-to-end test.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID, uuid4, uuid5

from demo.doors import Doors, Refused
from demo.load import Loader
from demo.partner import PartnerDoor
from demo.plan.making import make_plan
from demo.plan.records import GUARDS, POLICE, Plan, PlannedForce
from demo.plan.totals import Totals
from demo.published import Published
from demo.reform_plan import DECREE, REFORM, ReformPlan
from demo.telling import Listener
from demo.units import read_province
from deploy.embedded.issuer import COUNTRY, Caller
from services.contracts.registry.units import unit_id
from services.registry.reference.snapshot import Snapshot

EVE: Final = date(2025, 6, 30)
DAYS: Final = tuple(date(2023, month, 15) for month in (1, 5, 9, 12))
BAC_KAN: Final = unit_id("province", "06", None)
THAI_NGUYEN: Final = unit_id("province", "19", REFORM)
_READS: Final = "units:read registry:read"
_PLANS: Final = f"{_READS} registry:write units:write campaigns:write"
_AT_ONCE: Final = 200
_AREAS_EACH: Final = 2
_TEAMS: Final = "security_order_team"

PLANNER, OFFICER, SUCCESSOR, AGENCY = "planner", "officer", "successor", "agency"
CALLERS: Final = {
    PLANNER: Caller(PLANNER, "Cán bộ Danh Mục", _PLANS, (COUNTRY,)),
    OFFICER: Caller(OFFICER, "Cán bộ Bắc Kạn", f"{_READS} registry:write", (BAC_KAN,)),
    SUCCESSOR: Caller(SUCCESSOR, "Cán bộ Thái Nguyên mới", _READS, (THAI_NGUYEN,)),
}


class Strength(NamedTuple):
    """People of two forces in a unit's area on a day."""

    police: int
    guards: int


class Executed(NamedTuple):
    """A plan that was carried out, with what its rehearsal had told."""

    plan_id: str
    rehearsal: dict[str, Any]
    decided: int
    refused_with: str | None
    answer: dict[str, Any]


class Reform:
    """One reform through the registry's doors."""

    def __init__(self, doors: Doors, listener: Listener) -> None:
        self._doors = doors
        self._listener = listener

    async def load(self, partner: PartnerDoor, published: Published) -> dict[str, int]:
        """Load the rosters of the province's old units; return how far services came.

        Everybody serves from before 2023 on, so that each of its days has the
        published strength. Raises Refused, GaveUp.
        """
        province = await read_province(self._doors, published)
        plan = make_plan(province, Totals.of(published))
        rosters = rosters_of_year(plan, published)
        loader = Loader(rosters, self._doors, partner, self._listener)
        await loader.run()
        return dict(loader.positions)

    async def was_done(self) -> bool:
        """Tell whether this platform has the units of after the reform."""
        (found,) = await self._units([THAI_NGUYEN])
        return found is not None

    async def strength(self, unit: UUID, on: date, caller: str = AGENCY) -> Strength:
        """Count the two forces of a unit's area on a day."""
        answer = await self._doors.ask(
            "registry",
            "/v1/strength",
            {"ids": str(unit), "on": on.isoformat()},
            caller=caller,
        )
        found = {r["force_type"]: r["members"] for r in answer.decoded()["rows"]}
        return Strength(found.get(POLICE, 0), found.get(GUARDS, 0))

    async def in_todays_terms(self, unit: UUID, on: date) -> int:
        """Count who served on a day in forces that today's teams came after."""
        asked = {"ids": str(unit), "on": on.isoformat(), "terms": "today"}
        answer = await self._doors.ask("registry", "/v1/strength", asked, caller=AGENCY)
        rows = answer.decoded()["rows"]
        return sum(r["members"] for r in rows if r["force_type"] == _TEAMS)

    async def add_areas(self, plan: ReformPlan) -> int:
        """Enter areas, and a drive that runs, in the communes that the plan divides.

        Returns how many areas. Raises Refused, GaveUp.
        """
        divided = [
            operation["units"][0]["code"]
            for operation in plan.operations
            if operation["kind"] == "split"
        ]
        for code in divided:
            for number in range(1, _AREAS_EACH + 1):
                body = {
                    "unit": {"code": code},
                    "kind": "khu_dan_cu",
                    "name": str(number),
                    "registered_on": DAYS[0],
                }
                key = uuid5(BAC_KAN, f"area/{code}/{number}")
                await self._order("/v1/residential-areas", body, key)
            await self._open_drive(code)
        return len(divided) * _AREAS_EACH

    async def _open_drive(self, code: str) -> None:
        """Let a commune have something that goes on beyond the day of the reform."""
        body = {
            "unit": {"code": code},
            "name": "Đợt phát động năm 2025",
            "starts_on": "2025-05-01",
            "ends_on": "2025-12-20",
            "organiser": "police",
        }
        key = uuid5(BAC_KAN, f"drive/{code}")
        await self._doors.command(
            "campaigns", "/v1/campaigns", body, caller=PLANNER, key=key
        )

    async def areas_passed(self, plan: ReformPlan) -> int:
        """Count the areas that lie in new units of the plan since the day."""
        new = {str(unit_id(*key)) for key in plan.keys}
        asked = {"unit_id": str(COUNTRY), "on": REFORM.isoformat(), "first": "100"}
        answer = await self._doors.ask(
            "registry", "/v1/residential-areas", asked, caller=AGENCY
        )
        return sum(row["unit_id"] in new for row in answer.decoded()["rows"])

    async def execute(self, plan: ReformPlan, label: str) -> Executed:
        """Draft, rehearse, decide and execute. Raises Refused, GaveUp."""
        plan_id = await self._draft(plan, label)
        path = f"/v1/reorganisations/{plan_id}"
        rehearsal = await self._rehearsal(path)
        refused_with, decided = None, 0
        if any(total["open"] for total in rehearsal["totals"]):
            refused_with = await self._refused(path, rehearsal["digest"])
            decided = await self._decide(path)
        body = {"digest": (await self._rehearsal(path))["digest"]}
        answer = await self._order(f"{path}/execution", body)
        return Executed(plan_id, rehearsal, decided, refused_with, answer)

    async def undo(self, plan_id: str) -> None:
        """Take an executed plan back. Raises Refused, GaveUp."""
        path = f"/v1/reorganisations/{plan_id}/undoing"
        await self._order(path, {"reason": "decree_postponed"})

    async def missing(self, plan: ReformPlan, snapshot: Snapshot) -> list[str]:
        """Return the codes of new units that are not as in the full register."""
        names = {unit.key: unit.name for unit in snapshot.units}
        ids = {unit_id(*key): key for key in plan.keys}
        wrong = []
        every = list(ids)
        for start in range(0, len(every), _AT_ONCE):
            chosen = every[start : start + _AT_ONCE]
            for one, row in zip(chosen, await self._units(chosen), strict=True):
                key = ids[one]
                # A voided unit is still known by its id: its life is empty.
                empty = row is not None and row["valid_to"] == REFORM.isoformat()
                if row is None or empty or row["name"] != names[key]:
                    wrong.append(key.code)
        return wrong

    async def sees_forces(self, caller: str) -> bool:
        """Tell whether somebody is shown the forces of old Bắc Kạn."""
        asked = {"unit_id": str(BAC_KAN), "on": DAYS[0].isoformat(), "first": "1"}
        try:
            answer = await self._doors.ask(
                "registry", "/v1/force-units", asked, caller=caller
            )
        except Refused:
            return False
        return bool(answer.decoded()["rows"])

    async def _draft(self, plan: ReformPlan, label: str) -> str:
        head = {
            "unit": {"id": COUNTRY},
            "decree_number": DECREE,
            "decree_date": "2025-06-12",
            "issuer": "national_assembly",
            "effective_on": REFORM,
        }
        drafted = await self._order("/v1/reorganisations", head)
        plan_id: str = drafted["reorganisation_id"]
        self._listener.expect(label, len(plan.new_units) + len(plan.operations))
        for part in plan.parts(100):
            await self._order(f"/v1/reorganisations/{plan_id}/operations", part)
            self._listener.done(label, sum(len(rows) for rows in part.values()))
        return plan_id

    async def _rehearsal(self, path: str, **asked: str) -> dict[str, Any]:
        answer = await self._doors.ask(
            "registry", f"{path}/rehearsal", asked, caller=PLANNER
        )
        found: dict[str, Any] = answer.decoded()
        return found

    async def _refused(self, path: str, digest: str) -> str | None:
        """Try the execution with open decisions; return with which code it failed."""
        try:
            await self._order(f"{path}/execution", {"digest": digest})
        except Refused as refusal:
            return refusal.code
        return None

    async def _decide(self, path: str) -> int:
        """Give each open dependant to the first unit that takes over."""
        decided = 0
        while rows := await self._open(path):
            decisions = [
                {
                    "kind": row["kind"],
                    "dependant_id": row["id"],
                    "successor_id": row["candidate_ids"][0],
                }
                for row in rows
            ]
            await self._order(f"{path}/decisions", {"decisions": decisions})
            decided += len(decisions)
        return decided

    async def _open(self, path: str) -> list[dict[str, Any]]:
        """Return some of the dependants that wait for a decision."""
        found = await self._rehearsal(path, only_open="true", first="100")
        rows: list[dict[str, Any]] = found["rows"]
        return rows

    async def _order(
        self, path: str, body: Any, key: UUID | None = None
    ) -> dict[str, Any]:
        answer = await self._doors.command(
            "registry", path, body, caller=PLANNER, key=key or uuid4()
        )
        found: dict[str, Any] = answer.decoded()
        return found

    async def _units(self, ids: Iterable[UUID]) -> list[dict[str, Any] | None]:
        body = [("ids", str(one)) for one in ids]
        answer = await self._doors.ask(
            "registry", "/v1/units/by-id", body, caller=AGENCY
        )
        rows: list[dict[str, Any] | None] = answer.decoded()["rows"]
        return rows


def rosters_of_year(plan: Plan, published: Published) -> Plan:
    """Keep the forces alone, with everybody in service before the year begins."""
    before = date(published.year - 1, 12, 1)

    def settled(force: PlannedForce) -> PlannedForce:
        members = tuple(
            replace(member, enrolled_on=min(member.enrolled_on, before))
            for member in force.members
            if member.serves_on(published.last_day)
        )
        return replace(force, members=members)

    return replace(
        plan,
        forces=tuple(
            settled(force)
            for force in plan.forces
            if force.stands_on(published.last_day)
        ),
        campaigns=(),
        sessions=(),
        models=(),
        tips=(),
    )
