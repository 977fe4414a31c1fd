"""What a board's text says, and that no text is too odd to read."""

import random
from pathlib import Path

import pytest

from coach.board.graph import Board
from coach.board.parse import MOST_LINES, read_board

FIXTURES = Path(__file__).parent / "fixtures"


def arrows(board: Board) -> list[tuple[str, str, str]]:
    return [(one.source, one.target, one.label) for one in board.arrows]


def names(board: Board) -> list[str]:
    return [box.name for box in board.boxes]


def test_a_label_on_a_chain_goes_to_every_hop():
    board = read_board("client -> load balancer -> api x3: POST /tweet")
    assert arrows(board) == [
        ("client", "load_balancer", "POST /tweet"),
        ("load_balancer", "api", "POST /tweet"),
    ]
    assert board.box("api").replicas == 3


def test_the_same_name_in_another_spelling_is_the_same_box():
    board = read_board("Load balancer -> api\nload-balancer -> api v2")
    assert names(board) == ["Load balancer", "api", "api v2"]


def test_what_stands_in_brackets_makes_no_other_box_unless_there_are_several():
    board = read_board(
        "client -> connection servers (websocket)\nconnection servers -> queue\nqueue -> worker\nworker (Go) -> db"
    )
    assert names(board) == ["client", "connection servers (websocket)", "queue", "worker", "db"]
    several = read_board("lb -> users (shard 1)\nlb -> users (shard 2)\nusers -> backup")
    assert len(several.boxes) == 5


def test_lists_join_everything_to_everything():
    assert len(read_board("web, mobile & tv -> cdn, lb").arrows) == 6


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("timeline cache: cache", "cache"),
        ("thing: queue", "queue"),
        ("thing (db)", "db"),
        ("thing.shape: cylinder", "db"),
        ("thing: { shape: queue }", "queue"),
        ("thing: The Thing { shape: cylinder }", "db"),
        ("Redis", "cache"),
        ("Kafka consumer", "worker"),
        ("Tweet DB", "db"),
        ("user service", "service"),
        ("app servers", "service"),
        ("mobile app", "client"),
        ("S3 bucket", "blob"),
        ("blob store", "blob"),
        ("ALB", "lb"),
    ],
)
def test_the_kind_is_said_or_guessed(line: str, kind: str):
    assert [box.kind for box in read_board(line).boxes] == [kind]


@pytest.mark.parametrize("line", ["api x3", "api ×3", "api (x3)", "3x api", "api (3 replicas)"])
def test_replicas_are_read(line: str):
    (box,) = read_board(line).boxes
    assert (box.name, box.replicas, box.is_many) == ("api", 3, True)


def test_a_plural_or_a_cluster_is_many():
    board = read_board("API servers, Redis cluster, Postgres")
    assert [box.is_many for box in board.boxes] == [True, True, False]


def test_a_box_belongs_to_the_group_that_mentions_it_first_or_lists_it():
    board = read_board("gateway -> auth\nWrite path {\n  gateway -> tweets\n  auth\n}\ntweets -> db")
    assert {box.id: box.group for box in board.boxes} == {
        "gateway": "",
        "auth": "Write path",
        "tweets": "Write path",
        "db": "",
    }


def test_groups_nest_and_close_by_themselves():
    board = read_board("A {\n B {\n  x -> y")
    assert board.groups == ("A / B",)
    assert "not closed" in board.notes[0].text


def test_a_pasted_flowchart_reads_as_it_draws():
    board = read_board(
        'flowchart TD\n  subgraph g0["Write path"]\n    a["Load balancer"] -->|"POST /x"| b[(Tweets)]\n'
        "    b -- on miss --> c{{Cache}}\n    c -.-> a\n  end\n  a & b --> d((User))\n  classDef x fill:#fff\n"
    )
    assert names(board) == ["Load balancer", "Tweets", "Cache", "User"]
    assert arrows(board) == [
        ("a", "b", "POST /x"), ("b", "c", "on miss"), ("c", "a", ""), ("a", "d", ""), ("b", "d", ""),
    ]  # fmt: skip
    assert board.box("b").kind == "db"
    assert board.groups == ("Write path",)


def test_simple_d2_reads_as_it_draws():
    board = read_board(
        "direction: right\napi: API servers {\n  shape: rectangle\n}\nstore: Tweets\nstore.shape: cylinder\n"
        "Edge: {\n  lb: LB\n}\nEdge.lb -> api: route {style.stroke: red}\napi <-> store"
    )
    assert names(board) == ["API servers", "Tweets", "LB"]
    assert arrows(board) == [("lb", "api", "route"), ("api", "store", "")]
    assert board.box("store").kind == "db"
    assert board.box("lb").group == "Edge"
    assert board.arrows[1].is_both


def test_a_sequence_diagram_becomes_arrows_and_says_so():
    board = read_board("sequenceDiagram\nparticipant A as Client\nA->>B: hello\nB-->>A: hi\nloop x\nend")
    assert arrows(board) == [("a", "b", "hello"), ("b", "a", "hi")]
    assert "sequence diagram" in board.notes[0].text


def test_an_arrow_without_an_end_is_a_note_and_draws_what_exists():
    board = read_board("api -> \n-> db\napi -\na -> -> b")
    assert [note.line for note in board.notes] == [1, 2, 3, 4]
    assert set(names(board)) == {"api", "db", "a", "b"}
    assert not board.arrows


def test_what_stands_behind_a_colon_is_a_kind_a_title_or_a_remark():
    board = read_board("api: validates the input, then stores it\ndb: Tweet DB")
    assert board.box("api").remark == "validates the input, then stores it"
    assert board.box("db").name == "Tweet DB"


def test_the_word_under_the_cursor_is_marked_until_it_is_used_again():
    text = "client -> ap"
    assert read_board(text, cursor=(0, len(text))).box("ap").is_typing
    assert not read_board(text).box("ap").is_typing
    assert not read_board(text, cursor=(0, 3)).box("ap").is_typing
    assert not read_board(f"ap\n{text}", cursor=(1, len(text))).box("ap").is_typing


def test_a_name_that_may_still_become_a_known_one_is_not_drawn_while_it_is_typed():
    text = "client -> API gateway\nclient -> api"
    board = read_board(text, cursor=(1, 13))
    assert names(board) == ["client", "API gateway"]
    assert len(board.arrows) == 1
    assert names(read_board(text)) == ["client", "API gateway", "api"]
    assert names(read_board(f"{text}x", cursor=(1, 14))) == ["client", "API gateway", "apix"]


def test_prose_addresses_comments_and_bullets_are_no_boxes():
    board = read_board(
        "# a comment\n- client -> api  // and another\n* api -> https://example.org/x\n"
        "We keep everything in one region because the team is small"
    )
    assert arrows(board)[0] == ("client", "api", "")
    assert len(board.boxes) == 3
    assert "remark" in board.notes[-1].text


def test_a_repeated_arrow_is_drawn_once():
    board = read_board("a -> b\na -> b\na -> b: x")
    assert len(board.arrows) == 2
    assert "line 1" in board.notes[0].text


def test_no_prefix_of_a_board_raises():
    for path in FIXTURES.glob("*.txt"):
        text = path.read_text()
        for end in range(len(text)):
            read_board(text[:end], cursor=(text.count("\n", 0, end), 0))


PIECES = (
    "a", "b c", " ", "->", "<-", "-->", "<->", "--", "-", "=", ".", "|", ":", "{", "}", "[", "]", "(", ")", "[(", '"', "'", "&", ",",
    " x3", "\n", "#", "/", "%%", "×", "→", "\t", "~", "end", "subgraph ", "group ", "@{", "<br/>", "::", ";", "\0", "\u202e", "👩‍💻", "数",
    "sequenceDiagram\n", "participant ", "direction ", "shape: ", ".shape: ", "style ", "e\u0301",
)  # fmt: skip


@pytest.mark.parametrize("block", range(4))
def test_no_text_raises_and_no_arrow_hangs_loose(block: int):
    dice = random.Random(block)
    for _ in range(1500):
        text = "".join(dice.choices(PIECES, k=dice.randint(1, 40)))
        board = read_board(text, cursor=(dice.randint(0, 3), dice.randint(0, 20)))
        ids = {box.id for box in board.boxes}
        assert all(arrow.source in ids and arrow.target in ids for arrow in board.arrows), text


def test_more_lines_than_can_be_drawn_are_said():
    board = read_board("\n".join(f"a{n} -> b{n}" for n in range(10_000)))
    assert len(board.boxes) == 300
    assert any(note.line > MOST_LINES for note in board.notes)
    assert any("full" in note.text for note in board.notes)
