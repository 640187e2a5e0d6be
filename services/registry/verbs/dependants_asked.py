"""What of the other services is bound to a plan's units? Asked of them at that moment.

With the caller's own token, when a plan is rehearsed and executed. Who does not answer
is named: nothing is guessed.
"""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

import msgspec
import structlog

from services.chassis.calls import Call
from services.chassis.errors import DomainError
from services.chassis.service import Runtime
from services.chassis.service_client import ServiceAway, ServiceClient, ServiceFailed
from services.contracts.dependants import (
    MOST_UNITS,
    VERB,
    DependantGroup,
    DependantGroups,
    DependantsOfUnits,
)

SERVICES: Final = ("campaigns", "tips", "reporting")
EXTRA: Final = "service_client"
_SECONDS: Final = 10.0

log = structlog.get_logger()


class Asked(NamedTuple):
    """What the others told, and who did not, each with the reason's code."""

    groups: list[tuple[str, DependantGroup]]
    silent: dict[str, str]


async def ask_services(call: Call[Any], units: Sequence[UUID], on: date) -> Asked:
    """Ask every service about the units, all services at once."""
    told = Asked([], {})
    answers = await asyncio.gather(
        *(_ask(call, service, units, on) for service in SERVICES)
    )
    for service, answer in zip(SERVICES, answers, strict=True):
        if isinstance(answer, DomainError):
            told.silent[service] = answer.code
            log.warning("dependants_untold", asked=service, code=answer.code)
        else:
            told.groups.extend((service, group) for group in answer)
    return told


async def _ask(
    call: Call[Any], service: str, units: Sequence[UUID], on: date
) -> list[DependantGroup] | DomainError:
    try:
        client = _client(call.runtime, service)
        found: list[DependantGroup] = []
        for start in range(0, len(units), MOST_UNITS):
            part = list(units[start : start + MOST_UNITS])
            answer = await client.call(
                service,
                VERB,
                DependantsOfUnits(unit_ids=part, on=on),
                token=call.caller.token,
                deadline_s=_SECONDS,
                correlation_id=call.correlation_id,
            )
            found += _about(part, msgspec.json.decode(answer, type=DependantGroups))
    except DomainError as refusal:
        return refusal
    except msgspec.MsgspecError:
        return ServiceFailed(service=service)
    return found


def _about(units: Iterable[UUID], answer: DependantGroups) -> list[DependantGroup]:
    """Keep what was asked about: an answer decides about no other unit."""
    asked = set(units)
    return [group for group in answer.rows if group.unit_id in asked]


def _client(runtime: Runtime, service: str) -> ServiceClient:
    """Return the process' one client. Raises ServiceAway without a bus."""
    if runtime.nats is None:
        raise ServiceAway(service=service)
    client = runtime.extras.get(EXTRA)
    if client is None:
        client = runtime.extras[EXTRA] = ServiceClient(runtime.nats)
    made: ServiceClient = client
    return made
