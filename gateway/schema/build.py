"""Puts the schema together once per process, with leaves that cost one dict lookup.

Called by app.py and print_schema.py.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

import strawberry
from graphql import (
    GraphQLObjectType,
    GraphQLSchema,
    assert_valid_schema,
    is_introspection_type,
)
from strawberry.schema.config import StrawberryConfig

from gateway.schema.base import global_id
from gateway.schema.campaigns import Campaign, Model, ModelPoint, Session
from gateway.schema.forces import ForceUnit
from gateway.schema.reporting import Report
from gateway.schema.roots import Mutation, Query, Subscription
from gateway.schema.scalars import SCALARS
from gateway.schema.units import Unit

_NODES = (Unit, ForceUnit, Campaign, Session, Model, ModelPoint, Report)


@cache
def strawberry_schema() -> strawberry.Schema:
    """Return the schema as Strawberry knows it."""
    return strawberry.Schema(
        Query,
        Mutation,
        Subscription,
        types=_NODES,
        config=StrawberryConfig(scalar_map=SCALARS, default_resolver=dict.get),
    )


@cache
def build_schema() -> GraphQLSchema:
    """Return the schema that is executed: plain columns are read without a wrapper."""
    schema = strawberry_schema()._schema  # noqa: SLF001 - no public way to the core
    for graphql_type in schema.type_map.values():
        if isinstance(graphql_type, GraphQLObjectType) and not is_introspection_type(
            graphql_type
        ):
            _read_columns_directly(graphql_type)
    assert_valid_schema(schema)
    return schema


def _read_columns_directly(graphql_type: GraphQLObjectType) -> None:
    # Rows are dicts: an instance check of Strawberry's would refuse each of them.
    graphql_type.is_type_of = None
    for name, field in graphql_type.fields.items():
        definition = field.extensions["strawberry-definition"]
        if definition.base_resolver is not None:
            continue
        if name == "id":
            field.resolve = _opaque(graphql_type.name)
        else:
            field.resolve = _column(definition.python_name)


def _column(name: str) -> Callable[..., Any]:
    def resolve(row: dict[str, Any], _info: Any) -> Any:
        return row.get(name)

    return resolve


def _opaque(typename: str) -> Callable[..., Any]:
    shown = typename.removesuffix("Heading")

    def resolve(row: dict[str, Any], _info: Any) -> str:
        return global_id(shown, row.get("id") or row[f"{shown.lower()}_id"])

    return resolve


def printed_schema() -> str:
    """Return the schema as text for agencies, tools and the committed file."""
    return strawberry_schema().as_str().rstrip("\n") + "\n"
