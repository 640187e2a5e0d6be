"""What does nats-server read? Its configuration, written from the permission table.

Called by the embedded server (passwords from a private file) and by
`python -m deploy.nats_config` for the composed one (passwords from its environment).
"""

import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from deploy.nats_permissions import (
    PARTNERS,
    TAKES_IN,
    NatsUser,
    partner_user,
    platform_users,
)

COMPOSED = Path(__file__).parent / "nats" / "nats.conf"

# Twice what an event may hold: one that is too large is kept and answered, and only
# what is far beyond ends the partner's connection.
PARTNER_PAYLOAD = 524_288
PARTNER_LIMITS = (
    f"max_connections: 10, max_subscriptions: 50, max_payload: {PARTNER_PAYLOAD}"
)


@dataclass(frozen=True, slots=True)
class Listening:
    """Where the server listens and keeps its streams."""

    address: str
    store: str
    monitor: str | None = None


def configuration(
    listening: Listening,
    password: Callable[[str], str],
    *,
    also: Iterable[NatsUser] = (),
) -> str:
    """Return the configuration; `password` gives each user's as it is to be written.

    `also` are further users of the account PLATFORM (the tests plant faults by one).
    """
    monitor = f"http: {json.dumps(listening.monitor)}\n" if listening.monitor else ""
    platform = "\n".join(_user(u, password) for u in (*platform_users(), *also))
    partners = "\n".join(_partner_account(name, password) for name in PARTNERS)
    exports = "\n".join(_exports(name) for name in PARTNERS)
    return f"""\
# Written by deploy/nats_config.py from deploy/nats_permissions.py; do not edit.
server_name: binhyen
listen: {json.dumps(listening.address)}
{monitor}max_payload: 1MB
max_connections: 1000
write_deadline: "5s"
lame_duck_duration: "30s"
lame_duck_grace_period: "2s"
jetstream {{
  store_dir: {json.dumps(listening.store)}
  # An acknowledged message is on disk, also after a power cut.
  sync_interval: always
  max_memory_store: 64MB
  max_file_store: 20GB
}}
accounts {{
  PLATFORM {{
    jetstream: enabled
    users: [
{platform}
    ]
    exports: [
{exports}
    ]
  }}
{partners}
  SYS {{
    users: [ {{ user: system, password: {password("system")} }} ]
  }}
}}
system_account: SYS
"""


def _user(user: NatsUser, password: Callable[[str], str]) -> str:
    return f"""\
      {{
        user: {user.name}
        password: {password(user.name)}
        permissions: {{
          publish: {{ allow: {_list(user.publish)} }}
          subscribe: {{ allow: {_list(user.subscribe)} }}
        }}
      }}"""


def _list(subjects: Iterable[str]) -> str:
    lines = "".join(f"            {json.dumps(subject)}\n" for subject in subjects)
    return f"[\n{lines}          ]"


def _exports(partner: str) -> str:
    account = partner.upper()
    assert partner in TAKES_IN  # noqa: S101  (a partner whom nobody hears)
    return (
        f'      {{ service: "in.{partner}.>", accounts: [{account}] }}\n'
        f'      {{ stream: "out.{partner}.>", accounts: [{account}] }}'
    )


def _partner_account(partner: str, password: Callable[[str], str]) -> str:
    service = f'{{account: PLATFORM, subject: "in.{partner}.>"}}'
    stream = f'{{account: PLATFORM, subject: "out.{partner}.>"}}'
    return f"""\
  {partner.upper()} {{
    limits {{ {PARTNER_LIMITS} }}
    imports: [
      {{ service: {service}, to: "events.>" }}
      {{ stream: {stream}, to: "answers.>" }}
    ]
    users: [
{_user(partner_user(partner), password)}
    ]
  }}"""


def composed() -> str:
    """Return the configuration of the composed server, without any secret in it."""
    return configuration(
        Listening("0.0.0.0:4222", "/data", monitor="127.0.0.1:8222"),
        lambda user: f"$NATS_PASSWORD_{user.upper()}",
    )


def main() -> None:
    """Write deploy/nats/nats.conf anew."""
    COMPOSED.parent.mkdir(exist_ok=True)
    COMPOSED.write_text(composed())
    sys.stdout.write(f"{COMPOSED} written\n")


if __name__ == "__main__":
    main()
