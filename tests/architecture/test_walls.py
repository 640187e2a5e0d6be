"""Rules of the house about the code itself: direction, sizes, names, words."""

import ast
import subprocess
import sys
from pathlib import Path

from tests.architecture.conftest import ROOT, python_files

LONGEST_FILE = 400
LONGEST_FUNCTION = 50
FORBIDDEN_NAMES = {"utils", "helpers", "manager", "data", "info", "process_data"}


def test_imports_keep_their_direction() -> None:
    """Every contract in .importlinter is kept."""
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_files_stay_short() -> None:
    """No file passes 400 lines: split it by what its parts answer."""
    lengths = {p: len(p.read_text("utf-8").splitlines()) for p in python_files()}
    long = {str(p.relative_to(ROOT)): n for p, n in lengths.items() if n > LONGEST_FILE}
    assert long == {}


def test_functions_stay_short() -> None:
    """No function passes 50 lines, its docstring included."""
    long = []
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    long.append(f"{path.relative_to(ROOT)}:{node.lineno} {lines}")
    assert long == []


def test_module_names_say_something() -> None:
    """Nothing is called utils, helpers, manager, data or info."""
    named = {p.stem for p in python_files()} | {p.parent.name for p in python_files()}
    assert named & FORBIDDEN_NAMES == set()


def test_event_methods_only_assign() -> None:
    """A method under @event runs again at every reload, so no rule stands in it."""
    wrong = []
    for path in python_files("services"):
        if path.parent.name != "domain":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and _is_event_method(node):
                wrong += [
                    f"{path.relative_to(ROOT)}:{inner.lineno}"
                    for inner in ast.walk(node)
                    if isinstance(inner, ast.Raise | ast.If | ast.Assert)
                ]
    assert wrong == []


def _is_event_method(node: ast.FunctionDef) -> bool:
    return any(
        isinstance(decorator, ast.Call)
        and isinstance(decorator.func, ast.Name)
        and decorator.func.id == "event"
        for decorator in node.decorator_list
    )


def test_no_private_key_is_committed() -> None:
    """No tracked file carries a private key."""
    banned = "BEGIN " + "PRIVATE KEY"
    listed = subprocess.run(
        ["git", "grep", "-lF", banned], cwd=ROOT, capture_output=True, check=False
    )
    assert listed.stdout == b""
