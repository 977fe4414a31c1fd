"""What a candidate picks before the clock starts."""

from dataclasses import dataclass

from coach.terms import InterviewerKind, JudgeKind, Mode, Persona, Phase, Seniority


@dataclass(frozen=True, slots=True)
class Choice:
    """A problem by its id, and how to go through it; `minutes` None is the standard length.

    `interviewer` and `judge` None are the model where one is configured, else the embedded ones.
    """

    problem: str
    mode: Mode = "mock"
    seniority: Seniority = "senior"
    minutes: float | None = None
    only: Phase | None = None
    strict: bool = False
    interviewer: InterviewerKind | None = None
    judge: JudgeKind | None = None
    persona: Persona = "neutral"

    @property
    def uses_model(self) -> bool:
        """Whether anything is to be sent to an endpoint, once the open choices are made."""
        return "model" in (self.interviewer, self.judge)
