"""What is heard of an answer while it arrives: its words and nothing else, whatever the pieces it comes in."""

import json
import time

import pytest

from coach.interviewer.speech import KINDS, LONGEST_RAW, LONGEST_SAID, REPLY, Heading, Speech
from tests.fakes.interviewers import reply

SIZES = (1, 3, 7, 1_000_000)
USERS = "Two million readers, a tenth of them on a given day."
FOREIGN = 'The "quoted" word, a back\\slash,\na line, a tab\t, é, 漢字, 👩‍💻 and 😀.'


def hear(raw: str, size: int) -> tuple[list[str], Speech]:
    """Every bit of words in the order they came out, and the speech at its end."""
    speech = Speech()
    heard = [speech.feed(raw[at : at + size]) for at in range(0, len(raw), size)]
    return [one for one in (*heard, speech.end()) if one], speech


def said(raw: str, size: int = 3) -> str:
    return "".join(hear(raw, size)[0])


def answer(say: str, *, ascii_: bool = False) -> str:
    return json.dumps({"facts": [], "kind": "answer", "new": [], "say": say}, ensure_ascii=ascii_)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("ascii_", [True, False])
@pytest.mark.parametrize("say", [USERS, FOREIGN, '{"say": "no"}', "}", '"', "\\", "\\u0041 is A", "😀" * 40])
def test_the_words_are_the_same_whatever_the_pieces(say: str, size: int, ascii_: bool) -> None:
    heard, speech = hear(answer(say, ascii_=ascii_), size)
    assert "".join(heard) == speech.said == say


@pytest.mark.parametrize("size", [1, 3, 7])
@pytest.mark.parametrize("ascii_", [True, False])
def test_no_bit_of_words_holds_json_half_an_escape_or_half_a_character(size: int, ascii_: bool) -> None:
    heard, _ = hear(answer(FOREIGN, ascii_=ascii_), size)
    assert len(heard) > 5
    for at in range(len(heard)):
        assert FOREIGN.startswith("".join(heard[: at + 1])), "what was heard is heard for good"
    for one in heard:
        assert not any("\ud800" <= char <= "\udfff" for char in one)


@pytest.mark.parametrize("size", [1, 3, 7])
def test_words_come_out_while_they_arrive(size: int) -> None:
    speech, raw, first = Speech(), answer(USERS), 0
    for at in range(0, len(raw), size):
        if speech.feed(raw[at : at + size]) and not first:
            first = at + size
    assert first <= raw.index("Two") + len("Two million ") + size


@pytest.mark.parametrize("size", SIZES)
def test_the_heading_is_known_before_the_first_word(size: int) -> None:
    speech = Speech()
    raw = reply(USERS, facts=("users", "loans"), kind="correction", new=("One branch.",))
    for at in range(0, len(raw), size):
        if speech.feed(raw[at : at + size]):
            assert speech.heading == Heading(("users", "loans"), "correction", ("One branch.",))
            return
    raise AssertionError("nothing was said")


@pytest.mark.parametrize("size", SIZES)
def test_a_heading_that_follows_the_words_is_read_at_the_end(size: int) -> None:
    raw = json.dumps({"say": USERS, "new": ["One branch."], "kind": "answer", "facts": ["users"]})
    heard, speech = hear(raw, size)
    assert "".join(heard) == USERS
    assert speech.heading == Heading(("users",), "answer", ("One branch.",))


@pytest.mark.parametrize(
    "heading",
    [
        {"facts": None, "kind": "praise", "new": "a text"},
        {"facts": "users", "kind": 3, "new": {"a": 1}},
        {"facts": [" ", ""], "kind": None, "new": []},
        {},
    ],
)
def test_a_strange_heading_tells_nothing_and_costs_no_word(heading: dict[str, object]) -> None:
    heard, speech = hear(json.dumps({**heading, "say": USERS}), 3)
    assert "".join(heard) == USERS
    assert speech.heading == Heading()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (USERS, USERS),
        (f"  \n{USERS}", USERS),
        ("[bold]No[/bold] <b>tags</b>", "[bold]No[/bold] <b>tags</b>"),
        (f"\ufeff{answer(USERS)}", USERS),
        (f"\n\n{answer(USERS)}\n", USERS),
        (f"```json\n{answer(USERS)}\n```", USERS),
        (f"```\n{answer(USERS)}```", USERS),
        (f'{{"reply": {answer(USERS)}}}', USERS),
        (f"<think>Users? {{no}}</think>\n{answer(USERS)}", USERS),
        (f"<THINK>\nHm.\n</THINK >{answer(USERS)}", USERS),
        (f"<think>Users?</think>\n\n{USERS}", USERS),
        (f"<think></think>```json\n{answer(USERS)}\n```", USERS),
    ],
)
def test_plain_words_fences_wrappers_and_closed_thinking_are_heard_past(
    raw: str, words: str, size: int
) -> None:
    heard, speech = hear(raw, size)
    assert "".join(heard) == speech.said == words


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("raw", ["<think>Users", f"<think>{answer(USERS)}", "<think>a</think><think>b"])
def test_thinking_without_an_end_says_nothing(raw: str, size: int) -> None:
    heard, speech = hear(raw, size)
    assert "".join(heard) == ""
    assert speech.said == ""


@pytest.mark.parametrize("cut", range(len(answer(USERS)) - len(USERS), len(answer(USERS))))
def test_an_answer_cut_off_in_its_words_is_heard_as_far_as_it_came(cut: int) -> None:
    raw = answer(USERS)[:cut]
    assert USERS.startswith(said(raw))
    assert len(said(raw)) >= min(len(USERS), cut - raw.index('"say": "') - len('"say": "'))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "raw", [f'"{USERS}', "<thi", "\\", '\\u12"', "{", "```", '{"say', '{"say":', "", "\x00\x01"]
)
def test_scraps_do_no_harm(raw: str, size: int) -> None:
    heard, speech = hear(raw, size)
    assert "".join(heard) == speech.said


def test_markup_and_terminal_escapes_are_words() -> None:
    evil = "[red]x[/] [@click=app.quit]y[/] \x1b[2J\x1b]0;t\x07 <script>z</script> {{ 1 }} {% raw %}"
    assert said(answer(evil)) == said(answer(evil, ascii_=True)) == evil
    assert said(evil) == evil


@pytest.mark.parametrize("size", [1000, 1_000_000])
@pytest.mark.parametrize(
    "raw",
    [
        "x" * 1_000_000,
        "{" * 1_000_000,
        '{"facts": ["' + "x" * 1_000_000,
        "<think>" + "x" * 1_000_000,
        '{"say": "' + "x\\n" * 500_000,
        "[" * 1_000_000,
        '\\"' * 500_000,
        "```" * 300_000,
    ],
    ids=lambda raw: raw[:12],
)
def test_a_million_characters_of_anything_take_less_than_a_second(raw: str, size: int) -> None:
    began = time.process_time()
    heard, _ = hear(raw[: LONGEST_RAW + size] if size == 1000 else raw, size)
    assert time.process_time() - began < 1
    assert len("".join(heard)) <= LONGEST_SAID


@pytest.mark.parametrize("raw", ["word " * 2000, answer("word " * 2000)])
def test_the_longest_turn_is_bounded(raw: str) -> None:
    heard, speech = hear(raw, 50)
    assert "".join(heard) == speech.said == ("word " * 2000)[:LONGEST_SAID]


def test_the_shape_asks_for_the_words_last() -> None:
    properties = REPLY.schema["properties"]
    assert isinstance(properties, dict)
    assert list(properties) == sorted(properties) == ["facts", "kind", "new", "say"]
    assert properties["kind"]["enum"] == list(KINDS)
    assert REPLY.key == "say"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("before", ["Sure, here is the JSON:\n", "Here you go: ```json\n", "**Answer**\n\n"])
def test_words_before_the_object_do_not_put_json_on_the_screen(before: str, size: int) -> None:
    assert said(before + reply(USERS, facts=("users",)), size).endswith(USERS)
    assert "{" not in said(before + reply(USERS, facts=("users",)), size)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "raw",
    [
        '{"facts": ["users"], "kind": "answer"',
        '{"facts": ["users"], "kind": "answer", "new": [], "sa',
        '{"facts": [], "kind": "answer", "new": []}',
        json.dumps({"response": USERS}),
        json.dumps([{"say": USERS}]),
        json.dumps(USERS),
        f"```\n{USERS}\n```",
        "{}",
    ],
)
def test_an_answer_without_words_or_in_another_shape_shows_no_json(raw: str, size: int) -> None:
    assert not {"{", "[", '"', "`"} & set(said(raw, size))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "say", [r"\$5 a day, 10\% of it. Fine.", r"It is \approx 3, no more.", r"C:\path is its place."]
)
def test_an_escape_json_does_not_know_costs_no_words(say: str, size: int) -> None:
    heard = said(f'{{"facts": [], "kind": "answer", "new": [], "say": "{say}"}}', size)
    assert "say" not in heard
    assert heard.endswith(say[-6:])


def test_thinking_whose_opening_tag_the_server_ate_is_not_said() -> None:
    assert said(f"She asks for readers. The brief has it.</think>\n\n{reply(USERS)}", 3) == USERS


def test_a_long_answer_does_not_cost_the_square_of_its_length() -> None:
    began = time.process_time()
    assert len(said(reply("word " * 2000), 4)) == LONGEST_SAID
    assert time.process_time() - began < 0.3


@pytest.mark.parametrize(
    "raw", ['{"facts": ["users"]}', '{"kind": "answer"}', '["users"]', '{"new": ["x y"]}']
)
def test_an_object_with_a_heading_and_no_words_says_nothing(raw: str) -> None:
    assert said(raw) == ""


def test_an_object_cut_before_its_words_and_behind_others_shows_no_json() -> None:
    assert "{" not in said('Sure, here it is:\n{"facts": ["users"], "kind": "ans')


def test_a_draft_in_thinking_whose_opening_tag_is_gone_is_not_said() -> None:
    assert said(f"I could write {answer('Ten readers.')}, but no.</think>{answer(USERS)}") == USERS
