"""deepeval's GEval, one metric per criterion, over a local endpoint. Started by `judges.py` in the peers' environment.

The argument says whether GEval writes the steps itself (`criteria`) or is given them (`steps`).
"""

import sys
from typing import Any

import judges_loop
from deepeval import evaluate
from deepeval.evaluate.configs import CacheConfig, DisplayConfig
from deepeval.metrics import GEval
from deepeval.metrics.g_eval import Rubric
from deepeval.models import LocalModel
from deepeval.test_case import LLMTestCase, SingleTurnParams

PARAMS = [SingleTurnParams.INPUT, SingleTurnParams.ACTUAL_OUTPUT]
STEPS = (
    "Find everything in the actual output that bears on this: {name}.",
    "Compare it with the levels of the rubric, for the task in the input.",
    "Give the highest level whose description fits.",
)
CRITERIA = "{name}: how well does the candidate in the actual output do this, for the task in the input?"


def metric(criterion: dict[str, Any], model: LocalModel, *, has_steps: bool) -> GEval:
    """One criterion with its four anchored levels."""
    name = criterion["name"]
    return GEval(
        name=name,
        evaluation_params=PARAMS,
        criteria=None if has_steps else CRITERIA.format(name=name),
        evaluation_steps=[step.format(name=name) for step in STEPS] if has_steps else None,
        rubric=[
            Rubric(score_range=(level, level), expected_outcome=text)
            for level, text in enumerate(criterion["levels"], start=1)
        ],
        model=model,
    )


def prepare(told: dict[str, Any]) -> judges_loop.Judge:
    """A judge of the interview; each run makes its own metrics, as a fresh script would."""

    def judge(_: int) -> str:
        model = LocalModel(model=told["model"], base_url=told["url"], api_key="none")
        done = evaluate(
            [LLMTestCase(input=told["question"], actual_output=told["transcript"])],
            [metric(one, model, has_steps=sys.argv[1] == "steps") for one in told["criteria"]],
            display_config=DisplayConfig(show_indicator=False, print_results=False, inspect_after_run=False),
            cache_config=CacheConfig(write_cache=False),
        )
        scores = [one.score for one in done.test_results[0].metrics_data or []]
        # GEval maps the rubric's 1 to 4 onto 0 to 1.
        return "levels " + " ".join("none" if one is None else f"{1 + 3 * one:g}" for one in scores)

    return judge


judges_loop.serve(prepare, ["deepeval"])
