"""The selection of 1 July 2024 in one commune: who serves on, who ceases by law.

Called by the demo of the reform; a selection, never a copy of a roster.
"""

from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

from demo.doors import Doors
from demo.plan.records import POLICE

LAW: Final = date(2024, 7, 1)
_EVE: Final = date(2024, 6, 30)
_TEAMS: Final = "security_order_team"
_FEWEST: Final = 4


class Selected(NamedTuple):
    """A selection that was made: of how many, how many serve on, how many do not."""

    before: int
    chosen: int
    ceased: int
    team: int


async def select(doors: Doors, province: UUID, *, caller: str, key: UUID) -> Selected:
    """Choose half of a commune's part-time police for a Tổ, the leader first.

    Raises Refused, GaveUp.
    """
    force, members = await _former(doors, province, caller)
    chosen = members[: len(members) // 2]
    act = {
        "unit": {"id": force["unit_id"]},
        "on": LAW,
        "force_unit_ids": [force["id"]],
        "decision": {
            "number": "7/QĐ-UBND",
            "decided_on": LAW,
            "issuer": "commune_chairman",
        },
        "teams": [
            {
                "name": "Tổ 1",
                "members": [
                    {
                        "force_unit_id": force["id"],
                        "member_id": member["id"],
                        "post": "leader" if place == 0 else "member",
                    }
                    for place, member in enumerate(chosen)
                ],
            }
        ],
    }
    answer = await doors.command(
        "registry", "/v1/consolidations", act, caller=caller, key=key
    )
    told = answer.decoded()
    team = sum(r["members"] for r in told["after"] if r["force_type"] == _TEAMS)
    return Selected(len(members), told["selected"], told["ceased_by_law"], team)


async def _former(
    doors: Doors, province: UUID, caller: str
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return a force of enough people on the eve of the law, and its roster."""
    asked = {
        "unit_id": str(province),
        "force_type": POLICE,
        "on": _EVE.isoformat(),
        "first": "100",
    }
    answer = await doors.ask("registry", "/v1/force-units", asked, caller=caller)
    force = next(r for r in answer.decoded()["rows"] if r["members"] >= _FEWEST)
    roster = {"force_unit_ids": force["id"], "on": _EVE.isoformat(), "first": "100"}
    answer = await doors.ask("registry", "/v1/members", roster, caller=caller)
    rows: list[dict[str, Any]] = answer.decoded()["force_units"][0]["rows"]
    return force, sorted(rows, key=lambda row: (row["post"] != "leader", row["id"]))
