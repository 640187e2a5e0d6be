"""Every question of the schema, put to the whole running platform with real rows."""

import json
from collections.abc import Iterator
from typing import Any, Final

import aiohttp
import pytest
from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)

from demo.published import Published
from demo.running import Demo
from demo.telling import Silence
from deploy.embedded.issuer import COUNTRY, Issuer
from deploy.embedded.run_file import Run
from gateway.schema.build import build_schema
from tests.architecture.test_doors import WAYS

SHARE: Final = 0.05
DEEP: Final = 3
# What a required argument is given, by its name and its type, the first that is known.
EXAMPLES: Final[dict[str, str]] = {
    "first": "2",
    "text": '"bac kan"',
    "fromDay": '"2023-01-01"',
    "toDay": '"2023-12-31"',
    "period": "{ year: 2023 }",
    "hierarchy": '"administration"',
    "UnitRef": '{ code: "19" }',
}
# Ids that the platform of this test has; of others there is nothing to ask for.
UNIT_IDS: Final = frozenset({"unit", "unitId"})


def scopes() -> list[str]:
    found: set[str] = set()
    for way in WAYS:
        asked: Any = way.scope or ()
        found.update((asked,) if isinstance(asked, str) else asked)
    return sorted(found)


def value_of(name: str, argument: GraphQLArgument, unit_id: str) -> str | None:
    kind = str(get_named_type(argument.type))
    if kind == "ID":
        return json.dumps(unit_id)
    return EXAMPLES.get(name) or EXAMPLES.get(kind)


def arguments(field: GraphQLField, unit_id: str) -> str | None:
    """Return the arguments in brackets; None where an example is missing."""
    told = []
    for name, argument in field.args.items():
        if not is_required_argument(argument):
            continue
        value = value_of(name, argument, unit_id)
        if value is None:
            return None
        told.append(f"{name}: {value}")
    return f"({', '.join(told)})" if told else ""


def selection(kind: Any, unit_id: str, deep: int) -> str:
    """Return everything below a type, so far down."""
    if isinstance(kind, GraphQLInterfaceType):
        return "{ __typename }"
    assert isinstance(kind, GraphQLObjectType), kind
    parts = []
    for name, field in kind.fields.items():
        below = get_named_type(field.type)
        told = arguments(field, unit_id)
        if told is None:
            continue
        if is_leaf_type(below):
            parts.append(f"{name}{told}")
        elif deep > 0:
            parts.append(f"{name}{told} {selection(below, unit_id, deep - 1)}")
    return f"{{ __typename {' '.join(parts)} }}"


def asks_for_another_id(field: GraphQLField) -> bool:
    return any(
        str(get_named_type(argument.type)) == "ID" and name not in UNIT_IDS
        for name, argument in field.args.items()
        if is_required_argument(argument)
    )


def questions(unit_id: str) -> Iterator[tuple[str, str]]:
    query = build_schema().query_type
    assert query is not None
    for name, field in query.fields.items():
        if asks_for_another_id(field):
            continue
        told = arguments(field, unit_id)
        if name == "unit":
            told = '(code: "19")'
        assert told is not None, f"no example for an argument of {name}"
        below = get_named_type(field.type)
        asked = "" if is_leaf_type(below) else selection(below, unit_id, DEEP)
        yield name, f"{{ {name}{told} {asked} }}"


@pytest.mark.timeout(300)
async def test_every_question_is_answered_by_the_services_behind_it(
    platform: tuple[Run, Issuer], published: Published
) -> None:
    """Names, shapes and columns agree from the schema down to the tables."""
    run, issuer = platform
    await Demo(run, issuer, published, SHARE).load(Silence())
    token = issuer.token("officer", scopes=scopes(), unit_roots=[COUNTRY])
    headers = {"Authorization": f"Bearer {token}"}
    wrong: dict[str, Any] = {}
    async with aiohttp.ClientSession(headers=headers) as http:

        async def answered(document: str) -> Any:
            url = f"{run.gateway_url}/graphql"
            async with http.post(url, json={"query": document}) as answer:
                return await answer.json()

        found = await answered('{ unit(code: "19") { id } }')
        for name, document in questions(found["data"]["unit"]["id"]):
            answer = await answered(document)
            if "errors" in answer:
                wrong[name] = [e["message"] for e in answer["errors"]], document
    assert {} == {name: why for name, (why, _) in wrong.items()}
