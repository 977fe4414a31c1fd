"""What a drawing shows a judge: parts that are drawn and explained, ways that can be followed, and what breaks."""

from coach.board.parse import read_board
from coach.content.library import find_problem
from coach.judge.card import Card
from coach.judge.drawn import Drawn, Expectations, board_in, boxes_of
from coach.judge.reading import Reading
from coach.judge.writeup import read_write_up
from coach.scoring import Scoring
from coach.session.commands import BOARD, Edit, NextPhase
from coach.session.notes import notes_text
from coach.session.transcript import Transcript, TranscriptLine, freeze
from coach.wiring import checklist_of
from tests.fakes.sessions import Interview

BOARD_LINES = """client -> load balancer x2 -> redirect service x3: GET /code
load balancer -> create service x2: POST /urls
create service -> links DB x2
redirect service -> redis cache: lookup
redirect service -> links DB: on miss
redirect service -> Kafka x3: click
Kafka -> stats worker -> stats DB"""
WORDS = """The redirect service looks in the redis cache first, on a miss reads the links database and answers 302.
The create service draws a random code, checks that it is unused and inserts the row into the links database."""


def transcript(board: str, design: str = "") -> Transcript:
    lines = [(text, "notes") for text in design.split("\n") if text] + [
        (text, "board") for text in board.split("\n")
    ]
    return Transcript(
        "interview",
        tuple(
            TranscriptLine(number, "candidate", source, text, "high_level", "high_level", 10.0)  # type: ignore[arg-type]
            for number, (text, source) in enumerate(lines, 1)
        ),
    )


def drawn(board: str, design: str = "") -> Drawn:
    return Reading(transcript(board, design), checklist_of("tinyurl")).drawn


def graded(design: str) -> Card:
    text = (
        f"## Requirements & scope\n\n## Capacity estimation\n\n## High-level design\n{design}\n## Deep dive\n"
    )
    return Scoring().of_text(text, problem="tinyurl", seniority="senior").card


def outcome(card: Card, check: str) -> tuple[str, str | None]:
    finding = next(one for one in card.findings if one.check == check)
    return finding.finding, finding.why


def test_findings_point_at_lines_of_the_transcript():
    found = drawn("client -> api\napi -> links DB", WORDS).findings()
    assert [(one.rule, one.line) for one in found if one.rule == "single-point"] == [
        ("single-point", 3),
        ("single-point", 4),
    ]


def test_what_is_right_in_this_problem_is_excused_with_its_reason():
    found = drawn(BOARD_LINES, WORDS).findings()
    excused = [one for one in found if one.excused]
    assert {one.text for one in excused} == {"stats worker", "stats DB"}
    assert not any(one.rule == "single-point" and one.excused is None for one in found)


def test_boxes_stand_for_components_by_name():
    parts = boxes_of(find_problem("tinyurl"), read_board(BOARD_LINES))
    assert "redirect_service" in parts["redirect-service"]
    assert "links_db" in parts["link-store"]


def test_a_part_that_is_drawn_and_explained_is_met_and_one_only_drawn_is_partly():
    figure = f"```\n{BOARD_LINES}\n```"
    card = graded(f"{figure}\n{WORDS}")
    assert outcome(card, "component.redirect-service")[0] == "met"
    assert outcome(card, "component.click-stream") == ("partly", "drawn, but not explained")
    assert outcome(graded(WORDS), "component.click-stream")[0] == "not_shown"


def test_boxes_without_words_show_nothing():
    card = graded(f"```\n{BOARD_LINES}\n```")
    assert outcome(card, "component.redirect-service")[0] == "not_shown"
    assert outcome(card, "request.follow")[0] == "not_shown"
    assert next(one for one in card.mistakes if one.mistake == "drawing_without_explaining").made
    assert card.score is not None
    assert card.score < 1.5


def test_a_drawn_way_completes_a_request_that_is_half_told():
    told = "On a redirect the service answers 302 from memory."
    figure = f"```\n{BOARD_LINES}\n```\n{WORDS.splitlines()[1]}\nThe load balancer spreads requests over both services.\n"
    before, after = graded(f"{WORDS.splitlines()[1]}\n{told}"), graded(f"{figure}{told}")
    order = ["not_shown", "partly", "met"]
    assert order.index(outcome(after, "request.follow")[0]) >= order.index(
        outcome(before, "request.follow")[0]
    )
    assert outcome(after, "request.follow")[0] != "not_shown"


def test_arrows_in_notes_are_read_where_the_board_is_empty():
    notes = "The plan:\n- client -> LB -> api -> redis\n- api -> links DB\nreads -> mostly hot links\np99 -> 100 ms"
    board, numbers = board_in(transcript("", notes))
    assert [box.name for box in board.boxes] == ["client", "LB", "api", "redis", "links DB"]
    assert numbers == (2, 3)


def test_a_fenced_flowchart_in_a_write_up_is_read_and_code_is_not():
    text = (
        "## High-level design\n```mermaid\nflowchart LR\n a[Client] --> b[API]\n b --> c[(Links)]\n```\n"
        "```python\ndef f() -> int:\n  x = a -> b\n```\n"
    )
    board, _ = board_in(read_write_up(text).transcript)
    assert [box.name for box in board.boxes] == ["Client", "API", "Links"]


def test_the_board_goes_before_arrows_in_the_notes():
    board, _ = board_in(transcript("client -> api -> db", "client -> other -> thing"))
    assert [box.name for box in board.boxes] == ["client", "api", "db"]


def test_boards_in_notes_files_read_back_as_the_same_board():
    interview = Interview()
    for _ in range(2):
        interview.do(NextPhase(), 60.0)
    interview.do(Edit(BOARD, BOARD_LINES), 120.0)
    lived, _ = board_in(freeze(tuple(interview.records)))
    read, _ = board_in(read_write_up(notes_text(interview.state)).transcript)
    assert [box.name for box in read.boxes] == [box.name for box in lived.boxes]
    assert len(read.arrows) == len(lived.arrows)


def test_lines_of_the_board_are_no_claims_and_no_estimates():
    reading = Reading(
        transcript("client -> api: store 5 GB on disk and read it from there"), checklist_of("tinyurl")
    )
    assert not reading.claims
    assert not reading.estimates.findings()


def test_while_one_draws_the_ways_of_requests_are_told_only_in_the_last_phase():
    interview = Interview(mode="practice")
    expected = Expectations(find_problem("tinyurl"), lambda: interview.state)
    board = read_board(BOARD_LINES)
    assert expected(board).is_read_heavy
    assert not expected(board).ways
    assert expected(board).explained is None
    interview.do(Edit("notes.requirements", WORDS), 10.0)
    for at in range(3):
        interview.do(NextPhase(), 60.0 + at)
    assert expected(board).ways
    assert "redis_cache" in (expected(board).explained or ())
    assert "kafka" not in (expected(board).explained or ())
