"""Is a restored source's past still the one that was applied here? A proof by digest.

The reader asks when a message names another generation. Positions start again with a
generation, so the past is compared by a digest over ids, positions and times.
"""

from collections.abc import Mapping

from nats.aio.client import Client

from services.chassis.deliveries import Envelope, digest_after, read_envelope
from services.chassis.history import EventsAfter, ask_history
from services.chassis.positions import Place


class HistoryDiverged(Exception):
    """The source lost facts that were applied here: what was derived is wrong now."""


async def generation_now(client: Client, source: str) -> str:
    """Return the generation that the source's store has. Raises HistoryUnanswered."""
    page = await ask_history(client, source, EventsAfter(after=0, limit=0))
    return page.generation


async def places_in(
    client: Client, source: str, generation: str, places: Mapping[int, Place]
) -> dict[int, Place]:
    """Return the same places in the source's present generation.

    Raises HistoryDiverged when its facts up to there are others, HistoryUnanswered.
    """
    old = {
        partition: place
        for partition, place in places.items()
        if place.position and place.generation != generation
    }
    found = {
        partition: Place(generation, 0, 0, place.event_time)
        for partition, place in old.items()
    }
    until = max((place.position for place in old.values()), default=0)
    after = 0
    while after < until:
        page = await ask_history(client, source, EventsAfter(after=after, until=until))
        for raw in page.events:
            event = read_envelope(raw)
            if event is not None and _is_known(event, old):
                place = found[event.partition]
                found[event.partition] = place._replace(
                    position=event.position, digest=digest_after(place.digest, event)
                )
        if page.complete_to <= after:
            break
        after = page.complete_to
    if any(found[p].digest != place.digest for p, place in old.items()):
        raise HistoryDiverged(source)
    return found


def _is_known(event: Envelope, old: Mapping[int, Place]) -> bool:
    place = old.get(event.partition)
    return place is not None and event.position <= place.position
