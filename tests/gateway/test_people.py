"""People in the schema: asked for a purpose, in one question, masked by the service."""

from typing import Any

from tests.gateway.parts import gid, key, unit, units_by_name
from tests.gateway.served import Caller, Players, Refuse

MEMBERS = """
  query {
    nodes(ids: ["%s"]) {
      ... on ForceUnit {
        members(first: 10) {
          nodes { post person(purpose: ROSTER) { id displayName mergedIds } }
        }
      }
    }
  }
"""


def person(name: str, **changes: Any) -> dict[str, Any]:
    return {
        "id": key(name),
        "shown": "masked",
        "display_name": name,
        "birth_year": 1990,
        "citizen_id_masked": "••••••••1234",
        "old_id_masked": None,
        "birth_date": None,
        "citizen_id": None,
        "old_id": None,
        "phone": None,
        "school_level": None,
        "resident_since": None,
        "unit_id": key("Bắc Kạn"),
        "erased_on": None,
        "merged_ids": [],
        "memberships": [],
    } | changes


def member(name: str) -> dict[str, Any]:
    return {
        "id": key(f"member {name}"),
        "force_unit_id": key("team"),
        "post": "member",
        "enrolled_on": "2021-01-05",
        "ceased_on": None,
        "ground": None,
        "person_id": key(name),
        "cursor": None,
    }


async def play_members(players: Players, *names: str) -> None:
    team = {
        "id": key("team"),
        "force_type": "security_order_team",
        "unit_id": key("Bắc Kạn"),
        "name": None,
        "established_on": "2024-07-01",
        "disbanded_on": None,
        "members": len(names),
        "cursor": None,
    }
    await players.play("registry.force_units.get", lambda _: {"rows": [team]})
    page = {
        "id": key("team"),
        "rows": [member(name) for name in names],
        "has_next": False,
    }
    await players.play("registry.members.list", lambda _: {"force_units": [page]})


async def test_names_of_a_roster_are_one_reading(
    officer: Caller, players: Players
) -> None:
    """One question with the purpose; who was merged is answered by who counts."""
    await play_members(players, "An", "Bình", "Chi")
    counts = person("An", merged_ids=[key("Chi")])
    await players.play(
        "registry.people.read", lambda _: {"rows": [counts, None, counts]}
    )
    answer = await officer.ask(MEMBERS % gid("ForceUnit", "team"))
    (team,) = answer.data["nodes"]
    shown = {
        "id": gid("Person", "An"),
        "displayName": "An",
        "mergedIds": [gid("Person", "Chi")],
    }

    assert [shown, None, shown] == [one["person"] for one in team["members"]["nodes"]]
    (asked,) = [one for one in players.asked if one.verb == "registry.people.read"]
    assert {
        "ids": [key("An"), key("Bình"), key("Chi")],
        "purpose": "roster",
    } == asked.body


async def test_without_a_person_nobody_is_read(
    officer: Caller, players: Players
) -> None:
    """A roster without names leaves no trace, for nothing was read."""
    await play_members(players, "An")
    query = '{ nodes(ids: ["%s"]) { ... on ForceUnit { members(first: 1) { nodes '
    query += "{ post } } } } }"
    await officer.ask(query % gid("ForceUnit", "team"))

    assert 0 == players.times("registry.people.read")


SEARCH = """
  mutation Search($input: PeopleSearchInput!) {
    peopleSearch(input: $input) {
      people { displayName birthYear citizenIdMasked unit { name } services { post } }
      hasNext
      userErrors { field code }
    }
  }
"""


async def test_a_search_is_a_mutation_whose_words_go_in_the_body(
    officer: Caller, players: Players
) -> None:
    """GET carries no mutation, so that no name can stand in an address."""
    await players.play(
        "registry.people.search", lambda _: {"rows": [person("An")], "has_next": True}
    )
    await players.play("registry.units.get", units_by_name("Bắc Kạn"))
    wanted = {
        "purpose": "DUPLICATE_CHECK",
        "name": "An",
        "birthDate": "1990-05-17",
        "unit": {"id": gid("Unit", "Bắc Kạn")},
    }
    answer = await officer.ask(SEARCH, {"input": wanted})

    assert {
        "people": [
            {
                "displayName": "An",
                "birthYear": 1990,
                "citizenIdMasked": "••••••••1234",
                "unit": {"name": unit("Bắc Kạn")["name"]},
                "services": [],
            }
        ],
        "hasNext": True,
        "userErrors": [],
    } == answer.data["peopleSearch"]
    asked = players.asked[0]
    assert {
        "purpose": "duplicate_check",
        "name": "An",
        "birth_date": "1990-05-17",
        "unit": {"id": key("Bắc Kạn")},
        "first": 20,
    } == asked.body
    assert "Idempotency-Key" not in asked.headers
    by_get = await officer.send("GET", params={"query": SEARCH, "variables": "{}"})
    assert 200 != by_get.status


async def test_a_refused_search_is_data(officer: Caller, players: Players) -> None:
    """With the path of what is missing."""

    def refuse(_: Any) -> Any:
        raise Refuse(422, "invalid", "registry.people.search_incomplete", "$.name")

    await players.play("registry.people.search", refuse)
    answer = await officer.ask(SEARCH, {"input": {"purpose": "ROSTER"}})

    assert {
        "people": [],
        "hasNext": False,
        "userErrors": [
            {"field": ["input", "name"], "code": "registry.people.search_incomplete"}
        ],
    } == answer.data["peopleSearch"]


async def test_a_pair_says_why_and_opens_only_when_asked(
    officer: Caller, players: Players
) -> None:
    """Its people are read for one purpose, both in one question."""
    pair = {
        "person_id": key("An"),
        "other_id": key("Ân"),
        "unit_id": key("Bắc Kạn"),
        "other_unit_id": key("Bắc Kạn"),
        "score": 90,
        "fields": [{"field": "name", "verdict": "same_without_marks", "points": 30}],
        "cursor": "c",
    }
    await players.play(
        "registry.duplicates.list", lambda _: {"rows": [pair], "has_next": False}
    )
    await players.play(
        "registry.people.read", lambda _: {"rows": [person("An"), person("Ân")]}
    )
    query = """
      query Pairs($unit: UnitRef!) {
        duplicates(unit: $unit, first: 5) {
          nodes { score fields { field verdict points } %s }
        }
      }
    """
    wanted = {"unit": {"code": "01840"}}
    bare = await officer.ask(query % "", wanted)

    assert [
        {
            "score": 90,
            "fields": [
                {"field": "name", "verdict": "same_without_marks", "points": 30}
            ],
        }
    ] == bare.data["duplicates"]["nodes"]
    assert 0 == players.times("registry.people.read")

    people = "person { displayName } other { displayName }"
    opened = await officer.ask(query % people, wanted)
    (row,) = opened.data["duplicates"]["nodes"]

    assert ("An", "Ân") == (row["person"]["displayName"], row["other"]["displayName"])
    (asked,) = [one for one in players.asked if one.verb == "registry.people.read"]
    assert {"ids": [key("An"), key("Ân")], "purpose": "duplicate_check"} == asked.body


READING = {
    "id": key("reading"),
    "at": "2026-03-02T02:00:00Z",
    "reader": "officer",
    "kind": "read",
    "purpose": "roster",
    "shown": "masked",
    "unit_id": key("Bắc Kạn"),
    "people": 2,
    "person_ids": [key("An")],
    "cursor": "r",
}
DISPUTE = {
    "id": key("dispute"),
    "person_id": key("An"),
    "unit_id": key("Bắc Kạn"),
    "fields": ["full_name"],
    "channel": "letter",
    "filed_on": "2026-03-02",
    "answer_by": "2026-03-04",
    "done_by": "2026-03-17",
    "answer_clock": "running",
    "done_clock": "running",
    "outcome": None,
    "reason": None,
    "answered_on": None,
    "done_on": None,
    "cursor": "d",
}


async def test_readings_and_disputes_are_lists(
    officer: Caller, players: Players
) -> None:
    """Who read what for whom; what is said to be wrong, and how the clocks stand."""
    for verb, row in (("people.reads", READING), ("people.disputes", DISPUTE)):
        page = {"rows": [row], "has_next": False}
        await players.play(f"registry.{verb}", lambda _, page=page: page)
    query = """
      query Both($unit: UnitRef!) {
        peopleReads(unit: $unit, first: 5) {
          nodes { at reader kind purpose shown people personIds }
        }
        peopleDisputes(unit: $unit, first: 5, onlyOpen: true) {
          nodes { fields channel answerBy answerClock outcome }
        }
      }
    """
    data = (await officer.ask(query, {"unit": {"code": "01840"}})).data

    assert {
        "at": "2026-03-02T02:00:00Z",
        "reader": "officer",
        "kind": "READ",
        "purpose": "ROSTER",
        "shown": "MASKED",
        "people": 2,
        "personIds": [gid("Person", "An")],
    } == data["peopleReads"]["nodes"][0]
    assert {
        "fields": ["FULL_NAME"],
        "channel": "LETTER",
        "answerBy": "2026-03-04",
        "answerClock": "running",
        "outcome": None,
    } == data["peopleDisputes"]["nodes"][0]
    asked = {one.verb: one.body for one in players.asked}
    assert asked["registry.people.disputes"]["only_open"]


async def test_an_erasure_gives_the_certificate_to_ask_for(
    officer: Caller, players: Players
) -> None:
    """Its id is given back as it came."""
    await players.play(
        "registry.person.erase",
        lambda _: {
            "person_id": key("An"),
            "certificate_id": key("certificate"),
            "erased_on": "2026-03-02",
        },
    )
    await players.play(
        "registry.person.certificate",
        lambda _: {
            "certificate_id": key("certificate"),
            "person_id": key("An"),
            "document": "{}",
            "signature": "c2ln",
            "public_key": "a2V5",
            "algorithm": "Ed25519",
        },
    )
    erase = """
      mutation Erase($input: PersonEraseInput!) {
        personErase(input: $input) { personId certificateId userErrors { code } }
      }
    """
    wanted = {"personId": gid("Person", "An"), "ground": "OWN_REQUEST"}
    made = (await officer.ask(erase, {"input": wanted})).data["personErase"]

    assert {
        "personId": gid("Person", "An"),
        "certificateId": gid("ErasureCertificate", "certificate"),
        "userErrors": [],
    } == made
    query = "query C($id: ID!) { erasureCertificate(certificateId: $id) "
    query += "{ document signature publicKey algorithm } }"
    found = await officer.ask(query, {"id": made["certificateId"]})
    assert {
        "document": "{}",
        "signature": "c2ln",
        "publicKey": "a2V5",
        "algorithm": "Ed25519",
    } == found.data["erasureCertificate"]


async def test_a_merger_names_both(officer: Caller, players: Players) -> None:
    """An id of another kind is refused before anything is asked."""
    await players.play(
        "registry.person.merge",
        lambda _: {"person_id": key("An"), "other_id": key("Ân")},
    )
    merge = """
      mutation Merge($input: PeoplePairInput!) {
        personMerge(input: $input) { personId otherId userErrors { field code } }
      }
    """
    pair = {"personId": gid("Person", "An"), "otherId": gid("Person", "Ân")}
    made = (await officer.ask(merge, {"input": pair})).data["personMerge"]

    assert pair | {"userErrors": []} == made
    wrong = {"input": pair | {"otherId": gid("Unit", "Ân")}}
    refused = (await officer.ask(merge, wrong)).data["personMerge"]["userErrors"]
    assert [["input", "otherId"]] == [error["field"] for error in refused]
    assert 1 == players.times("registry.person.merge")
