"""The HTTP side of the endpoint: GraphQL over HTTP, to the letter.

Mounted by app.py. Decides about method, media types, caller, size and form of a
request; what the document asks for is decided in documents.py and execution.py.
"""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import orjson
import structlog
from graphql import GraphQLError, GraphQLSchema, OperationType
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from gateway.callers import Callers
from gateway.context import RequestContext, Services
from gateway.documents import DocumentStore, Operation
from gateway.errors import (
    CallerMissing,
    RequestRefused,
    defect,
    formatted_all,
    refused,
)
from gateway.execution import answer_of, is_request_error, run
from gateway.limits import Limits
from gateway.negotiation import GRAPHQL_JSON, JSON, answer_type, is_json
from gateway.telemetry import OPERATIONS, SECONDS

_LOG = structlog.get_logger("gateway")
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_WAIT = re.compile(r"(?:^|[,;\s])wait=(\d{1,3})(?:$|[,;\s])")


class Parameters(NamedTuple):
    """The four parameters of a GraphQL request."""

    query: str
    operation_name: str | None
    variables: Mapping[str, Any]
    extensions: Mapping[str, Any]


class HttpRefused(Exception):
    """A request that is refused by HTTP's own means, with a GraphQL error inside."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.status = status
        self.headers = headers or {}
        self.error = GraphQLError(message, extensions={"code": code})
        super().__init__(message)


@dataclass(slots=True)
class GraphQLView:
    """Answers `POST /graphql` and `GET /graphql`."""

    schema: GraphQLSchema
    documents: DocumentStore
    callers: Callers
    services: Services
    limits: Limits

    async def __call__(self, request: Request) -> Response:
        request_id = _request_id(request)
        media = answer_type(request.headers.get("accept"))
        headers = {"X-Request-Id": request_id, "Cache-Control": "no-store"}
        headers |= {
            "Vary": "Accept, Authorization",
            "X-Content-Type-Options": "nosniff",
        }
        try:
            status, body = await self._answer(request, media, request_id)
        except HttpRefused as refusal:
            status, headers = refusal.status, headers | dict(refusal.headers)
            body = {"errors": formatted_all([refusal.error], request_id)}
        except RequestRefused as refusal:
            status = 400 if media == GRAPHQL_JSON else 200
            body = {"errors": formatted_all(refusal.errors, request_id)}
        except Exception as fault:  # noqa: BLE001 - the last wall before the caller
            status, body = 500, {"errors": [defect(fault, request_id)]}
        return Response(
            orjson.dumps(body),
            status,
            headers,
            media_type=f"{media or JSON}; charset=utf-8",
        )

    async def _answer(
        self, request: Request, media: str | None, request_id: str
    ) -> tuple[int, dict[str, Any]]:
        if request.method not in {"GET", "POST"}:
            raise HttpRefused(
                405, "METHOD_NOT_ALLOWED", "Use POST or GET.", {"Allow": "GET, POST"}
            )
        if media is None:
            raise HttpRefused(
                406, "NOT_ACCEPTABLE", f"Answers are {GRAPHQL_JSON} or {JSON}."
            )
        caller = self._caller(request)
        parameters = await self._parameters(request)
        operation = self.documents.document(parameters.query).operation(
            parameters.operation_name
        )
        _refuse_kind(request, operation)
        cost = operation.admitted_cost(parameters.variables, self.limits)
        context = RequestContext(
            caller=caller,
            services=self.services,
            request_id=request_id,
            seconds=self._seconds(request),
            idempotency_key=_idempotency_key(request),
            root_fields=len(operation.node.selection_set.selections),
        )
        return await self._executed(operation, parameters, context, (media, cost))

    async def _executed(
        self,
        operation: Operation,
        parameters: Parameters,
        context: RequestContext,
        terms: tuple[str, int],
    ) -> tuple[int, dict[str, Any]]:
        media, cost = terms
        started = time.perf_counter()
        result = await run(self.schema, operation, parameters.variables, context)
        seconds = time.perf_counter() - started
        kind = operation.kind.value
        outcome = "ok" if not result.errors else "partial" if result.data else "failed"
        OPERATIONS.labels(kind, outcome).inc()
        SECONDS.labels(kind).observe(seconds)
        # A good answer to a question is no news; commands and troubles are.
        quiet = kind == "query" and outcome == "ok"
        (_LOG.debug if quiet else _LOG.info)(
            "gateway.operation",
            request_id=context.request_id,
            caller=context.caller.subject,
            kind=kind,
            outcome=outcome,
            cost=cost,
            milliseconds=round(seconds * 1000, 2),
        )
        status = 400 if is_request_error(result) and media == GRAPHQL_JSON else 200
        return status, answer_of(result, context.request_id, cost)

    def _caller(self, request: Request) -> Any:
        try:
            return self.callers.of_header(request.headers.get("authorization"))
        except CallerMissing as missing:
            challenge = 'Bearer realm="binhyen"'
            if missing.reason:
                challenge += f', error="{missing.reason}"'
            raise HttpRefused(
                401,
                "UNAUTHENTICATED",
                "Send 'Authorization: Bearer <token>' with a valid access token.",
                {"WWW-Authenticate": challenge},
            ) from None

    def _seconds(self, request: Request) -> float:
        wish = _WAIT.search(request.headers.get("prefer", ""))
        most = self.limits.deadline_seconds
        return min(max(float(wish[1]), 0.1), most) if wish else most

    async def _parameters(self, request: Request) -> Parameters:
        if request.method == "GET":
            given: Any = dict(request.query_params)
            for name in ("variables", "extensions"):
                if given.get(name):
                    given[name] = _json(given[name], name)
            return _checked(given)
        if not is_json(request.headers.get("content-type")):
            raise HttpRefused(
                415,
                "UNSUPPORTED_MEDIA_TYPE",
                f"Send {JSON} in UTF-8.",
                {"Accept": JSON},
            )
        return _checked(_json(await self._body(request), "The body"))

    async def _body(self, request: Request) -> bytes:
        declared = request.headers.get("content-length", "0")
        most = self.limits.body_bytes
        body = bytearray()
        too_large = declared.isdigit() and int(declared) > most
        try:
            async for chunk in request.stream():
                body += chunk
                if too_large or len(body) > most:
                    raise HttpRefused(
                        413,
                        "BODY_TOO_LARGE",
                        f"A request has at most {most} bytes.",
                        {"Connection": "close"},
                    )
        except ClientDisconnect:
            raise HttpRefused(400, "BAD_REQUEST", "The body is incomplete.") from None
        return bytes(body)


def _refuse_kind(request: Request, operation: Operation) -> None:
    if operation.kind is OperationType.SUBSCRIPTION:
        raise refused(
            "BAD_REQUEST", "Subscriptions are served by graphql-transport-ws only."
        )
    if operation.kind is OperationType.MUTATION and request.method == "GET":
        raise HttpRefused(
            405, "METHOD_NOT_ALLOWED", "Mutations are sent by POST.", {"Allow": "POST"}
        )


def _json(text: bytes | str, what: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        raise HttpRefused(
            400, "BAD_REQUEST", f"{what} is not JSON in UTF-8, or nested too deeply."
        ) from None


def _checked(given: Any) -> Parameters:
    if not isinstance(given, dict):
        raise HttpRefused(
            400, "BAD_REQUEST", "Send one JSON object; batches are not served."
        )
    for name, form, needed in (
        ("query", str, True),
        ("operationName", str, False),
        ("variables", dict, False),
        ("extensions", dict, False),
    ):
        value = given.get(name)
        if (value is None and needed) or not isinstance(value, form | None):
            article = "a string" if form is str else "an object"
            raise HttpRefused(400, "BAD_REQUEST", f"'{name}' is to be {article}.")
    return Parameters(
        given["query"],
        given.get("operationName"),
        given.get("variables") or {},
        given.get("extensions") or {},
    )


def _request_id(request: Request) -> str:
    given = request.headers.get("x-request-id", "")
    return given if _REQUEST_ID.fullmatch(given) else uuid4().hex


def _idempotency_key(request: Request) -> UUID | None:
    given = request.headers.get("idempotency-key")
    if given is None:
        return None
    try:
        return UUID(given.strip().strip('"'))
    except ValueError:
        raise HttpRefused(
            400, "BAD_IDEMPOTENCY_KEY", "Idempotency-Key is to be a UUID."
        ) from None
