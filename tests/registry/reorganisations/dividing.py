"""Steps of the tests of custody: a commune at work, its division, who works where."""

from datetime import timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from services.contracts.registry.units import unit_id
from services.unit_directory.directory import units_of
from services.unit_directory.tree import Unit
from tests.registry.reorganisations.plans import (
    BAC_KAN,
    COUNTRY,
    DAY,
    EFFECTIVE,
    new_unit,
)
from tests.support.house import Door, House

PLANNER: Final = ("units:read", "units:write", "registry:read", "registry:write")
WORK: Final = (
    "units:read",
    "registry:read",
    "registry:write",
    "care:read",
    "campaigns:read",
    "campaigns:write",
    "tips:read",
    "tips:record",
    "tips:triage",
    "reporting:read",
    "reporting:write",
)


class Divided(NamedTuple):
    """A plan that divides one commune into two new ones, and who works where."""

    house: House
    old: Unit
    codes: tuple[str, str]
    path: str

    @property
    def heirs(self) -> tuple[UUID, UUID]:
        first, second = self.codes
        return unit_id("commune", first, EFFECTIVE), unit_id(
            "commune", second, EFFECTIVE
        )

    @property
    def planner(self) -> Door:
        """Give somebody who plans for the country and works on no tips."""
        return planner(self.house)

    def officer(self, service: str, unit: UUID) -> Door:
        return self.house.door(service, "officer", scopes=WORK, unit_roots=(unit,))

    async def rehearsal(self, **asked: Any) -> dict[str, Any]:
        answer = await self.planner.get(f"{self.path}/rehearsal", **asked)
        assert 200 == answer.status_code, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def decide(self, **keepers: UUID) -> Any:
        body = [
            {"kind": kind, "dependant_id": str(self.old.id), "successor_id": str(one)}
            for kind, one in keepers.items()
        ]
        return await self.planner.post(f"{self.path}/decisions", {"decisions": body})

    async def execute(self) -> Any:
        digest = (await self.rehearsal())["digest"]
        done = await self.planner.post(f"{self.path}/execution", {"digest": digest})
        await self.house.until_units_are_known()
        return done

    async def undo(self) -> None:
        reason = {"reason": "decree_postponed"}
        answer = await self.planner.post(f"{self.path}/undoing", reason)
        assert 200 == answer.status_code, answer.text
        await self.house.until_units_are_known()


def planner(house: House) -> Door:
    return house.door("registry", "officer", scopes=PLANNER, unit_roots=(COUNTRY,))


def commune(house: House, place: int) -> Unit:
    tree = units_of(house.runtimes["registry"])
    found = [
        unit for unit in tree if unit.path.startswith("VN.06-0.06") and _is_old(unit)
    ]
    return sorted(found, key=lambda unit: unit.code)[place]


def _is_old(unit: Unit) -> bool:
    # Also one that another test has divided, so that each place is one commune.
    eve = EFFECTIVE - timedelta(days=1)
    return unit.unit_type == "xa" and unit.valid_from is None and unit.in_force(eve)


async def drafted(house: House) -> str:
    """Begin a plan for the province; return its path."""
    head = {
        "unit": {"id": str(BAC_KAN)},
        "decree_number": "1/NQ-UBTVQH15",
        "decree_date": "2025-02-01",
        "issuer": "standing_committee",
        "effective_on": DAY,
    }
    made = await done(planner(house).post("/v1/reorganisations", head))
    return f"/v1/reorganisations/{made['reorganisation_id']}"


async def divided(house: House, place: int) -> Divided:
    """Plan the division of one commune of Bắc Kạn; each place is another commune."""
    old, path = commune(house, place), await drafted(house)
    codes = (f"9{place:02}01", f"9{place:02}02")
    operation = {
        "kind": "split",
        "units": [{"code": old.code}],
        "into": [{"new": code} for code in codes],
    }
    new = [new_unit(code, old.parent_id) for code in codes]
    body = {"new_units": new, "operations": [operation]}
    await done(planner(house).post(f"{path}/operations", body))
    return Divided(house, old, codes, path)


async def done(answer: Any) -> Any:
    got = await answer
    assert got.status_code in {200, 201}, got.text
    return got.json()


class Work(NamedTuple):
    """What goes on in a commune."""

    campaign: str
    model: str
    point: str
    tip: str


async def a_commune_at_work(house: House, unit: Unit) -> Work:
    """Open a drive, a model with a point, a tip and a report of one commune."""
    at = {"code": unit.code}
    campaigns = house.door("campaigns", "officer", scopes=WORK, unit_roots=(unit.id,))
    body = {
        "unit": at,
        "name": f"Ngày hội {unit.code}",
        "starts_on": "2025-01-10",
        "ends_on": "2025-12-20",
        "organiser": "police",
    }
    campaign = await done(campaigns.post("/v1/campaigns", body))
    model = await done(
        campaigns.post(
            "/v1/models",
            {
                "unit": at,
                "name": f"Tự quản {unit.code}",
                "keeper": "police",
                "fields": ["phong_chong_toi_pham"],
                "launched_on": "2024-01-10",
            },
        )
    )
    point = await done(
        campaigns.post(
            "/v1/model-points",
            {
                "model_id": model["model_id"],
                "unit": at,
                "area_name": "Thôn 1",
                "opened_on": "2024-02-01",
            },
        )
    )
    tips = house.door("tips", "officer", scopes=WORK, unit_roots=(unit.id,))
    tip = await done(tips.post("/v1/tips/record", a_tip(unit.code, "2025-02-10")))
    ids = (campaign["campaign_id"], model["model_id"], point["point_id"])
    return Work(*ids, tip["tip_id"])


def a_tip(code: str, day: str) -> dict[str, Any]:
    return {
        "category": "gambling",
        "unit": {"code": code},
        "channel": "phone_duty",
        "received_on": day,
        "late_reason": "migrated",
        "text": "Người lạ tụ tập đánh bạc.",
    }
