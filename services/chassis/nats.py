"""NATS as every process of ours uses it: the connection, streams, durable consumers.

JetStream is asked by its JSON API, because nats-py knows neither atomic batches nor
pinned consumers.
"""

import base64
import random
from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec
import nats.errors
import structlog
from nats.aio.client import Client, Server

from services.chassis.bus import Bus

log = structlog.get_logger()

API_SECONDS = 5.0
ACK_WAIT_SECONDS = 5
PIN_SECONDS = 3
PRIORITY_GROUP = "one"
_PENDING_BYTES = 65_536
_SECOND = 1_000_000_000

BUS_ERRORS: tuple[type[BaseException], ...] = (
    nats.errors.Error,
    OSError,
    TimeoutError,
)


_SHAPE_FIXED = 10012


class JetStreamRefused(Exception):
    """JetStream understood the request and said no."""

    def __init__(self, status: int, code: int, description: str) -> None:
        super().__init__(f"{description} ({code})")
        self.status = status
        self.code = code

    @property
    def is_missing(self) -> bool:
        """Whether the stream, consumer or message is not there."""
        return self.status == 404  # noqa: PLR2004 - HTTP's own number


class StoredMessage(NamedTuple):
    """A message as a stream holds it."""

    sequence: int
    subject: str
    payload: bytes


class StreamState(NamedTuple):
    """How far a stream is; ``created`` tells one life of it from the next."""

    created: str
    messages: int
    first_sequence: int
    last_sequence: int


def inbox_prefix(user: str | None) -> str:
    """Prefix of the subjects on which only this user may hear answers."""
    return f"_INBOX_{user}" if user else "_INBOX"


def event_stream(service: str) -> str:
    """Name of the stream with a service's public events."""
    return f"EV_{service.upper()}"


def ingress_stream(partner: str) -> str:
    """Name of the stream with a partner's events."""
    return f"IN_{partner.upper()}"


async def connect(
    url: str, *, name: str, user: str | None = None, password: str | None = None
) -> Bus:
    """Connect, waiting for ever until a server answers, and stay connected.

    Run it beside the HTTP door, never before it. While the connection is lost,
    publishing fails at once: little is buffered, everybody here knows how to resume.
    """
    client = Bus()
    await client.connect(
        [url],
        name=name,
        user=user,
        password=password,
        inbox_prefix=inbox_prefix(user),
        allow_reconnect=True,
        max_reconnect_attempts=-1,
        reconnect_time_wait=0.2,  # type: ignore[arg-type]
        reconnect_to_server_handler=_after_a_jitter,
        connect_timeout=3,
        ping_interval=5,
        max_outstanding_pings=2,
        pending_size=_PENDING_BYTES,
        flush_timeout=5,
        drain_timeout=20,
        error_cb=_on_error,
        disconnected_cb=_on_disconnected,
        reconnected_cb=_on_reconnected,
    )
    return client


def _after_a_jitter(
    servers: list[Server], _greeting: dict[str, Any]
) -> tuple[Server, float]:
    chosen = random.choice(servers)  # noqa: S311 - spreads the load, guards nothing
    wait = 0.05 if chosen.reconnects == 0 else 0.2
    return chosen, random.uniform(wait, 4 * wait)  # noqa: S311 - the same


async def _on_error(error: Exception) -> None:
    log.warning("nats.error", error=type(error).__name__)


async def _on_disconnected() -> None:
    log.warning("nats.disconnected")


async def _on_reconnected() -> None:
    log.info("nats.reconnected")


async def ask(
    client: Client, subject: str, body: object = None, *, timeout_s: float = API_SECONDS
) -> dict[str, Any]:
    """Ask JetStream. Raises JetStreamRefused, and BUS_ERRORS when nobody answers."""
    payload = b"" if body is None else msgspec.json.encode(body)
    message = await client.request(f"$JS.API.{subject}", payload, timeout=timeout_s)
    answer: dict[str, Any] = msgspec.json.decode(message.data)
    if error := answer.get("error"):
        raise JetStreamRefused(
            error.get("code", 0), error.get("err_code", 0), error.get("description", "")
        )
    return answer


def event_stream_shape(service: str, *, replicas: int = 1) -> dict[str, Any]:
    """Return how a service's own stream is laid out.

    Nothing in it ever expires or is deleted; it can be filled again from the store.
    """
    return {
        "name": event_stream(service),
        "subjects": [f"ev.{service}.>"],
        "storage": "file",
        "retention": "limits",
        "discard": "new",
        "num_replicas": replicas,
        "allow_atomic": True,
        "allow_direct": True,
        "deny_delete": True,
    }


def ingress_stream_shape(
    partner: str,
    *,
    subject: str | None = None,
    max_bytes: int = 1 << 30,
    replicas: int = 1,
) -> dict[str, Any]:
    """Return how a partner's stream is laid out: full means an error to the partner."""
    return {
        "name": ingress_stream(partner),
        "subjects": [subject or f"in.{partner}.>"],
        "storage": "file",
        "retention": "limits",
        "discard": "new",
        "max_bytes": max_bytes,
        "num_replicas": replicas,
        "duplicate_window": 600 * _SECOND,
        "allow_direct": True,
        "deny_delete": True,
        "deny_purge": True,
    }


async def stream_state(client: Client, stream: str) -> StreamState:
    """Return how far the stream is. Raises JetStreamRefused (is_missing)."""
    return _state(await ask(client, f"STREAM.INFO.{stream}"))


async def ensure_stream(client: Client, shape: dict[str, Any]) -> StreamState:
    """Create the stream, or bring it to this shape, and return its state."""
    stream = shape["name"]
    try:
        found = await ask(client, f"STREAM.INFO.{stream}")
    except JetStreamRefused as refusal:
        if not refusal.is_missing:
            raise
        return _state(await ask(client, f"STREAM.CREATE.{stream}", shape))
    config = found["config"]
    if any(config.get(key) != value for key, value in shape.items()):
        found = await ask(client, f"STREAM.UPDATE.{stream}", {**config, **shape})
    return _state(found)


def _state(answer: dict[str, Any]) -> StreamState:
    state = answer["state"]
    return StreamState(
        answer["created"], state["messages"], state["first_seq"], state["last_seq"]
    )


async def stored_message(
    client: Client, stream: str, **which: object
) -> StoredMessage | None:
    """Return one message (``seq=`` or ``last_by_subj=``), asked of the stream's leader.

    A direct get could be answered by a replica that lags behind.
    """
    try:
        answer = await ask(client, f"STREAM.MSG.GET.{stream}", which)
    except JetStreamRefused as refusal:
        if refusal.is_missing:
            return None
        raise
    found = answer["message"]
    payload = base64.b64decode(found.get("data", ""))
    return StoredMessage(found["seq"], found["subject"], payload)


async def ensure_consumer(
    client: Client,
    stream: str,
    name: str,
    *,
    subjects: Sequence[str] = (),
    max_ack_pending: int = 8000,
    ack_policy: str = "explicit",
) -> int:
    """Create the durable consumer, or bring it to this shape.

    Returns the stream sequence up to which everything is acknowledged. Each message is
    acknowledged for itself: an acknowledgement for all before it ("all", for a
    consumer with one reader ever) would also cover what a reader that died had in
    hand. Of several readers one is pinned, the others stand by. Raises
    JetStreamRefused (is_missing) when there is no stream.
    """
    config: dict[str, Any] = {
        "name": name,
        "durable_name": name,
        "deliver_policy": "all",
        "ack_policy": ack_policy,
        "ack_wait": ACK_WAIT_SECONDS * _SECOND,
        "max_deliver": -1,
        "max_ack_pending": max_ack_pending,
        "priority_groups": [PRIORITY_GROUP],
        "priority_policy": "pinned_client",
        "priority_timeout": PIN_SECONDS * _SECOND,
    }
    if subjects:
        config["filter_subjects"] = list(subjects)
    subject = f"CONSUMER.CREATE.{stream}.{name}"
    request = {"stream_name": stream, "config": config, "action": ""}
    try:
        answer = await ask(client, subject, request)
    except JetStreamRefused as refusal:
        if refusal.code != _SHAPE_FIXED:
            raise
        # An older version's consumer: what was applied stands in the position rows.
        await delete_consumer(client, stream, name)
        answer = await ask(client, subject, request)
    return int(answer["ack_floor"]["stream_seq"])


async def delete_consumer(client: Client, stream: str, name: str) -> None:
    """Forget what the consumer has acknowledged; no matter if it is not there."""
    try:
        await ask(client, f"CONSUMER.DELETE.{stream}.{name}")
    except JetStreamRefused as refusal:
        if not refusal.is_missing:
            raise
