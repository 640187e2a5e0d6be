"""Which secrets does the composed system run with? Generated once, never committed.

`python -m deploy.compose_secrets` (`make secrets`) writes them under .state/compose;
docker-compose.yml reads compose.env and the key files there.
"""

import argparse
import os
import sys
from pathlib import Path

from deploy.embedded.issuer import Issuer
from deploy.embedded.private_file import passwords, write_private
from deploy.embedded.run_file import STATE
from deploy.nats_permissions import SERVICES, user_names
from services.chassis.vault import add_kek

CONTAINER_USER = 10001


def write_secrets(folder: Path) -> Path:
    """Make what is missing and return the file for `docker compose --env-file`."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    databases = passwords(folder / "database.json", (*SERVICES, "postgres"))
    users = passwords(folder / "nats.json", user_names())
    owner = _owner()
    for service in SERVICES:
        file = folder / f"{service}.kek"
        if not file.exists():
            add_kek(file)
        if os.geteuid() == 0:
            os.chown(file, *owner)
    values = {
        "BINHYEN_UID": owner[0],
        "BINHYEN_GID": owner[1],
        "BINHYEN_SECRETS": folder,
        "BINHYEN_JWKS": Issuer(folder / "issuer").jwks_file,
        **{f"DATABASE_PASSWORD_{k.upper()}": v for k, v in databases.items()},
        **{f"NATS_PASSWORD_{k.upper()}": v for k, v in users.items()},
    }
    file = folder / "compose.env"
    write_private(file, "".join(f"{key}={value}\n" for key, value in values.items()))
    return file


def _owner() -> tuple[int, int]:
    """Return whom the containers run as: the owner of the key files, never root."""
    if os.geteuid() == 0:
        return CONTAINER_USER, CONTAINER_USER
    return os.geteuid(), os.getegid()


def main() -> None:
    """Write the secrets and say where they are."""
    parser = argparse.ArgumentParser(description="Make the composed system's secrets.")
    parser.add_argument("--folder", type=Path, default=STATE / "compose")
    file = write_secrets(parser.parse_args().folder.resolve())
    sys.stdout.write(f"docker compose --env-file {file} up --build --wait\n")


if __name__ == "__main__":
    main()
