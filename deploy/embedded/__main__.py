"""The command line of the embedded platform: `python -m deploy.embedded up`."""

import argparse
import sys
from pathlib import Path

from deploy.embedded import control, run_file
from deploy.embedded.run_file import STATE
from deploy.embedded.screen import Screen
from deploy.embedded.supervisor import AlreadyRunning, NotReady, Supervisor


def main() -> int:
    """Run one of the commands; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m deploy.embedded")
    parser.add_argument("command", choices=["up", "down", "status"])
    parser.add_argument("--state", type=Path, default=STATE, help="folder for the data")
    parser.add_argument("--behind", action="store_true", help="up: in the background")
    asked = parser.parse_args()
    state = asked.state.resolve()
    screen = Screen()
    if asked.command == "down":
        return _down(state, screen)
    if asked.command == "status":
        return _status(state, screen)
    if asked.behind:
        return _up_behind(state, screen)
    return _up(state, screen)


def _up(state: Path, screen: Screen) -> int:
    try:
        Supervisor(state, screen).run()
    except AlreadyRunning:
        screen.warn("Bình Yên already runs from this folder; make down stops it.")
        _status(state, screen)
        return 1
    except NotReady:
        return 1
    except RuntimeError as error:
        screen.warn(str(error))
        return 1
    return 0


def _up_behind(state: Path, screen: Screen) -> int:
    run, _ = control.ensure_running(state)
    screen.running(run)
    screen.next_steps(run, state / "log")
    return 0


def _down(state: Path, screen: Screen) -> int:
    screen.say("Stopped." if control.stop(state) else "Nothing is running.")
    return 0


def _status(state: Path, screen: Screen) -> int:
    run = run_file.read(state)
    if run is None:
        screen.say("Nothing is running.")
        return 1
    screen.running(run)
    return 0


if __name__ == "__main__":
    sys.exit(main())
