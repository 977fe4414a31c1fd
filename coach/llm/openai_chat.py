"""Talks to any OpenAI-compatible endpoint through the openai library. The only file that imports it.

That import costs most of a second, so this module is imported in a thread: see `coach.llm.background`.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
from typing import TYPE_CHECKING, Any, TypeVar

import openai

from coach import __version__
from coach.llm.abilities import MOST_STEPS, fewer_demands, step_down
from coach.llm.arguments import arguments, optional
from coach.llm.completion import error_in, reply_in
from coach.llm.failures import failure_of, page_instead
from coach.llm.hearing import Heard
from coach.llm.network import failure_on_the_way, pause_s, timed_out
from coach.llm.port import ModelError, Piece, Reply
from coach.llm.refusal import Refusal, plain

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable

    from coach.clock import Clock
    from coach.llm.abilities import Abilities
    from coach.llm.memory import Memory
    from coach.llm.port import Request
    from coach.profile import Profile

CONNECT_S, LOOK_S = 10.0, 1.5
"""Seconds to connect, and for one look at what a server tells about itself."""
_LEAVES = frozenset(("content-length", "transfer-encoding", "accept-encoding", "connection"))
"""What is left of the library's headers; it adds its own and those of `OPENAI_CUSTOM_HEADERS` and the like."""

T = TypeVar("T")

for _name in ("openai", "httpx2", "httpcore2"):
    # OPENAI_LOG=debug, set for another program, would write the candidate's words over the screen.
    logging.getLogger(_name).setLevel(logging.WARNING)


class OpenAIChat:
    """A `ChatModel`: one client, and so one pool of connections, for as long as it lives."""

    def __init__(
        self,
        profile: Profile,
        memory: Memory,
        *,
        clock: Clock,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.profile = profile
        self.abilities = memory.recall(profile)
        self._memory = memory
        self._clock = clock
        self._pause = pause
        self._http = _http_client(profile, self._let_through)
        self._client = openai.AsyncOpenAI(
            api_key="none",  # `_let_through` puts the real one in, and it is nowhere else
            organization="",
            project="",
            base_url=profile.address.url,
            default_query=dict(profile.address.query),
            max_retries=0,
            timeout=openai.Timeout(profile.deadline_s, connect=CONNECT_S),
            http_client=self._http,
        )

    async def close(self) -> None:
        """Let the connections go."""
        await self._client.close()

    def learn(self, abilities: Abilities) -> None:
        """Remember what was found out."""
        if abilities != self.abilities:
            self.abilities = abilities
            self._memory.keep(self.profile, abilities)

    def demand_less(self, why: str) -> str:
        """From now on ask for objects in a weaker way; what changed."""
        step = fewer_demands(self.abilities, why)
        self.learn(step.abilities)
        return step.what

    async def complete(self, request: Request) -> Reply:
        """The whole answer, after as many steps down and pauses as it takes."""
        return await self._completed(request, self._clock.steady())

    async def _completed(self, request: Request, began: float) -> Reply:
        repairs = list[str]()
        answer = await self._in_time(self._asked(request, repairs, stream=False), began)
        reply = reply_in(answer, request.shape, self.profile)
        seconds = round(self._clock.steady() - began, 3)
        return Reply(
            reply.text, finish=reply.finish, usage=reply.usage, seconds=seconds, repairs=tuple(repairs)
        )

    async def stream(self, request: Request) -> AsyncGenerator[Piece]:
        """The answer as it arrives. An end without a reason to finish is an error: half an answer looks whole."""
        began = self._clock.steady()
        stream = await self._in_time(self._asked(request, [], stream=True), began)
        heard = Heard(self.profile)
        try:
            chunks = aiter(stream)
            while (chunk := await self._in_time(self._next(chunks), began)) is not None:
                if text := heard.take(chunk):
                    yield Piece(text)
        finally:
            await stream.close()
        if heard.is_silent:
            # A server that does not stream, or that ends an error that way: asked plainly, it says which.
            reply = await self._completed(request, began)
            yield Piece(reply.text, finish=reply.finish or "stop", usage=reply.usage)
            return
        yield Piece(heard.last(request.shape), finish=heard.end(), usage=heard.usage)

    async def look(self, path: str) -> object:
        """What the server says at `path`, decoded; None when nothing sensible comes at once.

        `./models` is below the base URL, `/props` below its root.
        """
        url = str(self._client.base_url).rstrip("/")  # `/v1` may have been found out
        root = url if path.startswith(".") else url.removesuffix("/v1")
        try:
            answer = await self._http.get(f"{root}/{path.lstrip('./')}", timeout=LOOK_S)
            return answer.json() if answer.status_code == 200 else None
        except Exception:
            return None  # it was only a look: whatever is wrong will be named when it matters

    async def _in_time(self, doing: Awaitable[T], began: float) -> T:
        """The total deadline. The library's own begins anew with every byte of a dripping body."""
        try:
            async with asyncio.timeout(self.profile.deadline_s - (self._clock.steady() - began)):
                return await doing
        except TimeoutError:
            raise timed_out(self.profile) from None

    async def _asked(self, request: Request, repairs: list[str], *, stream: bool) -> Any:
        """What the server sends when it takes the request; `repairs` tells what that took."""
        steps = waits = 0
        while True:
            known = self.abilities
            failure: ModelError | None = None
            try:
                return await self._create(arguments(request, known, self.profile, stream=stream))
            except openai.APIStatusError as error:
                refusal = _refusal(error)
            except openai.APIConnectionError as error:
                failure = failure_on_the_way(error, self.profile)
            if failure is not None:
                if failure.kind != "disconnected" or _AGAIN in repairs:
                    raise failure
                repairs.append(_AGAIN)
                continue
            sent = optional(known, self.profile, stream=stream)
            step = step_down(known, refusal, sent=sent, has_shape=request.shape is not None)
            if step is not None and steps < MOST_STEPS:
                steps += 1
                self.learn(step.abilities)
                repairs.append(step.what)
            elif self._tries_v1(refusal):
                repairs.append(f"nothing at {self.profile.address.url}: /v1 added")
            else:
                wait = pause_s(refusal, waits, patient=self.profile.address.is_loopback)
                if wait is None:
                    raise failure_of(refusal, self.profile)
                waits += 1
                repairs.append(f"waited {wait:g} s after {refusal.status}")
                await self._pause(wait)

    async def _create(self, found: dict[str, Any]) -> Any:
        try:
            return await self._client.chat.completions.create(**found)
        except openai.APIError:
            raise
        except (openai.OpenAIError, ValueError, TypeError, AttributeError):
            # The library trips over bodies that are no completion at all.
            raise page_instead(self.profile.address) from None

    async def _next(self, chunks: AsyncIterator[Any]) -> Any:
        """The next chunk, or None at the end."""
        try:
            return await anext(chunks, None)
        except openai.APIConnectionError as error:
            failure = failure_on_the_way(error, self.profile)
        except openai.APIError as error:
            failure = error_in(error.body or plain(error.message), self.profile)
        except (ValueError, TypeError, AttributeError):
            failure = page_instead(self.profile.address)
        # Raised out here, where the library's own error with the server's raw words is not its context.
        raise failure

    def _tries_v1(self, refusal: Refusal) -> bool:
        """Whether a path was missing that may have been forgotten; then it is there from now on."""
        url = str(self._client.base_url).rstrip("/")
        is_path = refusal.status == 404 and failure_of(refusal, self.profile).kind == "path"
        if not is_path or "/v1" in url:
            return False
        self._client.base_url = f"{url}/v1"
        return True

    async def _let_through(self, request: Any) -> None:
        """The last look at what leaves: this key only, to this host only, and no header nobody asked for."""
        host = request.url.raw_host.decode("ascii")
        if (request.url.scheme, host) != self.profile.address.origin[:2]:
            raise openai.APIConnectionError(message="another host", request=request)
        for name in [name for name in request.headers if name.lower() not in _LEAVES]:
            del request.headers[name]
        request.headers["host"] = request.url.netloc.decode("ascii")
        request.headers["accept"] = "application/json"
        request.headers["user-agent"] = f"coach/{__version__}"
        if request.method == "POST":
            request.headers["content-type"] = "application/json"
        if self.profile.key is not None:
            request.headers["authorization"] = f"Bearer {self.profile.key.reveal()}"


_AGAIN = "connection lost: sent again"


def _http_client(
    profile: Profile, let_through: Callable[[Any], Awaitable[None]]
) -> openai.DefaultAsyncHttpxClient:
    try:
        return openai.DefaultAsyncHttpxClient(
            # A proxy cannot reach this machine's loopback, and no redirect may hand the words to another host.
            trust_env=not profile.address.is_loopback,
            follow_redirects=False,
            verify=_trusted(profile),
            event_hooks={"request": [let_through]},
        )
    except OSError as error:
        raise ModelError(
            "tls",
            "The certificate file cannot be read",
            f"{profile.ca_file}: {error.strerror or error}.",
            hint="Correct ca_file in config.toml.",
        ) from None
    except (ImportError, ValueError) as error:
        raise ModelError(
            "proxy",
            "The proxy cannot be used",
            f"HTTP_PROXY, HTTPS_PROXY or ALL_PROXY: {plain(str(error))}",
            hint="Correct it, unset it, or for SOCKS: pip install 'httpx2[socks]'.",
        ) from None


def _trusted(profile: Profile) -> ssl.SSLContext | bool:
    """Whom to believe. Reading the system's list takes longer than all else here, and this machine needs none."""
    if profile.ca_file:
        return ssl.create_default_context(cafile=profile.ca_file)
    return not (profile.address.scheme == "http" and profile.address.is_loopback)


def _refusal(error: openai.APIStatusError) -> Refusal:
    body = error.body if error.body is not None else error.response.text
    return Refusal(
        error.status_code, body, {key.lower(): value for key, value in error.response.headers.items()}
    )
