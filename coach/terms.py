"""The fixed words of the field, once: phases, modes, seniorities, dimensions and verdicts. Imports nothing heavy."""

from typing import Literal, get_args

Phase = Literal["requirements", "estimation", "high_level", "deep_dive"]
PHASES: tuple[Phase, ...] = get_args(Phase)

Mode = Literal["mock", "practice", "drill"]
MODES: tuple[Mode, ...] = get_args(Mode)

Seniority = Literal["mid", "senior", "staff"]
SENIORITIES: tuple[Seniority, ...] = get_args(Seniority)

Dimension = Literal[
    "requirements",
    "estimation",
    "architecture",
    "data_api",
    "depth",
    "tradeoffs",
    "reliability",
    "communication",
]
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)

Verdict = Literal["strong_hire", "hire", "no_hire", "strong_no_hire"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
"""Best first."""

JudgeKind = Literal["offline", "model"]
JUDGES: tuple[JudgeKind, ...] = get_args(JudgeKind)

InterviewerKind = Literal["scripted", "model"]
INTERVIEWERS: tuple[InterviewerKind, ...] = get_args(InterviewerKind)

Persona = Literal["neutral", "friendly", "terse", "adversarial"]
PERSONAS: tuple[Persona, ...] = get_args(Persona)
"""How a modelled interviewer presses; the rubric is the same."""
