"""The verbs over the bus, and what leaves the service."""

from uuid import uuid4

import msgspec
import pytest

from services.chassis import nats
from services.chassis.requests import RemoteRefusal
from services.contracts.reporting import api
from tests.reporting import units
from tests.reporting.world import World, until


async def test_verbs_answer_as_the_http_door_does(world: World) -> None:
    """Children, indicators, drafting and reading over the bus."""
    children = await world.ask(
        "figures.children",
        api.ChildrenRequest(
            unit_ids=[units.THAI_NGUYEN],
            period=api.PeriodSpec(year=2023),
            geography="restated",
        ),
        api.ChildrenAnswer,
    )
    codes = [child.unit_code for child in children.rows[0].children]
    catalogue = await world.ask(
        "indicators.list", api.IndicatorsRequest(), api.IndicatorsAnswer
    )
    token = world.issuer.token("reviewer")
    body = api.DraftReport(unit_id=units.BAC_KAN, period=api.PeriodSpec(year=2023))
    key = uuid4()
    raw = await world.gateway.call(
        "reporting", "report.draft", body, token=token, key=key
    )
    again = await world.gateway.call(
        "reporting", "report.draft", body, token=token, key=key
    )
    reply = msgspec.json.decode(raw, type=api.ReportDraftedReply)
    got = await world.ask(
        "report.get",
        api.ReportsRequest(report_ids=[uuid4(), reply.report_id]),
        api.ReportsAnswer,
    )
    listed = await world.ask(
        "report.of_units",
        api.UnitReportsRequest(unit_ids=[units.LANG_SON, units.BAC_KAN]),
        api.UnitReportsAnswer,
    )

    assert ["01840", "01906", "05437"] == codes
    assert 10 <= len(catalogue.rows)
    assert raw == again
    assert got.rows[0] is None
    assert reply.number_and_symbol == got.rows[1].number_and_symbol
    assert [0, 1] == [len(row.reports) for row in listed.rows]


async def test_drafted_report_leaves_as_a_public_fact(
    world: World,
) -> None:
    """Others hear of it on EV_REPORTING."""
    body = api.DraftReport(unit_id=units.CITY, period=api.PeriodSpec(year=2023))
    token = world.issuer.token("reviewer")
    raw = await world.gateway.call(
        "reporting", "report.draft", body, token=token, key=uuid4()
    )
    reply = msgspec.json.decode(raw, type=api.ReportDraftedReply)
    listener = world.campaigns.client

    async def published() -> bool:
        last = await nats.stored_message(
            listener, "EV_REPORTING", last_by_subj="ev.reporting.*.report.drafted.v1"
        )
        return last is not None and str(reply.report_id).encode() in last.payload

    await until(published)


async def test_verbs_keep_to_scope_and_reach(world: World) -> None:
    """A row out of reach is refused as a row; a scope that is missing, as a whole."""
    request = api.FiguresRequest(
        unit_ids=[units.LANG_SON, units.BAC_KAN], period=api.PeriodSpec(year=2023)
    )
    raw = await world.gateway.call(
        "reporting", "figures.get", request, token=world.issuer.token("officer")
    )
    rows = msgspec.json.decode(raw, type=api.FiguresAnswer).rows

    assert rows[0].refusal is not None
    assert "reporting.unit.not_visible" == rows[0].refusal.code
    assert [units.LANG_SON, units.BAC_KAN] == [row.unit_id for row in rows]
    assert rows[1].lines
    with pytest.raises(RemoteRefusal) as refused:
        await world.gateway.call(
            "reporting", "figures.get", request, token=world.issuer.token("mttq")
        )
    assert "auth.scope_missing" == refused.value.code
