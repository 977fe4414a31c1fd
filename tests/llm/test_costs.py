"""What a call costs is the server's word or the user's prices, and never a guess. C.9: 18."""

import pytest

from coach.llm.asking import cost_of
from coach.llm.port import Spent, Usage
from tests.llm.line import profile_of

URL = "http://127.0.0.1:9/v1"
USED = Usage(1000, 200, cached=400)


@pytest.mark.parametrize(
    ("usage", "prices", "cost"),
    [
        (None, {"price_in": 1.0, "price_out": 2.0}, None),
        (USED, {}, None),
        (USED, {"price_in": 1.0}, None),
        (USED, {"price_out": 1.0}, None),
        (USED, {"price_in": 1.0, "price_out": 2.0}, (1000 + 400) / 1e6),
        (USED, {"price_in": 1.0, "price_out": 2.0, "price_cached": 0.25}, (600 + 100 + 400) / 1e6),
        (USED, {"price_in": 1.0, "price_out": 2.0, "price_cached": 0.0}, (600 + 400) / 1e6),
        (USED, {"price_in": 0.0, "price_out": 0.0}, 0.0),
        (Usage(1000, 200, cost=0.5), {"price_in": 1.0, "price_out": 2.0}, 0.5),
        (Usage(1000, 200, cost=0.0), {"price_in": 1.0, "price_out": 2.0}, 0.0),
    ],
)
def test_a_cost_is_the_servers_word_else_from_the_prices(
    usage: Usage | None, prices: dict[str, float], cost: float | None
) -> None:
    found = cost_of(usage, profile_of(URL, **prices))
    assert found == (cost if cost is None else pytest.approx(cost))


def test_calls_are_added_up_and_each_repair_is_told_once() -> None:
    total = Spent()
    total = total.with_call(USED, seconds=1.25, cost=0.5, repairs=("one", "two"))
    total = total.with_call(Usage(10, 5), seconds=0.5, cost=None, repairs=("two", "three"), calls=2)
    assert (total.calls, total.prompt, total.answer, total.cached) == (3, 1010, 205, 400)
    assert (total.seconds, total.cost) == (1.75, 0.5)
    assert total.repairs == ("one", "two", "three")
    assert total.usage == Usage(1010, 205, cached=400)


def test_a_call_that_nobody_counted_leaves_the_sum_uncounted() -> None:
    total = Spent().with_call(USED, seconds=1.0, cost=None, repairs=())
    total = total.with_call(None, seconds=1.0, cost=None, repairs=())
    total = total.with_call(USED, seconds=1.0, cost=None, repairs=())
    assert (total.calls, total.is_counted, total.usage, total.cost) == (3, False, None, None)
