"""Every user of NATS may do what its work needs, and nothing else, on a real server.

What is expected stands here by hand, from what the processes do; it is not read from
the table that the server was configured by.
"""

import pytest

from deploy.nats_permissions import user_names
from tests.support.plain_nats import PlainNats
from tests.support.servers import TestNatsServer

SERVICES = ("registry", "campaigns", "tips", "reporting")
USERS = (*SERVICES, "gateway", "mttq")
OWN_STREAMS = {
    "registry": {"EV_REGISTRY"},
    "campaigns": {"EV_CAMPAIGNS", "IN_MTTQ"},
    "tips": {"EV_TIPS"},
    "reporting": {"EV_REPORTING"},
    "gateway": set(),
    "mttq": set(),
}
READ_STREAMS = {
    "registry": {"EV_REGISTRY"},
    "campaigns": {"EV_CAMPAIGNS", "IN_MTTQ", "EV_REGISTRY"},
    "tips": {"EV_TIPS", "EV_REGISTRY"},
    "reporting": {"EV_REPORTING", "EV_REGISTRY", "EV_CAMPAIGNS", "EV_TIPS"},
    "gateway": set(),
    "mttq": set(),
}
STREAMS = ("EV_REGISTRY", "EV_CAMPAIGNS", "EV_TIPS", "EV_REPORTING", "IN_MTTQ")
KEEPING = ("STREAM.CREATE.{}", "STREAM.UPDATE.{}")
READING = (
    "STREAM.INFO.{}",
    "STREAM.MSG.GET.{}",
    "DIRECT.GET.{}",
    "DIRECT.GET.{}.ev.tips.0.tip.received.v1",
    "CONSUMER.CREATE.{}.one",
    "CONSUMER.INFO.{}.one",
    "CONSUMER.DELETE.{}.one",
    "CONSUMER.MSG.NEXT.{}.one",
)
NEVER = (
    "STREAM.DELETE.{}",
    "STREAM.PURGE.{}",
    "STREAM.MSG.DELETE.{}",
    "STREAM.RESTORE.{}",
    "STREAM.SNAPSHOT.{}",
    "STREAM.LEADER.STEPDOWN.{}",
    "CONSUMER.DURABLE.CREATE.{}.one",
    "CONSUMER.PAUSE.{}.one",
    "CONSUMER.LIST.{}",
)


def plain_subjects() -> dict[str, set[str]]:
    """Return subjects outside JetStream with the users that may publish on each."""
    answering = set(SERVICES)
    found: dict[str, set[str]] = {
        "events.session.held.v1": {"mttq"},
        "in.mttq.session.held.v1": set(),
        "in.other.session.held.v1": set(),
        "out.mttq.accepted": {"campaigns"},
        "out.other.accepted": set(),
        "answers.accepted": set(),
        "ev.other.0.x.y.v1": set(),
        "_INBOX.abc.1": set(),
        "_INBOX_gateway.abc.1": answering,
        "$SYS.REQ.SERVER.PING": set(),
        "$SRV.PING": {"gateway"},
        "$JS.API.STREAM.NAMES": set(),
        "$JS.API.STREAM.LIST": set(),
        "$JS.API.ACCOUNT.PURGE.PLATFORM": set(),
        "anything": set(),
    }
    for name in SERVICES:
        found |= {
            f"ev.{name}.0.thing.happened.v1": {name},
            f"svc.{name}.v1.get": {"gateway"},
            f"note.{name}.changed": {name},
            f"svc.{name}.v1.events_after": {"gateway", *_followers_of(name)},
            # Who is followed answers its follower's question for missing facts.
            f"_INBOX_{name}.abc.1": {
                source for source in SERVICES if name in _followers_of(source)
            },
            f"svc.{name}.v1.dependants.of_units": {"gateway", *_askers_of(name)},
        }
    # Who is asked what depends on units answers the registry, and nobody else.
    found["_INBOX_registry.abc.1"] |= {"campaigns", "tips", "reporting"}
    found["_INBOX_mttq.abc.1"] = set()
    return found


def _askers_of(name: str) -> set[str]:
    return {"registry"} if name in {"campaigns", "tips", "reporting"} else set()


def _followers_of(source: str) -> set[str]:
    stream = f"EV_{source.upper()}"
    return {
        name for name in SERVICES if name != source and stream in READ_STREAMS[name]
    }


def publishing() -> dict[str, set[str]]:
    """Return every probed subject with the users that may publish on it."""
    found = plain_subjects()
    for stream in STREAMS:
        own = {user for user in USERS if stream in OWN_STREAMS[user]}
        readers = {user for user in USERS if stream in READ_STREAMS[user]}
        found |= {f"$JS.API.{verb.format(stream)}": own for verb in KEEPING}
        found |= {f"$JS.API.{verb.format(stream)}": readers for verb in READING}
        found |= {f"$JS.API.{verb.format(stream)}": set() for verb in NEVER}
        found[f"$JS.ACK.{stream}.one.1.1.1.1.0"] = readers
    return found


def subscribing() -> dict[str, set[str]]:
    """Return every probed subject with the users that may listen there."""
    found: dict[str, set[str]] = {
        ">": set(),
        "ev.>": set(),
        "in.mttq.>": set(),
        "events.>": set(),
        "out.mttq.>": set(),
        "answers.>": {"mttq"},
        "note.reporting.figures_changed": {"gateway"},
        "_INBOX.>": set(),
        "$JS.>": set(),
        "$JS.EVENT.ADVISORY.>": set(),
        "$SYS.>": set(),
        "$SRV.PING": set(SERVICES),
        "svc.>": set(),
    }
    for name in SERVICES:
        found |= {
            f"ev.{name}.>": set(),
            f"svc.{name}.v1.*": {name},
            f"$SRV.STATS.{name}": {name},
            f"$SRV.STATS.{name}.id1": {name},
        }
    found |= {f"_INBOX_{user}.>": {user} for user in USERS}
    return found


@pytest.mark.parametrize("user", USERS)
def test_a_user_publishes_on_its_own_subjects_and_nowhere_else(
    user: str, nats_server: TestNatsServer
) -> None:
    """Each probed subject is open to exactly those whose work needs it."""
    expected = {subject: user in who for subject, who in publishing().items()}

    with PlainNats(nats_server, nats_server.user(user)) as client:
        actual = {subject: client.may_publish(subject) for subject in expected}

    assert expected == actual
    assert any(expected.values())


@pytest.mark.parametrize("user", USERS)
def test_a_user_listens_on_its_own_subjects_and_nowhere_else(
    user: str, nats_server: TestNatsServer
) -> None:
    """Nobody hears another's requests, answers or streams."""
    expected = {subject: user in who for subject, who in subscribing().items()}

    with PlainNats(nats_server, nats_server.user(user)) as client:
        actual = {subject: client.may_subscribe(subject) for subject in expected}

    assert expected == actual
    assert any(expected.values())


@pytest.mark.parametrize("user", ["tips", "mttq", "nobody"])
def test_without_the_right_password_nobody_enters(
    user: str, nats_server: TestNatsServer
) -> None:
    """The server is no open one: a wrong password ends the connection."""
    with PlainNats(nats_server, (user, "wrong")) as client:
        assert client.accepted is False


def test_every_user_has_its_own_password(nats_server: TestNatsServer) -> None:
    """No two users share a secret."""
    given = {nats_server.user(name)[1] for name in user_names()}

    assert len(user_names()) == len(given)
