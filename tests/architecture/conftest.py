"""The generator of documents, and every module of ours, for tests of the whole."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs/generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.import_everything()
    return module


def python_files(*folders: str) -> list[Path]:
    chosen = folders or ("services", "gateway", "deploy", "demo", "bench", "tests")
    return [path for folder in chosen for path in sorted((ROOT / folder).rglob("*.py"))]
