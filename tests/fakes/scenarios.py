"""How servers misbehave, by name: the table of every scenario, and what a combination of names means."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.fakes.exchange import Line
from tests.fakes.oddities import CHANGES, DELAYS, WIRES, Change, Wire
from tests.fakes.refusals import REFUSALS, Refuse
from tests.fakes.windows import OVERFLOWS, Overflow

OK_SUFFIX = "_then_ok"
FAILURES_BEFORE_OK = {"overloaded_503": 2}
EVERYWHERE = frozenset(
    "auth_401 bad_gateway_html forbidden_403_html html_200 list_models_404 overloaded_503 path_404 path_404_html "
    "server_500 silent silent_probes".split()
)


@dataclass(frozen=True)
class Scenario:
    """One way to misbehave, at one stage of an exchange: the first of these that is set."""

    delay: Callable[[Line], None] | None = None
    refuse: Refuse | None = None
    overflow: Overflow | None = None
    change: Change | None = None
    wire: Wire | None = None
    only_streams: bool = False
    meets_chats: bool = True
    meets_gets: bool = False


@dataclass
class Act:
    """A scenario in force, for the first `times` occasions or for good."""

    scenario: Scenario
    times: int | None = None
    done: int = 0

    @property
    def is_live(self) -> bool:
        """Whether it has not had its turns yet."""
        return self.times is None or self.done < self.times


def acts_of(names: str) -> list[Act]:
    """The acts that names joined by `+` stand for; any of them may end in `_then_ok`."""
    acts = []
    for name in filter(None, names.split("+")):
        base = name.removesuffix(OK_SUFFIX)
        if base not in SCENARIOS:
            raise ValueError(f"no scenario {name!r}; there are {', '.join(sorted(SCENARIOS))}")
        acts.append(Act(SCENARIOS[base], None if name == base else FAILURES_BEFORE_OK.get(base, 1)))
    return acts


SCENARIOS: dict[str, Scenario] = {
    **{
        name: Scenario(delay=delay, meets_gets=name in EVERYWHERE, meets_chats=name != "silent_probes")
        for name, delay in DELAYS.items()
    },
    **{name: Scenario(refuse=refuse, meets_gets=name in EVERYWHERE) for name, refuse in REFUSALS.items()},
    **{name: Scenario(overflow=overflow) for name, overflow in OVERFLOWS.items()},
    **{name: Scenario(change=change) for name, change in CHANGES.items()},
    **{name: Scenario(wire=wire, only_streams=name.startswith("stream_")) for name, wire in WIRES.items()},
}
