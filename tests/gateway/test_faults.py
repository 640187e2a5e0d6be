"""What fails behind the gateway costs one field, and no secret leaves with it."""

import asyncio
from typing import Any

import pytest

from tests.gateway.parts import gid, key, unit, units_by_name
from tests.gateway.served import Caller, Players, Refuse

SECRET = "postgresql://tips:hunter2@10.0.0.7/binhyen"
TWO_SERVICES = """
  query Two($id: ID!) {
    unit(id: $id) { name }
    models(first: 5) { nodes { name } }
  }
"""


async def test_a_service_that_is_away_costs_its_own_field(
    officer: Caller, players: Players
) -> None:
    """Partial data with the path and a code that says to try again."""
    await players.play("registry.units.get", units_by_name("Bắc Kạn"))
    answer = await officer.ask(TWO_SERVICES, {"id": gid("Unit", "Bắc Kạn")})

    assert 200 == answer.status
    assert {"unit": {"name": "Bắc Kạn"}, "models": None} == answer.body["data"]
    assert ["models"] == answer.error["path"]
    assert "UPSTREAM_UNAVAILABLE" == answer.code
    assert answer.error["extensions"]["retryable"] is True


async def test_a_service_that_is_slow_costs_its_own_field(
    officer: Caller, players: Players
) -> None:
    """The caller's patience bounds the wait, and the rest is answered."""

    async def slow(_: Any) -> Any:
        await asyncio.sleep(5)

    await players.play("registry.units.get", units_by_name("Bắc Kạn"))
    await players.play("campaigns.models.list", slow)
    async with asyncio.timeout(3):
        answer = await officer.ask(
            TWO_SERVICES,
            {"id": gid("Unit", "Bắc Kạn")},
            headers={"prefer": "wait=1"},
        )

    assert {"name": "Bắc Kạn"} == answer.body["data"]["unit"]
    assert "UPSTREAM_TIMEOUT" == answer.code


async def test_no_text_of_an_exception_reaches_a_caller(
    officer: Caller, players: Players
) -> None:
    """A service that answers its exception's text is not quoted."""

    def leak(_: Any) -> Any:
        raise RuntimeError(SECRET)

    await players.play("campaigns.models.list", leak)
    answer = await officer.ask("{ models(first: 5) { nodes { name } } }")

    assert "UPSTREAM_FAILED" == answer.code
    assert "hunter2" not in answer.raw.decode()


async def test_no_value_of_a_broken_answer_reaches_a_caller(
    officer: Caller, players: Players
) -> None:
    """Rows of another shape are our fault, told by nothing but a request id."""
    for broken in (
        {"rows": [{"id": key("a"), "name": "x", "points": SECRET}], "has_next": False},
        {"rows": SECRET, "has_next": False},
        {"nothing": SECRET},
        [SECRET],
    ):
        await players.play("campaigns.models.list", lambda _, broken=broken: broken)
        answer = await officer.ask("{ models(first: 5) { nodes { name points } } }")

        assert "INTERNAL" == answer.code, broken
        assert answer.error["extensions"]["requestId"] == answer.headers["x-request-id"]
        assert "hunter2" not in answer.raw.decode()
        assert answer.body["data"]["models"] is None


async def test_a_refusal_of_a_question_is_told_with_its_own_code(
    officer: Caller, players: Players
) -> None:
    """A question that a service refuses says so at its path, in both languages."""

    def refuse(_: Any) -> Any:
        raise Refuse(403, "forbidden", "auth.scope_missing")

    await players.play("campaigns.models.list", refuse)
    answer = await officer.ask("{ models(first: 5) { nodes { name } } }")
    extensions = answer.error["extensions"]

    assert "auth.scope_missing" == extensions["code"]
    assert "Bị từ chối." == extensions["messageVi"]
    assert extensions["retryable"] is False


async def test_a_tampered_cursor_is_refused_by_the_service_that_made_it(
    officer: Caller, players: Players
) -> None:
    """A cursor of the right shape goes to the service; its refusal names the field."""

    def refuse(_: Any) -> Any:
        raise Refuse(422, "invalid", "lists.cursor_invalid", "$.after")

    await players.play("campaigns.models.list", refuse)
    answer = await officer.ask(
        '{ models(first: 5, after: "dGFtcGVyZWQ") { nodes { name } } }'
    )

    assert "lists.cursor_invalid" == answer.code
    assert ["after"] == answer.error["extensions"]["field"]


async def test_validation_still_says_what_is_wrong(officer: Caller) -> None:
    """Masking does not hide the caller's own mistakes."""
    answer = await officer.ask("{ unit(kode: 1) { name } }")

    assert "kode" in answer.error["message"]
    assert "GRAPHQL_VALIDATION_FAILED" == answer.code


async def test_an_argument_of_the_wrong_form_is_told(
    officer: Caller, players: Players
) -> None:
    """A day that does not exist is the caller's mistake, wherever it stands."""
    literal = await officer.ask('{ unit(code: "06", on: "2023-02-30") { name } }')
    variable = await officer.ask(
        'query Q($on: Date) { unit(code: "06", on: $on) { name } }',
        {"on": "2023-02-30"},
    )

    assert 400 == literal.status == variable.status
    assert "YYYY-MM-DD" in literal.error["message"]
    assert "YYYY-MM-DD" in variable.error["message"]


async def test_one_failing_row_of_nodes_leaves_the_others(
    officer: Caller, players: Players
) -> None:
    """A service that is away costs its own objects among many."""
    await players.play("registry.units.get", lambda _: {"rows": [unit("Bắc Kạn")]})
    answer = await officer.ask(
        "query Q($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }",
        {"ids": [gid("Unit", "Bắc Kạn"), gid("Model", "away")]},
    )

    assert "Unit" == answer.body["data"]["nodes"][0]["__typename"]
    assert answer.body["data"]["nodes"][1] is None
    assert ["nodes", 1] == answer.error["path"]


async def test_a_defect_of_the_gateway_itself_is_masked(
    officer: Caller, monkeypatch: pytest.MonkeyPatch, logs: list[Any]
) -> None:
    """500 with an id to quote; the cause is in the log alone, under that id."""

    def broken(*_: object) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr("gateway.view.run", broken)
    answer = await officer.ask("{ viewer { name } }")
    logged = next(one for one in logs if one["event"] == "gateway.fault")

    assert (500, "INTERNAL") == (answer.status, answer.code)
    assert "hunter2" not in answer.raw.decode()
    assert answer.headers["x-request-id"] == logged["request_id"]
    assert "RuntimeError" == logged["fault"]
