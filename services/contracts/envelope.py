"""How a fact travels: the envelope of every public event, in every language.

Structured CloudEvents 1.0 JSON in the message payload. Services, the gateway and
partners read it; nothing of ours is imported here.
"""

from datetime import datetime
from typing import ClassVar

import msgspec


class PublicEvent(msgspec.Struct, frozen=True, kw_only=True):
    """A fact that a service publishes; fields are only ever added.

    ``TYPE`` is the stored topic with the version behind it, for example
    ``tips.tip.received.v1``. Unknown fields are ignored by readers.
    """

    TYPE: ClassVar[str]


class CloudEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One fact on the wire, with its place in the source's history.

    ``id`` is ``<aggregate id>/<version>``, ``subject`` the aggregate id, ``position``
    the place in the source's event store. ``previous`` is the position of the event
    that the same source published before in the same partition (0 for the first), so
    that a reader sees a gap. ``generation`` changes when a store is restored.
    """

    id: str
    source: str
    type: str
    subject: str
    time: datetime
    position: int
    previous: int
    partition: int
    generation: str
    data: msgspec.Raw
    specversion: str = "1.0"
    datacontenttype: str = "application/json"
    traceparent: str | msgspec.UnsetType = msgspec.UNSET


def wire_type(topic: str, version: int = 1) -> str:
    """Name on the wire of the event that is stored under ``topic``."""
    return f"{topic}.v{version}"


def subject_of(service: str, partition: int, event_type: str) -> str:
    """NATS subject of an event: service, partition, aggregate, event, version.

    Carries neither an id nor personal data.
    """
    return f"ev.{service}.{partition}.{event_type.removeprefix(service + '.')}"
