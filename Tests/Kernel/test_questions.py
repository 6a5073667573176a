"""Completion and inspection as a front end asks for them: places in code points, every field of the replies."""

import pytest
from jupyter_client import KernelManager

SETUP = """
net = network(input(2), dense(3, tanh), dense(1))
d = {"alpha": 1, "beta": 2}
def area(width, height=1):
    'The area.'
    return width * height
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    folder = tmp_path_factory.mktemp("work")
    (folder / "data.csv").write_text("a,b\n1,2\n")
    (folder / "more").mkdir()
    (folder / "tools.bp").write_text("def twice(x):\n    return 2 * x\n")
    manager = KernelManager(kernel_name="bp")
    manager.start_kernel(cwd=str(folder))
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    client.execute_interactive(SETUP, timeout=60, output_hook=lambda message: None)
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def ask(client, question, marked, **settings):
    """What is answered where the text has a |."""
    place = marked.index("|")
    sent = question(marked.replace("|", "", 1), place, **settings)
    while True:
        reply = client.get_shell_msg(timeout=20)
        if reply["parent_header"]["msg_id"] == sent:
            return reply["content"]


@pytest.mark.parametrize(
    "marked, start, end, first",
    [
        ("sigm|", 0, 4, "sigmoid"), ("net.den|", 4, 7, "dense1"), ('d["al|', 3, 5, 'alpha"]'), ('d["al|"]', 3, 5, "alpha"),
        ('read_csv("da|', 10, 12, "data.csv"), ('read_csv("mo|', 10, 12, "more/"), ("import to|", 7, 9, "tools"),
        ("from tools import t|", 18, 19, "twice"), ('zeros(2, dtype="fl|', 16, 18, "float32"), ("area(hei|", 5, 8, "height="),
        # Places are counted in code points, whatever stands before.
        ('"😀"; net.den|', 9, 12, "dense1"), ("é = '👩‍👩‍👧'\nnet.dense1.we|", 23, 25, "weight"), ("größe = 1; grö|", 11, 14, "größe"),
    ])
def test_what_could_stand_at_the_cursor(client, marked, start, end, first):
    reply = ask(client, client.complete, marked)
    assert reply["status"] == "ok"
    assert (reply["cursor_start"], reply["cursor_end"]) == (start, end)
    assert reply["matches"][0] == first
    kinds = reply["metadata"]["_jupyter_types_experimental"]
    assert [kind["text"] for kind in kinds] == reply["matches"]
    assert all((kind["start"], kind["end"]) == (start, end) and kind["type"] for kind in kinds)


@pytest.mark.parametrize("marked, kind, signature", [
    ("are|", "function", "(width, height=1)"), ("net.dense1.wei|", "tensor", ""), ("cross_entr|", "function", "(prediction, target"),
])
def test_kinds_and_signatures(client, marked, kind, signature):
    found = ask(client, client.complete, marked)["metadata"]["_jupyter_types_experimental"][0]
    assert found["type"] == kind
    assert found.get("signature", "").startswith(signature)


def test_nothing_fits(client):
    reply = ask(client, client.complete, "x = qqq_no_such|")
    assert reply["status"] == "ok" and reply["matches"] == []
    assert ask(client, client.inspect, "qqq_no_such|") == {"status": "ok", "found": False, "data": {}, "metadata": {}}


@pytest.mark.parametrize("marked, words", [
    ("rel|u", ["derivative: 1 if z > 0, else 0", "example:"]), ("\"😀\"; rel|u", ["derivative: 1 if z > 0, else 0"]),
    ("mse(|", ["derivative: 2 (prediction − target)"]), ("net|", ["13 parameters", "dense1"]), ("net.dense1.weig|ht", ["[2, 3]", "float32"]),
    ("area|", ["area(width, height=1)", "The area."]),
])
def test_inspection_in_three_forms(client, marked, words):
    reply = ask(client, client.inspect, marked)
    assert reply["status"] == "ok" and reply["found"]
    assert set(reply["data"]) == {"text/plain", "text/markdown", "text/html"}
    for word in words:
        assert word in reply["data"]["text/plain"]
    html = reply["data"]["text/html"]
    assert "<script" not in html and "<svg" not in html and "href" not in html


def test_the_text_of_a_function_at_detail_level_1(client):
    assert "return width" not in ask(client, client.inspect, "area|")["data"]["text/plain"]
    assert "return width * height" in ask(client, client.inspect, "area|", detail_level=1)["data"]["text/plain"]
