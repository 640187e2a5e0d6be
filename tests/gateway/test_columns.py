"""What the schema shows of a row is what a contract answers, null where it may be."""

import importlib
import pkgutil
from collections.abc import Iterator
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import msgspec
import pytest
from graphql import GraphQLNonNull, GraphQLObjectType, is_introspection_type

from gateway.schema.base import needed_columns
from gateway.schema.build import build_schema
from services import contracts

# Put together in the gateway, of several answers or of what surrounds a row.
COMPOSED = {
    "Figures",
    "FiguresOrder",
    "FiguresTable",
    "GivenCount",
    "PageInfo",
    "PlannedTable",
    "Rehearsal",
    "Report",
    "ReportHeading",
    "UserError",
    "Viewer",
}
OF_THE_SCHEMA = {"Query", "Mutation", "Subscription"}
OF_LISTS = ("Connection", "Edge")


def shapes() -> list[type[msgspec.Struct]]:
    for module in pkgutil.walk_packages(contracts.__path__, f"{contracts.__name__}."):
        importlib.import_module(module.name)
    return [
        one
        for one in below(msgspec.Struct)
        if one.__module__.startswith(contracts.__name__)
    ]


def below(shape: type[msgspec.Struct]) -> Iterator[type[msgspec.Struct]]:
    for one in shape.__subclasses__():
        yield one
        yield from below(one)


def may_be_none(kind: Any) -> bool:
    bare = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    return get_origin(bare) in {Union, UnionType} and NoneType in get_args(bare)


def types_of_rows() -> list[GraphQLObjectType]:
    return [
        one
        for one in build_schema().type_map.values()
        if isinstance(one, GraphQLObjectType)
        and not is_introspection_type(one)
        and one.name not in OF_THE_SCHEMA
        and not one.name.endswith(OF_LISTS)
    ]


def columns_of(shown: GraphQLObjectType) -> dict[str, bool]:
    """Say of each column that a type reads whether it must be there."""
    found: dict[str, bool] = {}
    for field in shown.fields.values():
        definition = field.extensions["strawberry-definition"]
        as_it_is = definition.base_resolver is None
        for name in needed_columns(definition):
            found[name] = as_it_is and isinstance(field.type, GraphQLNonNull)
    found.pop("user_errors", None)
    return found


def answers(shape: type[msgspec.Struct], columns: dict[str, bool]) -> bool:
    """Tell whether a contract has all columns, and those that must be there always."""
    kinds = {one.name: one.type for one in msgspec.structs.fields(shape)}
    return all(
        name in kinds and not (must and may_be_none(kinds[name]))
        for name, must in columns.items()
    )


SHAPES = shapes()


@pytest.mark.parametrize("shown", types_of_rows(), ids=lambda one: one.name)
def test_a_type_shows_columns_that_a_contract_answers(
    shown: GraphQLObjectType,
) -> None:
    """A misspelt column, or null where the schema promises a value, is found here."""
    columns = columns_of(shown)
    found = any(answers(shape, columns) for shape in SHAPES)

    assert found or shown.name in COMPOSED, f"no contract answers {sorted(columns)}"
    assert not (found and shown.name in COMPOSED), "a contract answers it by now"
