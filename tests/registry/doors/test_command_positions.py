"""What the position of a command promises to those who wait for it."""

from services.registry.publishing import publish
from tests.registry.conftest import Registry
from tests.registry.doors.parts import NAME, decision, establish


async def test_an_enrolment_is_seen_where_its_last_public_fact_is(
    registry: Registry,
) -> None:
    """Persons are registered behind it, in private; nobody waits for that."""
    team = await establish(registry, "civil_defence_team", "01936")
    members = [{"full_name": NAME, "enrolled_on": "2021-01-05"} for _ in range(2)]
    answer = await registry.officer.post(
        f"/force-units/{team}/members",
        {"members": members, "decision": decision("2021-01-05")},
    )
    log = registry.runtime.log
    last = int(answer.headers["X-Position"])
    (fact,) = log.read_after(last - 1, 1)
    assert "registry.member.enrolled" == fact.topic
    behind = log.read_after(last, 10)
    assert ["registry.person.registered"] * 2 == [one.topic for one in behind]
    assert [None, None] == [publish(one) for one in behind]


async def test_what_stays_within_the_registry_has_no_position(
    registry: Registry,
) -> None:
    """A corrected record is nobody else's: there is nothing to wait for."""
    team = await establish(registry, "civil_defence_team", "01939")
    made = await registry.officer.post(
        f"/force-units/{team}/members",
        {"members": [{"full_name": NAME, "enrolled_on": "2021-01-05"}]},
    )
    (person,) = made.json()["member_ids"]
    keeper = registry.caller(
        "officer", scopes=("registry:read", "registry:write", "people:write")
    )
    answer = await keeper.post(
        f"/people/{person}/correction", {"full_name": f"{NAME} Hai"}
    )
    assert 200 == answer.status_code, answer.text
    assert "0" == answer.headers["X-Position"]
