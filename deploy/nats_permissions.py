"""Who may say and hear what on NATS? The one table; everything not in it is denied.

Read by the configuration of the embedded server and of the composed one, and walked
in both directions by tests/deploy. One thing it cannot say: consumers of one stream
share its subjects, so a service that reads a stream could acknowledge for another.
The position row of the reader, not the acknowledgement, says what was applied.
"""

from dataclasses import dataclass

SERVICES = ("registry", "campaigns", "tips", "reporting")
GATEWAY = "gateway"
PARTNERS = ("mttq",)

# The streams of other services that a service follows, beside its own.
FOLLOWS: dict[str, tuple[str, ...]] = {
    "registry": (),
    "campaigns": ("EV_REGISTRY",),
    "tips": ("EV_REGISTRY",),
    "reporting": ("EV_REGISTRY", "EV_CAMPAIGNS", "EV_TIPS"),
}
# What a service asks of others by request and reply: before units end, the registry
# asks who has something bound to them.
ASKS: dict[str, dict[str, tuple[str, ...]]] = {
    "registry": {"dependants.of_units": ("campaigns", "tips", "reporting")},
}
# Which service keeps the stream of what a partner sends, and answers the partner.
TAKES_IN: dict[str, str] = {"mttq": "campaigns"}


@dataclass(frozen=True, slots=True)
class NatsUser:
    """One user of the server with all that it may publish and subscribe."""

    name: str
    publish: tuple[str, ...]
    subscribe: tuple[str, ...]


def inbox(user: str) -> str:
    """Return the user's own prefix of reply subjects.

    Nobody else in the account may listen there: with the common `_INBOX.>` each
    user could read the answers to the others.
    """
    return f"_INBOX_{user}"


def event_stream(service: str) -> str:
    """Return the stream of what a service publishes."""
    return f"EV_{service.upper()}"


def ingress_stream(partner: str) -> str:
    """Return the stream of what a partner sends."""
    return f"IN_{partner.upper()}"


def history(stream: str) -> str:
    """Return the subject on which a stream's owner tells missing facts again."""
    return f"svc.{stream.removeprefix('EV_').lower()}.v1.events_after"


def _keeps(stream: str) -> tuple[str, ...]:
    """Allow to lay out a stream: never to delete or purge it."""
    return (f"$JS.API.STREAM.CREATE.{stream}", f"$JS.API.STREAM.UPDATE.{stream}")


def _reads(stream: str) -> tuple[str, ...]:
    """Allow to look at a stream and to pull from it by consumers."""
    return (
        f"$JS.API.STREAM.INFO.{stream}",
        f"$JS.API.STREAM.MSG.GET.{stream}",
        f"$JS.API.DIRECT.GET.{stream}",
        f"$JS.API.DIRECT.GET.{stream}.>",
        f"$JS.API.CONSUMER.CREATE.{stream}.>",
        f"$JS.API.CONSUMER.INFO.{stream}.*",
        f"$JS.API.CONSUMER.DELETE.{stream}.*",
        f"$JS.API.CONSUMER.MSG.NEXT.{stream}.*",
        f"$JS.ACK.{stream}.>",
    )


def _service(name: str) -> NatsUser:
    partners = [partner for partner, taker in TAKES_IN.items() if taker == name]
    own = [event_stream(name), *(ingress_stream(partner) for partner in partners)]
    publish = [f"ev.{name}.>", f"note.{name}.>", f"{inbox(GATEWAY)}.>"]
    publish += [f"out.{partner}.>" for partner in partners]
    publish += [subject for stream in own for subject in _keeps(stream)]
    publish += [s for stream in (*own, *FOLLOWS[name]) for s in _reads(stream)]
    publish += [history(stream) for stream in FOLLOWS[name]]
    publish += [
        f"{inbox(reader)}.>" for reader in SERVICES if own[0] in FOLLOWS[reader]
    ]
    publish += [
        f"svc.{asked}.v1.{verb}"
        for verb, services in ASKS.get(name, {}).items()
        for asked in services
    ]
    publish += [f"{inbox(asker)}.>" for asker in SERVICES if name in _asked_by(asker)]
    publish += ["$JS.API.INFO"]
    discovery = ("$SRV.*", f"$SRV.*.{name}", f"$SRV.*.{name}.*")
    return NatsUser(
        name,
        tuple(publish),
        (f"svc.{name}.>", *discovery, f"{inbox(name)}.>"),
    )


def _asked_by(asker: str) -> set[str]:
    return {asked for services in ASKS.get(asker, {}).values() for asked in services}


def platform_users() -> tuple[NatsUser, ...]:
    """Return the users of the account PLATFORM, one per process kind."""
    gateway = NatsUser(GATEWAY, ("svc.>", "$SRV.>"), ("note.>", f"{inbox(GATEWAY)}.>"))
    return (*(_service(name) for name in SERVICES), gateway)


def partner_user(partner: str) -> NatsUser:
    """Return the only user of a partner's own account."""
    return NatsUser(partner, ("events.>",), ("answers.>", f"{inbox(partner)}.>"))


def user_names() -> tuple[str, ...]:
    """Return every user that needs a password."""
    return (*SERVICES, GATEWAY, *PARTNERS, "system")
