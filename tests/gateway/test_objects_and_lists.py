"""Objects by id, lists by page, and one question to a service for many rows."""

from typing import Any

import pytest

from gateway.schema.base import global_id, parse_global_id
from tests.gateway.parts import figures, gid, key, session, unit, units_by_name
from tests.gateway.served import Caller, Players

NODE = "query Node($id: ID!) { node(id: $id) { __typename id } }"


async def test_an_object_is_found_again_by_its_id(
    officer: Caller, players: Players
) -> None:
    """The id in an answer is the id to ask with, and is opaque."""
    await players.play("registry.units.get", units_by_name("Bắc Kạn"))
    asked = gid("Unit", "Bắc Kạn")
    node = (await officer.ask(NODE, {"id": asked})).data["node"]

    assert {"__typename": "Unit", "id": asked} == node
    assert key("Bắc Kạn") not in asked


@pytest.mark.parametrize(
    "identity",
    [
        "",
        "not-base64!",
        "VW5pdDox",
        gid("Unit", "absent"),
        global_id("Tip", key("a")),
        global_id("Unit", key("a")) + "AAAA",
        "VW5pdA",
        "\u0000",
        "é",
    ],
)
async def test_what_is_not_visible_looks_like_what_is_not_there(
    identity: str, officer: Caller, players: Players
) -> None:
    """A foreign, broken or unknown id answers null without an error."""
    await players.play("registry.units.get", units_by_name("Bắc Kạn"))

    assert {"node": None} == (await officer.ask(NODE, {"id": identity})).data


def test_ids_come_back_as_they_went_out() -> None:
    """Type and identity survive the way there and back."""
    typename, identity = parse_global_id(gid("Session", "x")) or ("", "")

    assert ("Session", key("x")) == (typename, str(identity))


async def test_an_object_of_another_type_is_refused_as_argument(
    officer: Caller, players: Players
) -> None:
    """A campaign's id names no unit."""
    answer = await officer.ask(
        "query Q($id: ID!) { unit(id: $id) { name } }", {"id": gid("Campaign", "x")}
    )

    assert "gateway.id.invalid" == answer.code


async def test_a_page_has_edges_nodes_and_cursors(
    officer: Caller, players: Players
) -> None:
    """A connection shows the service's rows and cursors as they are."""
    rows = [session("a"), session("b", attendance=0)]
    await players.play(
        "campaigns.sessions.list", lambda _: {"rows": rows, "has_next": True}
    )
    answer = await officer.ask(
        """
        query Page($after: String) {
          sessions(first: 2, after: $after, filter: {kind: OUTREACH}) {
            edges { cursor node { heldOn } }
            nodes { attendance kind origin }
            pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
            totalCount
          }
        }
        """,
        {"after": "c-0"},
    )
    page = answer.data["sessions"]

    assert ["c-a", "c-b"] == [edge["cursor"] for edge in page["edges"]]
    assert "2023-03-15" == page["edges"][0]["node"]["heldOn"]
    assert [60, 0] == [node["attendance"] for node in page["nodes"]]
    assert ("OUTREACH", "OWN") == (page["nodes"][0]["kind"], page["nodes"][0]["origin"])
    assert {
        "hasNextPage": True,
        "hasPreviousPage": True,
        "startCursor": "c-a",
        "endCursor": "c-b",
    } == page["pageInfo"]
    assert page["totalCount"] is None
    assert {"first": 2, "after": "c-0", "kind": "outreach"} == players.asked[0].body


async def test_only_the_columns_asked_for_are_fetched(
    officer: Caller, players: Players
) -> None:
    """The field mask names what the document selects, through fragments as well."""
    await players.play(
        "campaigns.sessions.list", lambda _: {"rows": [], "has_next": False}
    )
    await officer.ask(
        """
        { sessions(first: 1) {
            nodes { ...some ... on Session { unit { id } } }
            edges { node { venue } }
        } }
        fragment some on Session { day: heldOn attendance }
        """
    )

    assert "attendance,held_on,id,unit_id,venue" == players.asked[0].headers["X-Fields"]


async def test_a_list_of_rows_costs_one_question_per_level(
    officer: Caller, players: Players
) -> None:
    """Fifty sessions in three units ask for the units once."""
    names = ("A", "B", "C")
    rows = [session(str(n), unit_id=key(names[n % 3])) for n in range(50)]
    await players.play(
        "campaigns.sessions.list", lambda _: {"rows": rows, "has_next": False}
    )
    await players.play("registry.units.get", units_by_name(*names))
    answer = await officer.ask("{ sessions(first: 50) { nodes { unit { name } } } }")

    assert "B" == answer.data["sessions"]["nodes"][1]["unit"]["name"]
    assert 1 == players.times("registry.units.get")
    assert {key(name) for name in names} == set(players.asked[1].body["ids"])


async def test_an_id_alone_costs_no_question(officer: Caller, players: Players) -> None:
    """The id of a row's unit is in the row."""
    await players.play(
        "campaigns.sessions.list",
        lambda _: {"rows": [session("a")], "has_next": False},
    )
    answer = await officer.ask("{ sessions(first: 1) { nodes { unit { id } } } }")

    assert gid("Unit", "Bắc Kạn") == answer.data["sessions"]["nodes"][0]["unit"]["id"]
    assert 1 == len(players.asked)


TREE = """
{ unit(code: "06", on: "2023-12-14") {
    children(first: 50, on: "2023-12-14") { nodes {
      name
      figures(period: {year: 2023}) { unitName lines { value change } }
      strength(on: "2023-12-14") { forceType members }
    } }
} }
"""


async def test_children_figures_and_strength_are_asked_for_all_units_at_once(
    officer: Caller, players: Players
) -> None:
    """Each level of the tree costs one question per service, however wide it is."""
    children = [unit(name, parent_id=key("Bắc Kạn")) for name in ("A", "B", "C")]
    await players.play("registry.units.resolve", lambda _: unit("Bắc Kạn"))
    await players.play(
        "registry.units.children",
        lambda body: {
            "parents": [
                {"id": one, "rows": children, "has_next": False} for one in body["ids"]
            ]
        },
    )
    await players.play("reporting.figures.get", lambda _: figures("A", "B", "C"))
    await players.play(
        "registry.strength.get",
        lambda body: {
            "on": "2023-12-14",
            "rows": [
                {
                    "unit_id": body["ids"][0],
                    "force_type": "part_time_commune_police",
                    "force_units": 3,
                    "members": 9,
                }
            ],
        },
    )
    answer = await officer.ask(TREE)
    nodes = answer.data["unit"]["children"]["nodes"]

    assert ["A", "B", "C"] == [node["figures"]["unitName"] for node in nodes]
    assert 939 == nodes[2]["figures"]["lines"][0]["value"]
    assert "PART_TIME_COMMUNE_POLICE" == nodes[0]["strength"][0]["forceType"]
    assert [] == nodes[1]["strength"]
    assert [
        "registry.strength.get",
        "registry.units.children",
        "registry.units.resolve",
        "reporting.figures.get",
    ] == sorted(one.verb for one in players.asked)
    assert {"code": "06"} == players.asked[0].body["unit"]


async def test_figures_carry_period_terms_to_reporting(
    officer: Caller, players: Players
) -> None:
    """Period, calendar, geography and indicators reach the service as it names them."""
    await players.play("reporting.figures.get", lambda _: figures("Bắc Kạn"))
    await officer.ask(
        """
        query F($id: ID!) {
          figures(unitId: $id, period: {year: 2023, kind: QUARTER, number: 2},
                  calendar: PROCURACY, geography: RESTATED, indicators: ["a"]) {
            period { nameVi firstDay } freshness { waitingFacts }
          }
        }
        """,
        {"id": gid("Unit", "Bắc Kạn")},
    )

    assert {
        "unit_ids": [key("Bắc Kạn")],
        "period": {"year": 2023, "kind": "quarter", "number": 2},
        "calendar": "procuracy",
        "geography": "restated",
        "indicators": ["a"],
    } == players.asked[0].body


async def test_figures_along_a_hierarchy_carry_its_code_and_day(
    officer: Caller, players: Players
) -> None:
    """The order that was asked for stands in the answer; without one it is null."""

    def answer(body: Any) -> Any:
        order = {name: body.get(name) for name in ("hierarchy", "on")}
        return figures("Bắc Kạn") | order

    await players.play("reporting.figures.get", answer)
    found = await officer.ask(
        """
        query F($id: ID!) {
          police: figures(unitId: $id, period: {year: 2023},
                  along: {hierarchy: "police_line", on: "2025-04-01"}) {
            along { hierarchy on }
          }
          plain: figures(unitId: $id, period: {year: 2023}) { along { on } }
        }
        """,
        {"id": gid("Unit", "Bắc Kạn")},
    )
    assert {
        "police": {"along": {"hierarchy": "police_line", "on": "2025-04-01"}},
        "plain": {"along": None},
    } == found.data
    bodies = [one.body for one in players.asked]
    assert [True, False] == sorted(("hierarchy" in one for one in bodies), reverse=True)


async def test_tip_counters_show_counts_and_nothing_else(
    officer: Caller, players: Players
) -> None:
    """The counters of a unit, hidden ones as null."""
    await players.play(
        "tips.tips.counters",
        lambda body: {
            "rows": [
                {
                    "unit_id": body["unit_ids"][0],
                    "received": 800,
                    "spam": 3,
                    "triaged": 700,
                    "valuable": 527,
                    "by_category": None,
                    "small_counts_hidden": True,
                }
            ]
        },
    )
    answer = await officer.ask(
        """
        query T($id: ID!) {
          tipCounts(unitId: $id, fromDay: "2022-12-15", toDay: "2023-12-14") {
            received valuable byCategory { category } smallCountsHidden
          }
        }
        """,
        {"id": gid("Unit", "Bắc Kạn")},
    )

    assert {
        "received": 800,
        "valuable": 527,
        "byCategory": None,
        "smallCountsHidden": True,
    } == answer.data["tipCounts"]
