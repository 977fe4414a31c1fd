"""The tests' own ground: no way out of the machine, no home but a temporary one."""

import os
import socket
import time
from pathlib import Path

import pytest

from coach.paths import config_dir, sessions_dir
from tests.fakes.clock import FakeClock
from tests.fakes.until import until


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("example.com", 443), ("2001:db8::1", 80, 0, 0)])
def test_a_test_cannot_leave_the_machine(address: tuple[str, int]) -> None:
    family = socket.AF_INET6 if len(address) == 4 else socket.AF_INET
    with socket.socket(family) as leaving:
        for connect in (leaving.connect, leaving.connect_ex):
            with pytest.raises(PermissionError, match="loopback"):
                connect(address)


def test_a_test_can_talk_to_itself() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass


def test_a_test_has_a_home_of_its_own(tmp_path: Path) -> None:
    assert Path.home().is_relative_to(tmp_path)
    assert sessions_dir().is_relative_to(tmp_path)
    assert config_dir().is_relative_to(tmp_path)
    assert not [name for name in os.environ if name.startswith("OPENAI_")]
    assert time.tzname[0] == "UTC"


async def test_until_waits_and_says_what_was_there() -> None:
    clock = FakeClock()

    def later() -> bool:
        clock.advance(1)
        return clock.steady() > 1003

    assert await until(later)
    with pytest.raises(AssertionError, match="the screen"):
        await until(lambda: False, within_s=0.05, explain=lambda: "the screen")
