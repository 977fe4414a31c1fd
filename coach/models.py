"""The model behind the screens: which one, whether its host may be told anything, and what is asked of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach import agreement, config, hosts, wiring
from coach.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from coach.clock import Clock
    from coach.coaching import Coaching
    from coach.config import Wish
    from coach.content.problem import Problem
    from coach.interviewer.modelled import ModelledInterviewer
    from coach.interviewer.scripted import ScriptedInterviewer
    from coach.judge.port import Progress
    from coach.llm.port import Line
    from coach.profile import Profile
    from coach.report.review import Review
    from coach.scoring import Scoring


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the words would go. `question` is asked once, while `is_agreed` is False."""

    host: str
    model: str
    is_agreed: bool
    question: str


class Models:
    """At most one endpoint, from the command line, the environment or config.toml; one line to it for all."""

    def __init__(self, wish: Wish, clock: Clock) -> None:
        self._wish = wish
        self._clock = clock
        self._line: Line | None = None
        self._profile: Profile | None = None

    def endpoint(self) -> Endpoint | None:
        """The endpoint as it is configured now; None without one. `BadInput` when the configuration is wrong."""
        profile = config.endpoint(self._wish)
        if profile is None:
            return None
        if not profile.model:
            raise BadInput(
                "Which model?",
                f"{profile.address.shown} may offer several.",
                hint="Start with --model; coach doctor lists what is there.",
            )
        known = self._profile
        if known is None or (known.address, known.model) != (profile.address, profile.model):
            self.close()
            self._profile = profile
        address = profile.address
        return Endpoint(address.shown, profile.model, hosts.is_agreed(address), agreement.question(address))

    def agree(self) -> None:
        """From now on the endpoint's host may be told what somebody wrote."""
        hosts.agree(self._chosen().address)

    def interviewer(self, problem: Problem, script: ScriptedInterviewer) -> ModelledInterviewer:
        """Somebody who answers in the model's words; `script` knows what comes next."""
        from coach.interviewer.modelled import ModelledInterviewer

        return ModelledInterviewer(problem, script, self._open())

    def scoring(self, tell: Callable[[Progress], None]) -> Scoring:
        """A judging by the model."""
        from coach.scoring import Scoring

        return Scoring(self._open(), tell=tell, wall=self._clock.wall())

    def coaching(self, review: Review) -> Coaching:
        """What the model has to say about a judging; begins at once."""
        from coach.coaching import Coaching

        return Coaching(review, self._open(), review.kept_in)

    def close(self) -> None:
        """Hang up."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def _open(self) -> Line:
        """The line to an endpoint that was agreed to; anything else is a fault of ours."""
        profile = self._chosen()
        if not hosts.is_agreed(profile.address):
            raise BadInput(
                "Nothing was sent", f"Nobody has agreed yet to send anything to {profile.address.shown}."
            )
        if self._line is None:
            self._line = wiring.line(profile)
        return self._line

    def _chosen(self) -> Profile:
        if self._profile is None and self.endpoint() is None:
            raise BadInput("No model is configured", "Nothing names an endpoint.", hint="See coach doctor.")
        assert self._profile is not None  # noqa: S101  `endpoint` has just set it
        return self._profile
