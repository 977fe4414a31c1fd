"""A server on loopback that speaks like OpenAI's chat completions, and misbehaves when asked to."""

import threading
from bisect import bisect_left
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from tests.fakes.exchange import Call, Json, Line, Reply, Response, deliver
from tests.fakes.refusals import NO_MESSAGES, NOT_FOUND
from tests.fakes.scenarios import Act, acts_of
from tests.fakes.serving import Server
from tests.fakes.windows import DEFAULT_WINDOW, llamacpp

Answer = Callable[[Call], str] | str

CACHE_STEP = 128
CACHE_FROM = 1024

__all__ = ["Answer", "Call", "FakeEndpoint"]


class FakeEndpoint:
    """An endpoint under `url` that notes every chat call. Change `scenario` and `answer` while it runs."""

    def __init__(
        self,
        answer: Answer = "ok",
        *,
        scenario: str = "",
        window: int | None = None,
        pace_s: float = 0.0,
        delay_s: float = 0.5,
        model: Mapping[str, object] | None = None,
        pages: Mapping[str, object] | None = None,
    ) -> None:
        self.answer = answer
        self.scenario = scenario
        self.window = window
        self.pace_s = pace_s
        self.delay_s = delay_s
        self.model = dict(model or {})
        self.pages = dict(pages or {})
        self.calls: list[Call] = []
        self.connections = 0
        self.disconnects = 0
        self.failures: list[BaseException] = []
        self.stopping = threading.Event()
        self.lock = threading.Lock()
        self._port = 0
        self._server: Server | None = None

    @property
    def url(self) -> str:
        """The base address a client is given."""
        return f"http://127.0.0.1:{self._port}/v1"

    @property
    def scenario(self) -> str:
        """The names in force, joined by `+`; setting them starts every `_then_ok` afresh."""
        return self._scenario

    @scenario.setter
    def scenario(self, names: str) -> None:
        self._acts = acts_of(names)
        self._scenario = names

    def start(self) -> "FakeEndpoint":
        """Listen; after a stop, on the same port as before."""
        self.stopping.clear()
        self._server = Server(self, self._port)
        self._port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def stop(self) -> None:
        """Close every connection and the port."""
        self.stopping.set()
        if self._server is not None:
            self._server.leave()
            self._server = None

    def __enter__(self) -> "FakeEndpoint":
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.stop()
        if self.failures and kind is None:
            raise AssertionError(f"the endpoint failed: {self.failures[0]!r}") from self.failures[0]

    def reusable_prefix(self) -> int:
        """The prompt tokens a cache like OpenAI's would have had: steps of 128, from 1,024 on."""
        total = 0
        for number, call in enumerate(self.calls):
            earlier = self.calls[:number]
            shared = max((_shared(call.prefix, other.prefix) for other in earlier), default=0)
            steps = shared // 4 // CACHE_STEP * CACHE_STEP
            total += steps if steps >= CACHE_FROM else 0
        return total

    def stats(self) -> dict[str, int]:
        """The cost of what was asked so far."""
        return {
            "calls": len(self.calls),
            "connections": self.connections,
            "prompt_tokens": sum(call.prompt_tokens for call in self.calls),
            "cacheable": self.reusable_prefix(),
        }

    def record(self, body: Json, headers: dict[str, str], *, path: str) -> Call:
        """Note a chat call."""
        with self.lock:
            call = Call(len(self.calls) + 1, body, headers, path)
            self.calls.append(call)
        return call

    def chat(self, call: Call, line: Line) -> None:
        """Answer a POST as the scenario has it."""
        acts = [act for act in self._acts if act.scenario.meets_chats]
        for act in acts:
            if act.scenario.delay and self._claim(act):
                act.scenario.delay(line)
        if refusal := self._refusal(call, acts):
            refusal.write(line)
            return
        reply = Reply.to(call, self.answer if isinstance(self.answer, str) else self.answer(call))
        for act in acts:
            if act.scenario.change and self._claim(act):
                act.scenario.change(reply)
        for act in acts:
            fits = reply.as_events or not act.scenario.only_streams
            if act.scenario.wire and fits and self._claim(act):
                act.scenario.wire(line, reply)
                return
        deliver(line, reply)

    def page(self, call: Call, line: Line) -> None:
        """Answer a GET; a scenario that ends in `_then_ok` is kept for the chats."""
        for act in self._acts:
            if act.scenario.meets_gets and act.times is None:
                if act.scenario.delay:
                    act.scenario.delay(line)
                if act.scenario.refuse and (refusal := act.scenario.refuse(call)):
                    refusal.write(line)
                    return
        entry = {"id": "fake-model", "object": "model", "created": 1_700_000_000, "owned_by": "fake"}
        known = {
            "/v1/models": {"object": "list", "data": [entry | self.model]},
            "/health": {"status": "ok"},
        } | self.pages
        route = urlsplit(call.path).path
        (Response(200, known[route]) if route in known else NOT_FOUND).write(line)

    def _refusal(self, call: Call, acts: list[Act]) -> Response | None:
        for act in acts:
            if act.scenario.refuse and (refusal := act.scenario.refuse(call)) and self._claim(act):
                return refusal
        if not urlsplit(call.path).path.endswith("/v1/chat/completions"):
            return NOT_FOUND
        if not call.messages:
            return NO_MESSAGES
        return self._overflow(call, acts)

    def _overflow(self, call: Call, acts: list[Act]) -> Response | None:
        window = DEFAULT_WINDOW if self.window is None else self.window
        spillers = [act for act in acts if act.scenario.overflow]
        if call.prompt_tokens <= window or (self.window is None and not spillers):
            return None
        for act in spillers:
            if act.scenario.overflow and self._claim(act):
                return act.scenario.overflow(call, window)
        return None if spillers else llamacpp(call, window)

    def _claim(self, act: Act) -> bool:
        with self.lock:
            is_due = act.is_live
            act.done += is_due
            return is_due


def _shared(one: str, two: str) -> int:
    """The length of the common beginning."""
    return bisect_left(range(min(len(one), len(two))), True, key=lambda at: one[: at + 1] != two[: at + 1])
