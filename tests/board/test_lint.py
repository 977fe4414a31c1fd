"""What breaks, waits or hangs loose on a board, rule by rule."""

import pytest

from coach.board.lint import RULES, Critique, Expected, Way, followed, lint
from coach.board.parse import read_board


def found(text: str, rule: str, expected: Expected | None = None) -> list[Critique]:
    return [one for one in lint(read_board(text), expected) if one.rule == rule]


def about(text: str, rule: str, expected: Expected | None = None) -> list[str]:
    return [box for one in found(text, rule, expected) for box in one.boxes]


def test_a_box_whose_loss_cuts_off_a_store_is_a_single_point():
    (one,) = found("client -> LB\nLB -> api x3\napi -> users DB x2\napi -> posts DB x2", "single-point")
    assert (one.line, one.boxes) == (1, ("lb",))
    assert "without it users DB and posts DB cannot be reached" in one.text


@pytest.mark.parametrize(
    "text",
    [
        "client -> LB x2 -> api x3 -> DB x2",
        "client -> LB x2 -> API servers -> DB cluster",
        "client -> lb1 -> api x2 -> DB x2\nclient -> lb2 -> api",
        "client -> CDN -> S3",
    ],
)
def test_replicas_clusters_second_ways_and_managed_stores_are_none(text: str):
    assert about(text, "single-point") == []


def test_a_store_without_a_copy_stands_alone():
    (one,) = found("client -> api x2 -> DB", "single-point")
    assert one.boxes == ("db",)
    assert "stands alone" in one.text


def test_boxes_joined_to_nothing_and_boxes_nothing_calls_are_named():
    text = "client -> api x2 -> db x2\nredis\nmonitoring -> db\nbilling -> ledger x2\nledger -> billing"
    assert about(text, "orphan") == ["redis"]
    assert about(text, "unreachable") == ["monitoring", "billing"]


def test_workers_start_by_themselves():
    assert about("client -> api x2 -> db x2\nnightly job -> db", "unreachable") == []


def test_slow_work_in_the_callers_request_is_named_at_the_arrow_that_leads_there():
    (one,) = found("client -> api: POST /tweet\napi -> db\napi -> fan-out workers", "slow-write")
    assert (one.line, one.boxes) == (3, ("fan_out_workers",))
    assert "POST /tweet" in one.text


@pytest.mark.parametrize(
    "text",
    [
        "client -> api: POST /tweet\napi -> Kafka -> fan-out workers",
        "client -> api: POST /tweet\napi -> fan-out workers: async",
        "client -> api: GET /feed\napi -> fan-out workers",
        "client -> api: POST /tweet\napi -> tweet service -> db",
    ],
)
def test_work_behind_a_queue_or_done_later_is_not(text: str):
    assert found(text, "slow-write") == []


def test_reads_that_meet_no_cache_are_named_where_reads_are_most_of_the_traffic():
    text = "client -> api: GET /feed\napi -> db"
    heavy = Expected(is_read_heavy=True)
    (one,) = found(text, "no-cache", heavy)
    assert one.line == 1
    assert found(text, "no-cache") == []
    assert found(f"{text}\napi -> redis", "no-cache", heavy) == []
    assert found("client -> CDN: GET /x\nCDN -> api -> db", "no-cache", heavy) == []
    assert found("client -> api -> db", "no-cache", heavy)


def test_a_request_that_cannot_be_followed_is_named():
    ways = (
        Way("post", (frozenset({"api"}), frozenset({"db"}))),
        Way("read", (frozenset({"api"}), frozenset({"cache", "redis"}), frozenset({"db"}))),
        Way("count", (frozenset({"api"}), frozenset({"kafka"}), frozenset({"stats"}))),
    )
    text = "client -> api -> db\napi -> kafka\nstats: db"
    assert [one.text for one in found(text, "no-path", Expected(ways=ways))] == [
        "No way is drawn for this request: count."
    ]


def test_one_server_may_serve_a_request_that_has_no_box_of_its_own():
    ways = (Way("follow", (frozenset(), frozenset({"db"}))),)
    board = read_board("client -> api -> db")
    assert found("client -> api -> db", "no-path", Expected(ways=ways)) == []
    assert followed(board, ways) == frozenset()


def test_what_pulls_may_be_drawn_against_the_flow():
    ways = (Way("count", (frozenset({"api"}), frozenset({"worker"}))),)
    assert found("client -> api -> kafka\nworker -> kafka", "no-path", Expected(ways=ways)) == []


def test_boxes_without_a_word_and_too_many_boxes_are_named():
    text = "client -> api -> db\napi -> redis"
    assert about(text, "unexplained", Expected(explained=frozenset({"api", "db"}))) == ["redis"]
    assert found(text, "unexplained") == []
    (one,) = found(text, "too-many", Expected(most_boxes=2))
    assert "3 parts are drawn; 2 are enough" in one.text
    assert found(text, "too-many", Expected(most_boxes=3)) == []


def test_a_problem_switches_rules_off_and_excuses_boxes():
    text = "client -> api\napi -> db\napi -> stats db"
    assert about(text, "single-point") == ["api", "db", "stats_db"]
    assert about(text, "single-point", Expected(excused={("single-point", "stats_db"): "may be late"})) == [
        "api",
        "db",
    ]
    assert lint(read_board(text), Expected(off=frozenset(RULES))) == ()


def test_what_leads_only_to_an_excused_store_is_no_single_point():
    text = "client -> api x2 -> db x2\napi -> kafka -> stats db"
    assert about(text, "single-point") == ["kafka", "stats_db"]
    assert about(text, "single-point", Expected(excused={("single-point", "stats_db"): "may be late"})) == []


def test_the_box_being_typed_is_not_judged():
    text = "client -> api x2 -> db x2\nred"
    assert about(text, "orphan") == ["red"]
    assert not lint(read_board(text, cursor=(1, 3)))


def test_an_empty_board_and_one_without_arrows_are_left_alone():
    assert not lint(read_board(""))
    assert not lint(read_board("client\napi\ndb"))


@pytest.mark.parametrize("caller", ["teams", "marketing", "partners"])
def test_whoever_calls_from_outside_needs_nobody_who_calls_them(caller: str):
    assert about(f"app -> api x2\n{caller} -> api\napi -> db x2", "unreachable") == []
