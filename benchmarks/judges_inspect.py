"""inspect_ai's model_graded_qa, one sample per criterion, over an OpenAI-compatible endpoint. Started by `judges.py`."""

from typing import Any

import judges_loop
from inspect_ai import Task, eval  # noqa: A004
from inspect_ai.dataset import Sample
from inspect_ai.model import ModelOutput, get_model
from inspect_ai.scorer import model_graded_qa
from inspect_ai.solver import Generate, Solver, TaskState, solver

INSTRUCTIONS = """
First, write out in a step by step manner your reasoning about the criterion to be sure that your conclusion is correct.
Then end with your answer formatted as 'GRADE: $LEVEL' (without quotes) where LEVEL is one of 1, 2, 3 and 4: the highest
level whose description fits.
"""
PATTERN = r"(?s).*GRADE:\s*([1-4])"


def criterion_text(criterion: dict[str, Any]) -> str:
    """One criterion with its four anchored levels."""
    levels = "\n".join(f"{level}: {text}" for level, text in enumerate(criterion["levels"], start=1))
    return f"{criterion['name']}\n{levels}"


@solver
def handed_in(transcript: str) -> Solver:
    """The answer is there already; no model is asked for one."""

    async def solve(state: TaskState, generate: Generate) -> TaskState:
        state.output = ModelOutput.from_content("candidate", transcript)
        return state

    return solve


def prepare(told: dict[str, Any]) -> judges_loop.Judge:
    """A judge of the interview."""

    def judge(_: int) -> str:
        model = get_model(f"openai-api/local/{told['model']}", base_url=told["url"], api_key="none")
        task = Task(
            dataset=[
                Sample(input=told["question"], target=criterion_text(one), id=at)
                for at, one in enumerate(told["criteria"], start=1)
            ],
            solver=handed_in(told["transcript"]),
            scorer=model_graded_qa(instructions=INSTRUCTIONS, grade_pattern=PATTERN, model=model),
        )
        (log,) = eval(task, model=model, display="none", log_dir="logs")
        if log.status != "success":
            raise RuntimeError(str(log.error))
        scores = [next(iter((one.scores or {}).values())).value for one in log.samples or []]
        return "levels " + " ".join(map(str, scores))

    return judge


judges_loop.serve(prepare, ["inspect-ai", "openai"])
