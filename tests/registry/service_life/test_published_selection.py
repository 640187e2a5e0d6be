"""What others hear of a selection: how many came in, and where."""

from datetime import date
from uuid import UUID

from services.contracts.registry.quota_events import SelectionRoundDecidedV1
from services.contracts.registry.units import UnitRef
from services.registry.publishing import publish
from tests.registry.conftest import Registry
from tests.registry.service_life.parts import commune, decision
from tests.registry.service_life.test_selection_by_http import planned


async def test_a_decided_round_tells_others_how_many(registry: Registry) -> None:
    """Neither who applied nor who was left out; the members are told by themselves."""
    one = await planned(registry, 22)
    await one.until_open()
    chosen = await one.applied()
    await one.until_listed()
    await one.council({chosen: 9})
    posts = [{"application_id": chosen, "post": "leader"}]
    await one.do("submission", submitted_on="2026-02-20", posts=posts)
    head = registry.runtime.log.head()
    await one.do(
        "decision",
        decision=decision("9/QĐ-UBND", "2026-02-24"),
        recognised_on="2026-02-25",
    )
    told = [publish(item) for item in registry.runtime.log.read_after(head, 100)]
    unit = registry.tree.resolve(UnitRef(code=commune(registry, 22)), date(2026, 1, 1))
    assert (
        SelectionRoundDecidedV1(
            round_id=UUID(one.id),
            force_unit_id=UUID(one.team),
            unit_id=unit.id,
            recognised_on=date(2026, 2, 25),
            recognised=1,
        )
        in told
    )
    assert {"registry.selection_round.decided.v1", "registry.member.enrolled.v1"} == {
        event.TYPE for event in told if event is not None
    }
