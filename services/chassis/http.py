"""The HTTP door of a service: routes that decode, call one handler, and answer.

Bodies are msgspec Structs, the same that the NATS verbs take, so that each shape is
defined once. Refusals leave as RFC 9457 problems; a defect leaves with its correlation
id and nothing else.
"""

import re
import time
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec
import structlog
from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from services.chassis.bodies import (
    JSON,
    decode_body,
    decode_query,
    read_body,
    read_upload,
)
from services.chassis.calls import (
    Call,
    CommandKey,
    Outcome,
    Scope,
    command_key,
    require_scope,
)
from services.chassis.dispatch import DoorDispatch
from services.chassis.errors import DomainError
from services.chassis.identity import Principal
from services.chassis.ids import new_id
from services.chassis.observability import CALLS, DEFECTS
from services.chassis.openapi import PROBLEM, Door, Handler, components_of, described
from services.chassis.text import normalise

if TYPE_CHECKING:
    from services.chassis.service import Runtime


_CORRELATION = re.compile(r"[A-Za-z0-9._-]{8,64}")
_NO_DOOR = {
    400: ("Yêu cầu không hợp lệ.", "The request is not valid."),
    404: ("Không có địa chỉ này.", "There is no such address."),
    405: ("Địa chỉ này không nhận phương thức đó.", "The method does not fit."),
}

logger = structlog.get_logger()


def add_door(router: APIRouter, door: Door) -> None:
    """Let the router answer the door; a ``quiet`` one leaves no trace of a call."""

    async def endpoint(request: Request) -> Response:
        return await _answer(request.app.state.runtime, door, request)

    endpoint.door = door  # type: ignore[attr-defined]

    router.add_api_route(
        door.path,
        endpoint,
        methods=[door.method],
        status_code=door.status,
        name=door.name,
        operation_id=door.name,
        summary=(door.handler.__doc__ or door.name).partition("\n")[0],
        response_class=Response,
        openapi_extra=described(door),
    )


def command_route(  # noqa: PLR0913 - a route is described in one call
    router: APIRouter,
    path: str,
    request: type[msgspec.Struct],
    handler: Handler,
    *,
    scope: Scope,
    method: str = "POST",
    status: int = 200,
    response: type[msgspec.Struct] | None = None,
    quiet: bool = False,
    keyed: bool = True,
) -> None:
    """Add a command: body decoded into ``request``, Idempotency-Key required.

    ``keyed=False`` is for a question whose words must not stand in an address.
    """
    add_door(
        router,
        Door(
            method=method,
            path=path,
            request=request,
            handler=handler,
            scope=scope,
            status=status,
            response=response,
            quiet=quiet,
            keyed=keyed,
        ),
    )


def upload_route(  # noqa: PLR0913 - a route is described in one call
    router: APIRouter,
    path: str,
    request: type[msgspec.Struct],
    handler: Handler,
    *,
    scope: Scope,
    takes: str,
    status: int = 202,
    response: type[msgspec.Struct] | None = None,
) -> None:
    """Add a command whose body is a file; path and query decoded into ``request``."""
    add_door(
        router,
        Door(
            method="POST",
            path=path,
            request=request,
            handler=handler,
            scope=scope,
            status=status,
            response=response,
            takes=takes,
        ),
    )


def query_route(  # noqa: PLR0913 - a route is described in one call
    router: APIRouter,
    path: str,
    request: type[msgspec.Struct],
    handler: Handler,
    *,
    scope: Scope,
    response: type[msgspec.Struct] | None = None,
    media_type: str = JSON,
) -> None:
    """Add a query: path and query string decoded into ``request``."""
    add_door(
        router,
        Door(
            method="GET",
            path=path,
            request=request,
            handler=handler,
            scope=scope,
            response=response,
            media_type=media_type,
        ),
    )


def create_app(runtime: "Runtime", routers: tuple[APIRouter, ...]) -> ASGIApp:
    """Build the application around a runtime and its routers.

    FastAPI describes the doors; they are answered in front of it.
    """
    app = application(runtime.name, routers)
    app.state.runtime = runtime
    doors = [
        (route.path, route.endpoint.door)
        for router in routers
        for route in router.routes
        if isinstance(route, APIRoute) and hasattr(route.endpoint, "door")
    ]
    return DoorDispatch(doors, partial(_answer, runtime), app)


def application(name: str, routers: tuple[APIRouter, ...]) -> FastAPI:
    """Build the doors of a service without anything behind them, to describe them."""
    app = FastAPI(
        title=f"Bình Yên · {name}", version="1", docs_url=None, redoc_url=None
    )
    for router in routers:
        app.include_router(router)
    app.add_exception_handler(HTTPException, _not_a_door)

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = FastAPI.openapi(app)
            schemas = document.setdefault("components", {}).setdefault("schemas", {})
            schemas.update(components_of(_doors(routers)))
            app.openapi_schema = document
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]
    return app


def _doors(routers: tuple[APIRouter, ...]) -> list[Door]:
    endpoints = [getattr(r, "endpoint", None) for a in routers for r in a.routes]
    return [door for e in endpoints if (door := getattr(e, "door", None))]


async def _answer(runtime: "Runtime", door: Door, request: Request) -> Response:
    started = time.perf_counter()
    correlation_id = _correlation_id(request)
    try:
        call = await _call(runtime, door, request, correlation_id)
        result = await door.handler(call)
        response = _success(door, result)
        outcome = "ok"
    except DomainError as refusal:
        response = problem_response(refusal, correlation_id)
        outcome = refusal.code
        if not door.quiet:
            logger.info("refused", operation=door.name, code=refusal.code,
                        correlation_id=correlation_id)  # fmt: skip
    except Exception:
        DEFECTS.labels("http").inc()
        logger.exception("defect", operation=door.name, correlation_id=correlation_id)
        response = defect_response(correlation_id)
        outcome = "defect"
    if not door.quiet:
        spent = time.perf_counter() - started
        CALLS.labels("http", door.name, outcome).observe(spent)
    response.headers["X-Request-Id"] = correlation_id
    if door.quiet:
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
    return response


async def _call(
    runtime: "Runtime", door: Door, request: Request, correlation_id: str
) -> Call[Any]:
    principal = _principal(runtime, request, door.scope)
    require_scope(principal, door.scope)
    raw = content = b""
    if door.is_upload:
        limit = runtime.settings.max_upload_bytes
        content = await read_upload(request, door.takes, limit)
        body = decode_query(request, door.request)
        raw = request.url.query.encode() + b"\0" + content
    elif door.has_body:
        raw = await read_body(request, runtime.settings.max_body_bytes)
        body = decode_body(raw, door.request, request.path_params)
    else:
        body = decode_query(request, door.request)
    return Call(
        body=normalise(body),
        runtime=runtime,
        correlation_id=correlation_id,
        principal=principal,
        command=_key(door, request, principal, raw) if door.is_command else None,
        address=request.client.host if request.client else "",
        content=content,
    )


def _key(
    door: Door, request: Request, principal: Principal | None, raw: bytes
) -> CommandKey:
    header = request.headers.get("idempotency-key")
    try:
        key = UUID(header.strip('"')) if header else None
    except ValueError:
        key = None
    caller = principal.subject if principal else Principal.ANONYMOUS
    path = msgspec.json.encode(request.path_params) if request.path_params else b""
    return command_key(key, door.name, caller, path + raw)


def _principal(runtime: "Runtime", request: Request, scope: Scope) -> Principal | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if not token or scheme.lower() != "bearer":
        return None
    return runtime.rights(runtime.verifier.verify(token), scope)


def _success(door: Door, result: Outcome | msgspec.Struct | bytes) -> Response:
    if isinstance(result, Outcome):
        content, headers = result.reply, {"X-Position": str(result.position)}
        if result.replayed:
            headers["Idempotency-Replayed"] = "true"
        return Response(content, door.status, headers, media_type=door.media_type)
    content = result if isinstance(result, bytes) else msgspec.json.encode(result)
    return Response(content, door.status, media_type=door.media_type)


def problem_response(refusal: DomainError, correlation_id: str) -> Response:
    """Answer of a refusal."""
    headers = {}
    if refusal.status == 401:  # noqa: PLR2004 - the status that asks for credentials
        headers["WWW-Authenticate"] = 'Bearer realm="binhyen"'
    if refusal.status in {429, 503}:
        headers["Retry-After"] = "1"
    content = msgspec.json.encode(refusal.problem(correlation_id))
    return Response(content, refusal.status, headers, media_type=PROBLEM)


def defect_response(correlation_id: str) -> Response:
    """Answer when the fault is ours: an id to quote, and no word of the cause."""
    return Response(
        msgspec.json.encode(
            {
                "type": "urn:binhyen:defect",
                "title": "An internal error happened.",
                "status": 500,
                "code": "internal",
                "message_vi": "Hệ thống gặp lỗi; hãy báo mã này cho quản trị viên.",
                "message_en": "An internal error happened; quote this id.",
                "correlation_id": correlation_id,
            }
        ),
        500,
        media_type=PROBLEM,
    )


async def _not_a_door(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = getattr(error, "headers", None)
    correlation_id = _correlation_id(request)
    vietnamese, english = _NO_DOOR.get(status, _NO_DOOR[400])
    content = {
        "type": "about:blank",
        "title": english,
        "status": status,
        "code": f"http.{status}",
        "message_vi": vietnamese,
        "message_en": english,
        "errors": [],
        "correlation_id": correlation_id,
    }
    response = Response(
        msgspec.json.encode(content), status, headers, media_type=PROBLEM
    )
    response.headers["X-Request-Id"] = correlation_id
    return response


def _correlation_id(request: Request) -> str:
    given = request.headers.get("x-request-id", "")
    return given if _CORRELATION.fullmatch(given) else str(new_id())
