"""Nobody is answered without a valid token, and the token goes on to the services."""

import pytest

from deploy.embedded.issuer import Issuer
from tests.gateway.parts import gid, key, units_by_name
from tests.gateway.served import Caller, Players

VIEWER = "{ viewer { subject name agency scopes } }"


async def test_a_stranger_is_asked_for_a_token(stranger: Caller) -> None:
    """401 with a challenge and a GraphQL error, for questions and introspection."""
    for query in (VIEWER, "{ __typename }", "{ __schema { types { name } } }"):
        answer = await stranger.ask(query)
        assert (401, "UNAUTHENTICATED") == (answer.status, answer.code)
        assert 'Bearer realm="binhyen"' == answer.headers["www-authenticate"]
        assert "data" not in answer.body


@pytest.mark.parametrize(
    "authorization",
    ["Bearer", "Bearer x", "Bearer a.b.c", "Basic YTpi", "Bearer " + "x" * 9000],
)
async def test_a_bad_token_is_refused(authorization: str, officer: Caller) -> None:
    """401, and the challenge says why."""
    answer = await officer.ask(VIEWER, headers={"authorization": authorization})

    assert 401 == answer.status
    assert "error=" in answer.headers["www-authenticate"]


async def test_tokens_of_others_and_of_yesterday_are_refused(
    officer: Caller, issuer: Issuer
) -> None:
    """Expired, for another audience, from another issuer, of another kind."""
    bad = [
        issuer.token("officer", lifetime_s=-3600),
        issuer.token("officer", claims={"aud": "elsewhere"}),
        issuer.token("officer", claims={"iss": "urn:nobody"}),
    ]
    for token in bad:
        answer = await officer.ask(VIEWER, headers={"authorization": f"Bearer {token}"})
        assert 401 == answer.status


async def test_a_caller_sees_itself_as_its_token_says(officer: Caller) -> None:
    """Viewer shows name and scopes."""
    viewer = (await officer.ask(VIEWER)).data["viewer"]

    assert "officer" == viewer["subject"]
    assert "campaigns:write" in viewer["scopes"]


async def test_a_caller_sees_what_it_holds_today(
    officer: Caller, players: Players
) -> None:
    """Rights that were handed on are the registry's to tell, with their last day."""
    held = {
        "scopes": ["tips:read"],
        "unit_id": key("Bắc Kạn"),
        "last_day": "2026-12-31",
    }
    own = {"scopes": ["units:read"], "unit_id": key("Chợ Mới"), "last_day": None}
    await players.play("registry.access.mine", lambda _: {"rows": [own, held]})
    await players.play("registry.units.get", units_by_name("Bắc Kạn", "Chợ Mới"))
    asked = "{ viewer { subject rights { scopes lastDay unit { name } } } }"
    viewer = (await officer.ask(asked)).data["viewer"]

    assert "officer" == viewer["subject"]
    assert [
        (["units:read"], None, "Chợ Mới"),
        (["tips:read"], "2026-12-31", "Bắc Kạn"),
    ] == [(r["scopes"], r["lastDay"], r["unit"]["name"]) for r in viewer["rights"]]


async def test_the_callers_own_token_reaches_the_service(
    officer: Caller, players: Players
) -> None:
    """The gateway passes token, request id and time left; it decides no row itself."""
    await players.play("registry.units.get", units_by_name("Bắc Kạn"))
    query = f'{{ unit(id: "{gid("Unit", "Bắc Kạn")}") {{ name }} }}'
    answer = await officer.ask(
        query, headers={"x-request-id": "trace-42424242", "prefer": "wait=2"}
    )
    headers = players.asked[0].headers

    assert "Bắc Kạn" == answer.data["unit"]["name"]
    assert f"Bearer {officer.token}" == headers["Authorization"]
    assert "trace-42424242" == headers["X-Request-Id"]
    assert 0 < int(headers["Deadline-Ms"]) <= 2000
