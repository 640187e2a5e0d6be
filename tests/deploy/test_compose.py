"""The composed system fits the code: settings, users, scaling, hardening.

No container engine is needed: the file is read and held against what the code reads.
"""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.compose_secrets import write_secrets
from deploy.embedded.nats import nats_server_binary
from deploy.embedded.postgres import SETTINGS
from deploy.nats_config import COMPOSED, composed
from deploy.nats_permissions import user_names
from services.chassis.settings import Settings
from services.chassis.vault import KekRing

ROOT = Path(__file__).parents[2]
SERVICES = ("registry", "campaigns", "tips", "reporting")
PROCESSES = (*SERVICES, "gateway")
OURS = (*PROCESSES, "provision")
VARIABLE = re.compile(r"\$\{(\w+)(?::([?-])([^}]*))?\}")


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Give what `make secrets` writes for the file's variables."""
    file = write_secrets(tmp_path_factory.mktemp("compose"))
    return dict(line.split("=", 1) for line in file.read_text().splitlines())


@pytest.fixture(scope="module")
def composed_file(secrets: dict[str, str]) -> dict[str, Any]:
    """Give docker-compose.yml with its variables filled in."""
    text = (ROOT / "docker-compose.yml").read_text()

    def fill(found: re.Match[str]) -> str:
        name, kind, default = found.groups()
        if kind == "?":
            return secrets[name]  # a KeyError here: `make secrets` forgot one
        assert kind == "-", f"{name} has neither a default nor is it required"
        return secrets.get(name, str(default))

    content: dict[str, Any] = yaml.safe_load(VARIABLE.sub(fill, text))
    return content


@pytest.fixture(scope="module")
def parts(composed_file: dict[str, Any]) -> dict[str, Any]:
    services: dict[str, Any] = composed_file["services"]
    return services


def settings_of(
    part: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> tuple[Settings, set[str]]:
    """Read the settings as the process in the container would."""
    given = {k: v for k, v in part["environment"].items() if k.startswith("BINHYEN_")}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    read = Settings()  # type: ignore[call-arg]  # from the environment
    return read, {name.removeprefix("BINHYEN_").lower() for name in given}


@pytest.mark.parametrize("name", PROCESSES)
def test_a_process_is_given_only_settings_that_exist(
    name: str, parts: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A setting that the code does not read is a mistake in the file."""
    _, given = settings_of(parts[name], monkeypatch)

    assert set() == given - set(Settings.model_fields)


@pytest.mark.parametrize("name", PROCESSES)
def test_a_process_is_given_all_that_it_needs(
    name: str,
    parts: dict[str, Any],
    secrets: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever has no default that fits a container is set, to the right thing."""
    settings, given = settings_of(parts[name], monkeypatch)

    required = {n for n, f in Settings.model_fields.items() if f.is_required()}
    listening = {"http_host", "http_port", "inner_host", "inner_port"}
    assert set() == (required | listening | {"nats_url", "jwks_file"}) - given
    assert name == settings.service == settings.nats_user
    assert settings.nats_password is not None
    shared_secret = settings.nats_password.get_secret_value()
    assert secrets[f"NATS_PASSWORD_{name.upper()}"] == shared_secret
    assert "0.0.0.0" == settings.http_host == settings.inner_host  # noqa: S104
    assert settings.http_port not in (0, settings.inner_port)


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_connects_with_its_own_role(
    name: str,
    parts: dict[str, Any],
    secrets: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Role and password are the ones that the provisioning job makes."""
    settings, _ = settings_of(parts[name], monkeypatch)

    password = secrets[f"DATABASE_PASSWORD_{name.upper()}"]
    assert f"//{name}:{password}@postgres:5432/binhyen" in settings.database()
    provisioned = parts["provision"]["environment"]
    assert password == provisioned[f"DATABASE_PASSWORD_{name.upper()}"]


def test_the_gateway_has_no_database(parts: dict[str, Any]) -> None:
    """The gateway holds no key and no role; it asks the services."""
    gateway = parts["gateway"]

    assert "BINHYEN_DATABASE_URL" not in gateway["environment"]
    assert "secrets" not in gateway


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_has_only_its_own_keys(
    name: str, composed_file: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key file is mounted where the setting points, is private, and readable."""
    part = composed_file["services"][name]
    settings, _ = settings_of(part, monkeypatch)

    assert [f"{name}_kek"] == part["secrets"]
    assert f"/run/secrets/{name}_kek" == str(settings.kek_file)
    file = Path(composed_file["secrets"][f"{name}_kek"]["file"])
    assert 1 == KekRing.from_file(file).current
    uid, _, gid = part["user"].partition(":")
    assert (int(uid), int(gid)) == (file.stat().st_uid, file.stat().st_gid)


@pytest.mark.parametrize("name", PROCESSES)
def test_a_process_can_be_scaled(name: str, parts: dict[str, Any]) -> None:
    """Nothing binds it to one copy: no name, no port of the host, no own volume."""
    part = parts[name]

    assert not {"container_name", "ports", "hostname", "network_mode"} & set(part)
    assert all(volume.endswith(":ro") for volume in part["volumes"])


@pytest.mark.parametrize("name", OURS)
def test_our_containers_are_hardened(name: str, parts: dict[str, Any]) -> None:
    """Not root, no capability, nothing to write to but /tmp."""
    part = parts[name]

    assert int(part["user"].partition(":")[0]) > 0
    assert part["read_only"] is True
    assert ["ALL"] == part["cap_drop"]
    assert ["no-new-privileges:true"] == part["security_opt"]
    assert "privileged" not in part


@pytest.mark.parametrize("name", [*PROCESSES, "postgres", "nats", "proxy"])
def test_every_part_has_a_health_check(name: str, parts: dict[str, Any]) -> None:
    """Whoever waits for it knows when it is there."""
    assert parts[name]["healthcheck"]["test"]
    assert not parts[name]["healthcheck"].get("disable")


@pytest.mark.parametrize("name", PROCESSES)
def test_a_process_may_finish_what_it_has(
    name: str, parts: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The engine waits longer than the process takes to stop."""
    settings, _ = settings_of(parts[name], monkeypatch)

    grace = int(parts[name]["stop_grace_period"].removesuffix("s"))
    assert grace > settings.shutdown_seconds


def test_only_the_proxy_is_reached_from_outside(composed_file: dict[str, Any]) -> None:
    """One part has a port of the host; the network of the others leads nowhere."""
    parts = composed_file["services"]

    assert ["proxy"] == [name for name, part in parts.items() if "ports" in part]
    assert composed_file["networks"]["back"]["internal"] is True
    inside = [name for name in parts if name != "proxy"]
    assert all(["back"] == parts[name]["networks"] for name in inside)


def test_postgres_keeps_what_it_took_and_says_little(parts: dict[str, Any]) -> None:
    """The composed server runs with the settings that the embedded one is tested by."""
    given = dict(
        flag.removeprefix("--").split("=", 1)
        for flag in parts["postgres"]["command"][1:]
    )
    embedded_only = {"unix_socket_directories", "listen_addresses"}
    embedded_only |= {"password_encryption"}  # the image's default

    assert {k: v for k, v in SETTINGS.items() if k not in embedded_only} == given
    assert (
        "--data-checksums" in parts["postgres"]["environment"]["POSTGRES_INITDB_ARGS"]
    )
    assert int(parts["postgres"]["image"].partition(":")[2].partition("-")[0]) >= 15


def test_the_nats_configuration_is_the_generated_one() -> None:
    """`make docs` writes it; whoever changes the table commits both."""
    assert composed() == COMPOSED.read_text()


def test_nats_is_given_every_password_and_takes_the_file(
    parts: dict[str, Any], tmp_path: Path
) -> None:
    """nats-server itself reads the committed file with the container's environment."""
    given = parts["nats"]["environment"]

    assert {f"NATS_PASSWORD_{name.upper()}" for name in user_names()} == set(given)
    judged = subprocess.run(
        [nats_server_binary(), "-t", "--config", COMPOSED],
        env=given,
        cwd=tmp_path,
        check=False,
        capture_output=True,
        text=True,
    )
    assert 0 == judged.returncode, judged.stderr
    assert "sync_interval: always" in COMPOSED.read_text()


def test_no_secret_is_committed(secrets: dict[str, str]) -> None:
    """Every password comes from a variable, in the file and in the configuration."""
    text = (ROOT / "docker-compose.yml").read_text()
    given = re.findall(r"^\s+\w*PASSWORD\w*:\s*(\S+)", text, re.MULTILINE)

    assert given
    assert all(value.startswith("${") for value in given)
    written = re.findall(r"password: (\S+)", COMPOSED.read_text())
    assert len(user_names()) == len(written)
    assert all(value.startswith("$NATS_PASSWORD_") for value in written)


def test_the_secrets_are_private_and_stay_the_same(tmp_path: Path) -> None:
    """A second run changes nothing; only the owner reads the file."""
    first = write_secrets(tmp_path).read_text()
    second = write_secrets(tmp_path)

    assert first == second.read_text()
    assert 0o600 == second.stat().st_mode & 0o777


def test_the_image_runs_a_locked_environment_as_nobody_special() -> None:
    """Hashes are required, and the last user is not root."""
    lines = (ROOT / "deploy" / "Dockerfile").read_text()

    assert "--require-hashes" in lines
    assert ["10001:10001"] == re.findall(r"^USER (\S+)$", lines, re.MULTILINE)
    copied = re.findall(r"^COPY (\w+) ", lines, re.MULTILINE)
    assert all((ROOT / folder).is_dir() for folder in copied)


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_file_names_hashes_and_no_registry(name: str) -> None:
    """Every package is pinned with hashes; where it is fetched from is not told."""
    text = (ROOT / name).read_text()
    entries = re.split(r"\n(?=\S)", text.strip())

    assert len(entries) > 30
    assert all("==" in entry and "--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"://|index|find-links|@ ", text)


def test_the_development_lock_holds_the_runtime_at_the_same_versions() -> None:
    """Tests run on what operators run."""
    pins = {
        name: dict(
            re.findall(
                r"^([\w.\[\]-]+)==(\S+)", (ROOT / name).read_text(), re.MULTILINE
            )
        )
        for name in ("requirements.lock", "requirements-dev.lock")
    }
    runtime = pins["requirements.lock"]

    assert runtime.items() <= pins["requirements-dev.lock"].items()
