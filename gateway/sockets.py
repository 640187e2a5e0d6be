"""The WebSocket side of the endpoint: graphql-transport-ws, with limits and a drain.

Mounted by app.py. The caller proves itself in connection_init; a page of another
origin is turned away before that.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import orjson
import structlog
from graphql import ExecutionResult, GraphQLSchema, OperationType
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

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
from gateway.execution import answer_of, run, stream
from gateway.figures_feed import FiguresFeed
from gateway.limits import Limits
from gateway.telemetry import SOCKETS, SUBSCRIPTIONS
from services.chassis.identity import Principal

PROTOCOL = "graphql-transport-ws"
_LOG = structlog.get_logger("gateway")
_INIT_SECONDS = 5.0
_RECHECK_SECONDS = 30.0
_INVALID, _UNAUTHORIZED, _FORBIDDEN = 4400, 4401, 4403
_PROTOCOL_UNKNOWN, _INIT_TIMEOUT = 4406, 4408
_TAKEN, _TOO_MANY, _GOING_AWAY = 4409, 4429, 1001


class Closed(Exception):
    """The connection ends now, with the protocol's code and reason."""

    def __init__(self, code: int, reason: str) -> None:
        self.code = code
        self.reason = reason
        super().__init__(reason)


@dataclass(slots=True)
class GraphQLSockets:
    """Answers WebSocket connections at `/graphql`."""

    schema: GraphQLSchema
    documents: DocumentStore
    callers: Callers
    services: Services
    feed: FiguresFeed
    limits: Limits
    open: "set[_Connection]" = field(default_factory=set)
    per_caller: Counter[str] = field(default_factory=Counter)

    async def __call__(self, socket: WebSocket) -> None:
        if not _same_origin(socket):
            await socket.close(_FORBIDDEN, "Foreign origin")
            return
        if len(self.open) >= self.limits.sockets:
            await socket.close(1013, "Too many connections")
            return
        if PROTOCOL not in socket.scope.get("subprotocols", ()):
            await socket.accept()
            await socket.close(_PROTOCOL_UNKNOWN, "Subprotocol not acceptable")
            return
        await socket.accept(PROTOCOL)
        connection = _Connection(self, socket)
        self.open.add(connection)
        SOCKETS.inc()
        try:
            await connection.serve()
        finally:
            self.open.discard(connection)
            SOCKETS.dec()

    async def drain(self) -> None:
        """Complete all subscriptions and say good-bye to every caller."""
        closing = [connection.leave() for connection in tuple(self.open)]
        await asyncio.gather(*closing, return_exceptions=True)


def _same_origin(socket: WebSocket) -> bool:
    origin = socket.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == socket.headers.get("host")


class _Connection:
    """One socket: its caller and what it has subscribed to."""

    def __init__(self, door: GraphQLSockets, socket: WebSocket) -> None:
        self._door = door
        self._socket = socket
        self._caller: Principal | None = None
        self._running: dict[str, asyncio.Task[None]] = {}
        self._sending = asyncio.Lock()

    async def serve(self) -> None:
        """Answer messages until one side leaves."""
        watch = asyncio.create_task(self._watch_token())
        try:
            while True:
                await self._take(await self._next())
        except Closed as end:
            await self._close(end.code, end.reason)
        except WebSocketDisconnect:
            pass
        finally:
            watch.cancel()
            await self._stop_all()
            if self._caller is not None:
                self._release(self._caller)

    async def leave(self) -> None:
        """Complete what runs and close, because this process stops."""
        for name in tuple(self._running):
            await self._send({"id": name, "type": "complete"})
        await self._stop_all()
        await self._close(_GOING_AWAY, "Going away")

    async def _next(self) -> dict[str, Any]:
        patience = _INIT_SECONDS if self._caller is None else None
        try:
            async with asyncio.timeout(patience):
                text = await self._socket.receive_text()
        except TimeoutError:
            raise Closed(_INIT_TIMEOUT, "Connection initialisation timeout") from None
        except KeyError:
            raise Closed(_INVALID, "Messages are text") from None
        if len(text) > self._door.limits.body_bytes:
            raise Closed(_INVALID, "Message too large")
        try:
            message = orjson.loads(text)
        except orjson.JSONDecodeError:
            message = None
        if not isinstance(message, dict) or not isinstance(message.get("type"), str):
            raise Closed(_INVALID, "Invalid message")
        return message

    async def _take(self, message: dict[str, Any]) -> None:
        match message["type"]:
            case "connection_init":
                await self._init(message.get("payload"))
            case "ping":
                await self._send({"type": "pong"})
            case "pong":
                pass
            case "subscribe":
                await self._subscribe(message)
            case "complete":
                task = self._running.pop(str(message.get("id")), None)
                if task is not None:
                    task.cancel()
            case _:
                raise Closed(_INVALID, "Unknown message type")

    async def _init(self, payload: Any) -> None:
        if self._caller is not None:
            raise Closed(_TOO_MANY, "Too many initialisation requests")
        caller = self._admitted(payload)
        counts, most = self._door.per_caller, self._door.limits.sockets_per_caller
        if counts[caller.subject] >= most:
            raise Closed(_TOO_MANY, "Too many connections of this caller")
        counts[caller.subject] += 1
        self._caller = caller
        await self._send({"type": "connection_ack"})

    def _admitted(self, payload: Any) -> Principal:
        given = payload if isinstance(payload, dict) else {}
        by_name = {str(name).lower(): value for name, value in given.items()}
        authorization = by_name.get("authorization")
        if authorization is None and isinstance(by_name.get("token"), str):
            authorization = f"Bearer {by_name['token']}"
        try:
            return self._door.callers.of_header(
                authorization if isinstance(authorization, str) else None
            )
        except CallerMissing:
            raise Closed(_FORBIDDEN, "Forbidden") from None

    def _release(self, caller: Principal) -> None:
        counts = self._door.per_caller
        counts[caller.subject] -= 1
        if counts[caller.subject] <= 0:
            del counts[caller.subject]

    async def _watch_token(self) -> None:
        # A token that ends while its socket lives must end the socket as well.
        while True:
            await asyncio.sleep(_RECHECK_SECONDS)
            if self._caller is None:
                continue
            try:
                self._door.callers.of_token(self._caller.token)
            except CallerMissing:
                await self._close(_FORBIDDEN, "Token expired")
                return

    async def _subscribe(self, message: Mapping[str, Any]) -> None:
        if self._caller is None:
            raise Closed(_UNAUTHORIZED, "Unauthorized")
        name, payload = message.get("id"), message.get("payload")
        if not isinstance(name, str) or not name or not isinstance(payload, dict):
            raise Closed(_INVALID, "Invalid message")
        if name in self._running:
            raise Closed(_TAKEN, f"Subscriber for {name[:80]} already exists")
        context = RequestContext(
            caller=self._caller,
            services=self._door.services,
            request_id=uuid4().hex,
            seconds=self._door.limits.deadline_seconds,
            feed=self._door.feed,
        )
        try:
            if len(self._running) >= self._door.limits.subscriptions_per_socket:
                raise refused("TOO_MANY_SUBSCRIPTIONS", "Complete another one first.")
            operation, variables = self._operation(payload)
        except RequestRefused as refusal:
            errors = formatted_all(refusal.errors, context.request_id)
            await self._send({"id": name, "type": "error", "payload": errors})
            return
        context.root_fields = len(operation.node.selection_set.selections)
        task = asyncio.create_task(self._answered(name, operation, variables, context))
        self._running[name] = task
        SUBSCRIPTIONS.inc()
        task.add_done_callback(self._ended(name))

    def _ended(self, name: str) -> Callable[[asyncio.Task[None]], None]:
        def forget(task: asyncio.Task[None]) -> None:
            SUBSCRIPTIONS.dec()
            if self._running.get(name) is task:
                del self._running[name]
            if not task.cancelled() and (fault := task.exception()) is not None:
                _LOG.error("gateway.socket_fault", fault=type(fault).__name__)

        return forget

    def _operation(
        self, payload: Mapping[str, Any]
    ) -> tuple[Operation, Mapping[str, Any]]:
        query, variables = payload.get("query"), payload.get("variables") or {}
        name = payload.get("operationName")
        if not isinstance(query, str) or not isinstance(variables, dict):
            raise refused("BAD_REQUEST", "'query' is a string, 'variables' an object.")
        if not isinstance(name, str | None):
            raise refused("BAD_REQUEST", "'operationName' is a string.")
        operation = self._door.documents.document(query).operation(name)
        operation.admitted_cost(variables, self._door.limits)
        return operation, variables

    async def _answered(
        self,
        name: str,
        operation: Operation,
        variables: Mapping[str, Any],
        context: RequestContext,
    ) -> None:
        try:
            await self._run(name, operation, variables, context)
        except Exception as fault:  # noqa: BLE001 - the last wall before the caller
            error = defect(fault, context.request_id)
            await self._send({"id": name, "type": "error", "payload": [error]})

    async def _run(
        self,
        name: str,
        operation: Operation,
        variables: Mapping[str, Any],
        context: RequestContext,
    ) -> None:
        schema = self._door.schema
        if operation.kind is not OperationType.SUBSCRIPTION:
            await self._push(
                name, await run(schema, operation, variables, context), context
            )
        else:
            source = await stream(schema, operation, variables, context)
            if isinstance(source, ExecutionResult):
                errors = formatted_all(source.errors or (), context.request_id)
                await self._send({"id": name, "type": "error", "payload": errors})
                return
            async for result in source:
                await self._push(name, result, context)
        await self._send({"id": name, "type": "complete"})

    async def _push(
        self, name: str, result: ExecutionResult, context: RequestContext
    ) -> None:
        answer = answer_of(result, context.request_id, None)
        await self._send({"id": name, "type": "next", "payload": answer})

    async def _send(self, message: Mapping[str, Any]) -> None:
        # Clients refuse binary frames, so the text is decoded again.
        async with self._sending:
            if self._socket.application_state is WebSocketState.CONNECTED:
                await self._socket.send_text(orjson.dumps(message).decode())

    async def _close(self, code: int, reason: str) -> None:
        async with self._sending:
            if self._socket.application_state is WebSocketState.CONNECTED:
                await self._socket.close(code, reason)

    async def _stop_all(self) -> None:
        running = tuple(self._running.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
