"""Conversations about controls: what a page with the widgets' front end says to the kernel, and hears."""

import time

import pytest
from jupyter_client import BlockingKernelClient
from jupyter_client.manager import start_new_kernel

VIEW = "application/vnd.jupyter.widget-view+json"


@pytest.fixture
def page():
    manager, client = start_new_kernel(kernel_name="bp")
    yield Page(client, manager)
    client.stop_channels()
    manager.shutdown_kernel()


class Page:
    """A page: the models that the kernel has opened, as their comms tell."""

    def __init__(self, client, manager):
        self.client, self.manager = client, manager
        self.models = {}
        self.heard = []

    def run(self, code, metadata=None):
        content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False,
                   "stop_on_error": True}
        return self.follow(self.send("execute_request", content, metadata))

    def say(self, comm, data, **more):
        return self.follow(self.send("comm_msg", {"comm_id": comm, "data": data}, **more))

    def open(self, comm, target, data=None):
        return self.follow(self.send("comm_open", {"comm_id": comm, "target_name": target, "data": data or {}}))

    def set(self, comm, **state):
        return self.say(comm, {"method": "update", "state": state, "buffer_paths": []})

    def send(self, kind, content, metadata=None, buffers=None):
        message = self.client.session.msg(kind, content)
        message["metadata"] = metadata or {}
        self.client.session.send(self.client.shell_channel.socket, message, buffers=buffers)
        return message["header"]["msg_id"]

    def follow(self, asked):
        """All that is published up to the request's idle."""
        heard = []
        while True:
            message = self.client.get_iopub_msg(timeout=20)
            if message["parent_header"].get("msg_id") != asked:
                continue
            content = message["content"]
            heard.append((message["msg_type"], content))
            if message["msg_type"] == "comm_open":
                assert message["metadata"]["version"] == "2.1.0"
                self.models[content["comm_id"]] = dict(content["data"]["state"])
            elif message["msg_type"] == "comm_msg" and content["comm_id"] in self.models:
                self.models[content["comm_id"]].update(content["data"].get("state", {}))
            elif message["msg_type"] == "comm_close":
                self.models.pop(content["comm_id"], None)
            if message["msg_type"] == "status" and content["execution_state"] == "idle":
                return heard

    def find(self, name):
        return [comm for comm, state in self.models.items() if state["_model_name"] == name]

    def comms(self, **content):
        message = self.client.session.msg("comm_info_request", content)
        self.client.shell_channel.send(message)
        while True:
            reply = self.client.get_shell_msg(timeout=10)
            if reply["parent_header"]["msg_id"] == message["header"]["msg_id"]:
                return reply["content"]["comms"]

    def shown(self):
        [output] = self.find("OutputModel")
        return "".join(part.get("text") or "".join(part.get("traceback", [])) or str(part.get("data"))
                       for part in self.models[output]["outputs"])

    def value(self, code):
        return [content["data"]["text/plain"] for kind, content in self.run(code) if kind == "execute_result"]


def types(heard):
    return [kind for kind, _ in heard if kind != "status"]


def test_a_control_is_opened_once_and_follows_the_page(page):
    heard = page.run("s = slider(0, 10, label='n'); s")
    assert [kind for kind in types(heard) if kind == "execute_result"]
    view = [content["data"] for kind, content in heard if kind == "execute_result"][0]
    [slider] = page.find("IntSliderModel")
    assert view[VIEW]["model_id"] == slider
    assert view["text/plain"] == "n: 5 (slider from 0 to 10)"
    state = page.models[slider]
    assert (state["min"], state["max"], state["value"]) == (0, 10, 5)
    assert state["layout"].removeprefix("IPY_MODEL_") in page.models
    assert state["style"].removeprefix("IPY_MODEL_") in page.models
    heard = page.set(slider, value=7)
    assert [c["data"] for kind, c in heard if kind == "comm_msg"] == [
        {"method": "echo_update", "state": {"value": 7}, "buffer_paths": []}]
    assert page.value("s.value") == ["7"]
    page.run("s")
    assert page.find("IntSliderModel") == [slider]


@pytest.mark.parametrize("state", [
    {"value": 11}, {"value": -1}, {"value": 2.5}, {"value": "7"}, {"value": None}, {"value": [1]}, {"value": True},
    {"value": 1e300}, {"other": 1}, {}, "7", None])
def test_what_a_slider_cannot_be_is_not_taken(page, state):
    page.run("s = slider(0, 10); s")
    [slider] = page.find("IntSliderModel")
    page.say(slider, {"method": "update", "state": state})
    assert page.value("s.value") == ["5"]
    assert page.models[slider]["value"] == 5


@pytest.mark.parametrize("code, model, state, value", [
    ("slider(0.0, 1.0)", "FloatSliderModel", {"value": 1}, "1.0"),
    ("slider(0.001, 1, log=True)", "FloatLogSliderModel", {"value": 0.01}, "0.01"),
    ("dropdown({'a': 8, 'b': 16})", "DropdownModel", {"index": 1}, "16"),
    ("toggle(['x', 'y'])", "ToggleButtonsModel", {"index": 1}, "'y'"),
    ("checkbox()", "CheckboxModel", {"value": True}, "True"),
    ("field('a')", "TextModel", {"value": "b"}, "'b'"),
    ("field(1)", "IntTextModel", {"value": 2}, "2"),
    ("field(1.0)", "FloatTextModel", {"value": 2.5}, "2.5")])
def test_every_control_takes_what_a_page_sends(page, code, model, state, value):
    page.run(f"c = {code}; c")
    [control] = page.find(model)
    page.set(control, **state)
    assert page.value("c.value") == [value]
    page.set(control, **{name: {} for name in state})
    assert page.value("c.value") == [value]


def test_interact_calls_at_once_and_at_each_change_and_keeps_the_last_figure(page):
    heard = page.run("def f(n):\n    print('n is', n)\n    return plot([1, n])\ninteract(f, n=(0, 4))")
    shown = [content["data"] for kind, content in heard if kind == "display_data"]
    assert shown[0]["text/plain"] == "n: 2 (slider from 0 to 4)" and shown[0][VIEW]["model_id"] in page.models
    # The last is drawn where no widgets are: a page with widgets hides it.
    assert shown[-1][VIEW]["model_id"] == "" and "image/svg+xml" in shown[-1]
    assert "n is 2" in page.shown() and "image/svg+xml" in page.shown()
    [slider] = page.find("IntSliderModel")
    heard = page.set(slider, value=3)
    assert "n is 3" in page.shown() and "n is 2" not in page.shown()
    [kept] = [content for kind, content in heard if kind == "update_display_data"]
    assert kept["data"]["text/plain"].startswith("n is 3\n")
    assert [kind for kind in types(heard) if kind not in ("comm_msg", "update_display_data")] == []


def test_while_the_function_runs_changes_are_merged_and_the_newest_wins(page):
    page.run("calls = []\ndef f(n):\n    calls.append(n)\n    sleep(0.3)\ninteract(f, n=(0, 100))")
    [slider] = page.find("IntSliderModel")
    # As a page without the front end's own patience would: all at once.
    asked = [page.send("comm_msg", {"comm_id": slider, "data": {"method": "update", "state": {"value": n}}})
             for n in range(20)]
    page.follow(asked[-1])
    page.run("print(calls)")
    calls = eval(page.value("calls")[0])
    assert calls[0] == 50 and calls[-1] == 19 and len(calls) <= 4, calls


def test_an_error_is_shown_in_the_output_and_the_next_change_goes_on(page):
    page.run("interact(lambda n: print(6 / n), n=slider(0, 4, value=2))")
    [slider] = page.find("IntSliderModel")
    page.set(slider, value=0)
    assert "ZeroDivisionError" in page.shown() and "help:" in page.shown()
    page.set(slider, value=1)
    assert page.shown() == "6.0\n"


def test_an_error_of_the_first_call_is_the_cells(page):
    heard = page.run("interact(lambda n: 1 / n, n=slider(0, 4, value=0))")
    assert [content["ename"] for kind, content in heard if kind == "error"] == ["ZeroDivisionError"]


def test_an_interrupt_stops_what_a_control_has_started(page):
    page.run("def f(n):\n    while n > 2:\n        pass\n    print('done')\ninteract(f, n=(0, 4))")
    [slider] = page.find("IntSliderModel")
    asked = page.send("comm_msg", {"comm_id": slider, "data": {"method": "update", "state": {"value": 3}}})
    while page.client.get_iopub_msg(timeout=10)["msg_type"] != "comm_msg":
        pass
    page.client.control_channel.send(page.client.session.msg("interrupt_request", {}))
    start = time.monotonic()
    page.follow(asked)
    assert time.monotonic() - start < 2
    assert "KeyboardInterrupt" in page.shown()
    page.set(slider, value=1)
    assert page.shown() == "done\n"


def test_training_under_a_control_shows_itself_there(page):
    page.run("def f(lr):\n    r = train(network(dense(1)), make_xor(), loss=mse, optimizer=sgd(lr), epochs=3)\n"
             "    print('steps', r.steps)\ninteract(f, lr=slider(0.01, 0.1))")
    [slider] = page.find("FloatSliderModel")
    heard = page.set(slider, value=0.05)
    assert "steps 3" in page.shown() and "run: 3 epochs" in page.shown()
    assert "display_data" not in types(heard)


def test_a_button_calls_its_function_and_shows_beneath(page):
    page.run("b = button('go', lambda: print('pressed')); b")
    [button] = page.find("ButtonModel")
    page.say(button, {"method": "custom", "content": {"event": "click"}})
    assert page.shown() == "pressed\n"
    page.say(button, {"method": "custom", "content": "rubbish"})
    assert page.value("b.value") == ["1"]


def test_a_page_that_comes_anew_gets_every_state(page):
    page.run("interact(lambda n: print('n is', n), n=(0, 4))")
    [slider] = page.find("IntSliderModel")
    page.set(slider, value=4)
    assert types(page.open("desk", "jupyter.widget.control")) == []
    heard = page.say("desk", {"method": "request_states"})
    [states] = [content["data"] for kind, content in heard if kind == "comm_msg"]
    assert states["method"] == "update_states" and states["buffer_paths"] == []
    assert set(states["states"]) == set(page.models)
    for comm, entry in states["states"].items():
        assert entry["state"] == page.models[comm]
        assert entry["model_name"] == entry["state"]["_model_name"]
    heard = page.say(slider, {"method": "request_state"})
    assert [c["data"]["state"]["value"] for kind, c in heard if kind == "comm_msg"] == [4]
    assert set(page.comms(target_name="jupyter.widget")) == set(page.models)
    assert page.comms()["desk"] == {"target_name": "jupyter.widget.control"}
    assert page.comms(target_name="nobody") == {}


def test_a_page_that_comes_while_a_cell_runs_gets_every_state(page):
    page.run("s = slider(0, 10); s")
    [slider] = page.find("IntSliderModel")
    page.set(slider, value=7)
    cell = page.send("execute_request", {"code": "print('started')\nwhile s.value == 7: sleep(0.001)", "silent": False})
    while page.client.get_iopub_msg(timeout=20)["msg_type"] != "stream":
        pass
    page.open("desk", "jupyter.widget.control")
    [states] = [content["data"]["states"] for kind, content in page.say("desk", {"method": "request_states"}) if kind == "comm_msg"]
    assert states[slider]["state"]["value"] == 7 and set(states) == set(page.models)
    heard = page.say(slider, {"method": "request_state"})
    assert [content["data"]["state"]["value"] for kind, content in heard if kind == "comm_msg"] == [7]
    assert page.comms()["desk"]
    page.follow(page.send("comm_close", {"comm_id": "desk"}))
    assert "desk" not in page.comms()
    page.client.control_channel.send(page.client.session.msg("interrupt_request", {}))
    page.follow(cell)


def test_two_pages_see_one_slider(page):
    page.run("interact(lambda n: print('n is', n), n=(0, 4))")
    [slider] = page.find("IntSliderModel")
    client = BlockingKernelClient(connection_file=page.manager.connection_file)
    client.load_connection_file()
    client.start_channels()
    client.wait_for_ready(timeout=20)
    other = Page(client, page.manager)
    try:
        other.open("desk", "jupyter.widget.control")
        heard = other.say("desk", {"method": "request_states"})
        [states] = [content["data"]["states"] for kind, content in heard if kind == "comm_msg"]
        other.models = {comm: entry["state"] for comm, entry in states.items()}
        # Each follows what the other sets, and both see what the function shows.
        for here, there, value in [(page, other, 3), (other, page, 1)]:
            asked = here.send("comm_msg", {"comm_id": slider, "data": {"method": "update", "state": {"value": value}}})
            for each in (here, there):
                each.follow(asked)
                assert each.models[slider]["value"] == value
                assert each.shown() == f"n is {value}\n"
        # Whoever leaves takes nothing from the other.
        other.follow(other.send("comm_close", {"comm_id": slider}))
        page.set(slider, value=4)
        assert page.shown() == "n is 4\n"
    finally:
        client.stop_channels()


def test_a_control_that_interact_names_is_named_wherever_it_is_shown(page):
    page.run("s = slider(0, 10); s")
    [slider] = page.find("IntSliderModel")
    assert page.models[slider]["description"] == ""
    page.run("interact(lambda speed: speed, speed=s)")
    assert page.find("IntSliderModel") == [slider]
    assert page.models[slider]["description"] == "speed"
    style = page.models[page.models[slider]["style"].removeprefix("IPY_MODEL_")]
    assert style["description_width"] == "6ch"


def test_comms_close_when_the_control_is_dropped_and_when_the_cell_runs_again(page):
    page.run("s = slider(0, 10); s")
    page.run("s = None")
    page.run("1")
    assert page.find("IntSliderModel") == []
    assert page.comms() == {}
    for _ in range(5):
        page.run("interact(lambda n: n, n=(0, 4))", {"cellId": "a"})
    page.run("1", {"cellId": "b"})
    assert len(page.find("OutputModel")) == 1 and len(page.find("IntSliderModel")) == 1
    assert len(page.models) == 7


def test_a_target_that_nobody_knows_is_closed(page):
    for target in ["nobody", "jupyter.widget"]:
        heard = page.open("c", target)
        assert [(kind, content["comm_id"]) for kind, content in heard if kind != "status"] == [("comm_close", "c")]


def test_rubbish_changes_nothing_and_the_kernel_lives(page):
    page.run("s = slider(0, 10); s")
    [slider] = page.find("IntSliderModel")
    page.say("unknown", {"method": "update", "state": {"value": 1}})
    page.say(slider, {"method": 7})
    page.say(slider, {"method": "update", "state": {"value": 6}, "buffer_paths": [["value"]]}, buffers=[b"\0" * 100])
    layout = page.find("LayoutModel")[0]
    page.set(layout, width="9999px", value=1)
    for content in [{}, {"comm_id": 3, "data": {}}, {"comm_id": "c", "data": [1]}, {"comm_id": "x" * 10_000, "data": {}}]:
        for kind in ["comm_open", "comm_msg", "comm_close"]:
            page.send(kind, content)
    for i in range(3000):
        page.send("comm_open", {"comm_id": f"c{i}", "target_name": "jupyter.widget.control", "data": {}})
    assert page.value("s.value") == ["6"]
    comms = page.comms()
    assert slider in comms and len(comms) <= 3 + 16


def test_a_million_letters_are_no_setting(page):
    page.run("f = field('a'); f")
    [field] = page.find("TextModel")
    page.set(field, value="x" * 1_000_000)
    assert page.value("f.value") == ["'a'"] and page.models[field]["value"] == "a"
