"""Runs an operation that was let in, with its variables, for one caller.

Called by the view for queries and mutations and by the sockets for everything.
"""

from collections.abc import AsyncIterator, Mapping
from typing import Any

from graphql import ExecutionResult, GraphQLSchema, execute, subscribe
from graphql.pyutils import is_awaitable

from gateway.context import RequestContext
from gateway.documents import Operation
from gateway.errors import formatted_all


async def run(
    schema: GraphQLSchema,
    operation: Operation,
    variables: Mapping[str, Any],
    context: RequestContext,
) -> ExecutionResult:
    """Answer of a query or mutation; failures of fields are inside it."""
    name = operation.node.name
    result = execute(
        schema,
        operation.document,
        context_value=context,
        variable_values=dict(variables),
        operation_name=name.value if name else None,
    )
    if is_awaitable(result):
        return await result  # type: ignore[no-any-return]
    assert isinstance(result, ExecutionResult)  # noqa: S101 - not awaitable, so done
    return result


async def stream(
    schema: GraphQLSchema,
    operation: Operation,
    variables: Mapping[str, Any],
    context: RequestContext,
) -> AsyncIterator[ExecutionResult] | ExecutionResult:
    """Answers of a subscription one after another, or why there will be none."""
    name = operation.node.name
    result: Any = subscribe(
        schema,
        operation.document,
        context_value=context,
        variable_values=dict(variables),
        operation_name=name.value if name else None,
    )
    return (await result) if is_awaitable(result) else result  # type: ignore[no-any-return]


def is_request_error(result: ExecutionResult) -> bool:
    """Whether the operation was refused as a whole, before any field was asked."""
    return result.data is None and not any(error.path for error in result.errors or ())


def answer_of(
    result: ExecutionResult, request_id: str, cost: int | None
) -> dict[str, Any]:
    """Return the answer as its caller reads it; a refused request has no data entry."""
    answer: dict[str, Any] = {}
    if result.errors:
        answer["errors"] = formatted_all(result.errors, request_id)
    if not is_request_error(result):
        answer["data"] = result.data
        if cost is not None:
            answer["extensions"] = {"cost": {"requestedQueryCost": cost}}
    return answer
