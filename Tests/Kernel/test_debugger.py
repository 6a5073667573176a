"""Conversations with the debugger over real sockets: what JupyterLab asks on control, and what the kernel tells on iopub."""

import queue
import time

import pytest
from jupyter_client import BlockingKernelClient
from jupyter_client.manager import start_new_kernel

PATIENCE = 20
CELL = "def f(x):\n    y = x * 2\n    return y\n\ntotal = 0\nfor i in range(3):\n    total += f(i)\nprint(total)\n"


class Talk:
    """A front end that debugs."""

    def __init__(self, manager, client):
        self.manager, self.client, self.seq = manager, client, 0
        self.events = []

    def ask(self, command, **arguments):
        self.seq += 1
        content = {"type": "request", "seq": self.seq, "command": command, "arguments": arguments}
        message = self.client.session.msg("debug_request", content)
        self.client.control_channel.send(message)
        while True:
            reply = self.client.get_control_msg(timeout=PATIENCE)
            if reply["parent_header"].get("msg_id") == message["header"]["msg_id"]:
                break
        content = reply["content"]
        assert reply["msg_type"] == "debug_reply"
        assert (content["type"], content["request_seq"], content["command"]) == ("response", self.seq, command)
        return content

    def get(self, command, **arguments):
        content = self.ask(command, **arguments)
        assert content["success"], content
        return content["body"]

    def fails(self, command, **arguments):
        content = self.ask(command, **arguments)
        assert not content["success"] and content["message"]
        return content["message"]

    def start(self, code=None, *lines, **more):
        self.get("initialize", clientID="test")
        self.get("attach")
        self.event("initialized")
        if code is not None:
            path = self.get("dumpCell", code=code)["sourcePath"]
            points = [{"line": line, **more} for line in lines]
            return self.get("setBreakpoints", source={"path": path}, breakpoints=points)["breakpoints"]

    def event(self, name):
        """The next event of a kind; what comes before is dropped."""
        while True:
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            if message["msg_type"] == "debug_event" and message["content"]["event"] == name:
                return message["content"].get("body")

    def stopped(self):
        reason = self.event("stopped")["reason"]
        frames = self.get("stackTrace", threadId=1)["stackFrames"]
        return reason, frames[0]["name"], frames[0]["line"]

    def locals(self):
        frame = self.get("stackTrace", threadId=1)["stackFrames"][0]
        scope = self.get("scopes", frameId=frame["id"])["scopes"][0]
        variables = self.get("variables", variablesReference=scope["variablesReference"])["variables"]
        return {variable["name"]: variable for variable in variables}

    def in_subshell(self, code):
        """Runs a cell in a new subshell; what became of it."""
        request = self.client.session.msg("create_subshell_request")
        self.client.control_channel.send(request)
        subshell = self.client.get_control_msg(timeout=PATIENCE)["content"]["subshell_id"]
        cell = self.client.session.msg("execute_request", {"code": code})
        cell["header"]["subshell_id"] = subshell
        self.client.shell_channel.send(cell)
        reply = self.client.get_shell_msg(timeout=PATIENCE)
        assert reply["parent_header"]["msg_id"] == cell["header"]["msg_id"]
        return reply["content"]["status"]

    def end(self):
        """The reply to the cell, and all that it printed."""
        reply = self.client.get_shell_msg(timeout=PATIENCE)["content"]
        text = ""
        while True:
            try:
                message = self.client.get_iopub_msg(timeout=0.3)
            except queue.Empty:
                return reply, text
            if message["msg_type"] == "stream":
                text += message["content"]["text"]


@pytest.fixture
def talk():
    manager, client = start_new_kernel(kernel_name="bp")
    try:
        yield Talk(manager, client)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def test_the_kernel_says_that_it_has_a_debugger(talk):
    talk.client.kernel_info()
    content = talk.client.get_shell_msg(timeout=PATIENCE)["content"]
    assert content["debugger"] is True and "debugger" in content["supported_features"]
    info = talk.get("debugInfo")
    assert info["hashMethod"] == "Murmur2" and info["isStarted"] is False


def test_the_path_of_a_cell_is_the_hash_that_front_ends_make(talk):
    from ipykernel.compiler import murmur2_x86
    info = talk.get("debugInfo")
    for code in ["", "a", "ab", "abc", "x = 1\n", "δ = 'é'\nprint(δ)", CELL]:
        path = talk.get("dumpCell", code=code)["sourcePath"]
        assert path == info["tmpFilePrefix"] + str(murmur2_x86(code, info["hashSeed"])) + info["tmpFileSuffix"]
        assert talk.get("source", source={"path": path})["content"] == code


@pytest.mark.parametrize("wanted, set_at", [(1, 1), (2, 2), (4, 5), (5, 5), (8, 8)])
def test_a_breakpoint_moves_to_the_next_statement(talk, wanted, set_at):
    [point] = talk.start(CELL, wanted)
    assert point["verified"] and point["line"] == set_at
    assert talk.get("debugInfo")["breakpoints"][0]["breakpoints"][0]["line"] == set_at


def test_it_stops_steps_and_shows_variables(talk):
    talk.start(CELL, 2)
    talk.client.execute(CELL)
    assert talk.stopped() == ("breakpoint", "f", 2)
    assert talk.locals()["x"]["value"] == "0"
    talk.get("next", threadId=1)
    assert talk.stopped() == ("step", "f", 3)
    assert talk.locals()["y"]["value"] == "0"
    talk.get("stepOut", threadId=1)
    assert talk.stopped()[1:] == ("cell 1", 7)
    talk.get("next", threadId=1)
    assert talk.stopped()[2] == 6
    talk.get("stepIn", threadId=1)
    assert talk.stopped()[2] == 7
    talk.get("stepIn", threadId=1)
    assert talk.stopped() == ("breakpoint", "f", 2)
    assert talk.get("evaluate", expression="x + 40")["result"] == "41"
    talk.get("evaluate", expression="x = 50")
    assert talk.locals()["x"]["value"] == "50"
    assert "NameError" in talk.fails("evaluate", expression="nothing_there")
    assert talk.fails("scopes", frameId=99)
    # Completion and inspection go on meanwhile.
    talk.client.complete("prin")
    assert "print" in talk.client.get_shell_msg(timeout=PATIENCE)["content"]["matches"]
    talk.get("setBreakpoints", source={"path": talk.get("dumpCell", code=CELL)["sourcePath"]}, breakpoints=[])
    talk.get("continue", threadId=1)
    reply, text = talk.end()
    assert reply["status"] == "ok" and text == "104\n"


def test_a_for_line_stops_once_a_turn(talk):
    code = "n = 0\nfor i in range(2):\n    n += 1\n"
    talk.start(code, 2)
    talk.client.execute(code)
    turns = 0
    for _ in range(3):
        assert talk.stopped()[2] == 2
        turns += 1
        talk.get("continue", threadId=1)
    assert talk.end()[0]["status"] == "ok" and turns == 3


@pytest.mark.parametrize("more, i", [({"condition": "x == 2"}, "2"), ({"hitCondition": "2"}, "1")])
def test_conditions_and_counts(talk, more, i):
    talk.start(CELL, 2, **more)
    talk.client.execute(CELL)
    talk.stopped()
    assert talk.locals()["x"]["value"] == i
    talk.get("disconnect")
    assert talk.end()[0]["status"] == "ok"


def test_a_logpoint_says_and_goes_on(talk):
    talk.start(CELL, 2, logMessage="x is {x}")
    talk.client.execute(CELL)
    assert [talk.event("output")["output"] for _ in range(3)] == ["x is 0\n", "x is 1\n", "x is 2\n"]
    assert talk.end()[0]["status"] == "ok"


def test_it_stops_at_errors(talk):
    code = "def g(a):\n    return 1 / a\ntry:\n    g(0)\nexcept ZeroDivisionError:\n    pass\ng(0)\n"
    talk.start()
    talk.get("setExceptionBreakpoints", filters=["uncaught"])
    talk.client.execute(code)
    assert talk.stopped() == ("exception", "g", 2)
    assert talk.get("exceptionInfo", threadId=1)["exceptionId"] == "ZeroDivisionError"
    assert [f["line"] for f in talk.get("stackTrace", threadId=1)["stackFrames"]] == [2, 7]
    talk.get("continue", threadId=1)
    assert talk.end()[0]["ename"] == "ZeroDivisionError"


def test_tensors_show_shape_and_come_in_slices(talk):
    code = "def h(t, xs):\n    return t\nh(zeros(6000, 7), list(range(1000000)))\n"
    talk.start(code, 2)
    talk.client.execute(code)
    talk.stopped()
    names = talk.locals()
    assert "6000" in names["t"]["value"] and "float32" in names["t"]["value"] and names["t"]["indexedVariables"] == 6000
    rows = talk.get("variables", variablesReference=names["t"]["variablesReference"], start=5999, count=5)["variables"]
    assert [row["name"] for row in rows] == ["[5999]"]
    items = talk.get("variables", variablesReference=names["xs"]["variablesReference"])["variables"]
    assert len(items) == 101 and items[-1]["value"] == "999900 more"
    talk.get("disconnect")
    assert talk.end()[0]["status"] == "ok"
    assert talk.fails("variables", variablesReference=names["t"]["variablesReference"])


def test_an_interrupt_ends_a_stopped_cell(talk):
    talk.start(CELL, 8)
    talk.client.execute(CELL)
    talk.stopped()
    talk.manager.interrupt_kernel()
    assert talk.end()[0]["ename"] == "KeyboardInterrupt"
    talk.client.execute("1")
    assert talk.end()[0]["status"] == "ok"


def test_pause_stops_a_loop(talk):
    talk.start()
    code = "n = 0\nprint('counting')\nwhile n >= 0:\n    n += 1\n"
    talk.client.execute(code)
    # A stop before n = 0 would have that undo what is set below.
    while talk.client.get_iopub_msg(timeout=PATIENCE)["msg_type"] != "stream":
        pass
    talk.get("pause", threadId=1)
    assert talk.stopped()[0] == "pause"
    talk.get("evaluate", expression="n = -10")
    talk.get("continue", threadId=1)
    assert talk.end()[0]["status"] == "ok"


def test_variables_are_seen_when_nothing_is_stopped(talk):
    talk.client.execute("a = [1, 2]; net = network(input(2), dense(3))")
    talk.end()
    found = {v["name"]: v for v in talk.get("inspectVariables")["variables"]}
    assert found["a"]["value"] == "[1, 2]" and found["net"]["variablesReference"] > 0
    layers = talk.get("variables", variablesReference=found["net"]["variablesReference"])["variables"]
    assert layers
    assert "text/plain" in talk.get("richInspectVariables", variableName="net")["data"]


@pytest.mark.parametrize("command, arguments", [
    ("nonsense", {}), ("setBreakpoints", {"source": 3}), ("variables", {"variablesReference": "x"}), ("next", {}),
    ("evaluate", {"expression": "1"}), ("dumpCell", {}), ("source", {"source": {"path": "/no/where"}}),
    ("copyToGlobals", {}), ("scopes", {})])
def test_what_cannot_be_answered_says_why(talk, command, arguments):
    talk.fails(command, **arguments)
    talk.client.execute("1")
    assert talk.end()[0]["status"] == "ok"


def test_a_breakpoint_in_a_loss_has_training_run_as_it_is_written(talk):
    code = ("def loss(p, t):\n    return mean((p - t) ** 2)\n"
            "r = train(network(input(2), dense(1)), make_xor(), loss=loss, optimizer=sgd(0.1), epochs=2)\n")
    talk.start(code, 2)
    talk.client.execute(code)
    for _ in range(2):
        assert talk.stopped() [1:] == ("loss", 2)
        talk.locals()
        talk.get("continue", threadId=1)
    talk.stopped()
    talk.get("disconnect")
    assert talk.end()[0]["status"] == "ok"


def test_a_breakpoint_in_a_module_file(talk, tmp_path):
    file = tmp_path / "tools.bp"
    file.write_text("def twice(x):\n    # double it\n    return 2 * x\n")
    talk.start()
    [point] = talk.get("setBreakpoints", source={"path": str(file)}, breakpoints=[{"line": 2}])["breakpoints"]
    assert point["verified"] and point["line"] == 3
    talk.client.execute(f"%run {file}")
    assert talk.end()[0]["status"] == "ok"
    talk.client.execute("twice(4)")
    assert talk.stopped() == ("breakpoint", "twice", 3)
    frames = talk.get("stackTrace", threadId=1)["stackFrames"]
    assert frames[0]["source"]["path"] == str(file)
    assert "double it" in talk.get("source", source={"path": str(file)})["content"]
    talk.get("continue", threadId=1)
    assert talk.end()[0]["status"] == "ok"


def test_attaching_twice_and_a_second_client_change_nothing(talk):
    talk.start(CELL, 2)
    talk.get("attach")
    other = BlockingKernelClient(connection_file=talk.manager.connection_file)
    other.load_connection_file()
    other.start_channels()
    other.wait_for_ready(timeout=PATIENCE)
    second = Talk(talk.manager, other)
    assert second.get("debugInfo")["isStarted"] and second.get("debugInfo")["breakpoints"]
    talk.client.execute(CELL)
    talk.stopped()
    assert second.get("debugInfo")["stoppedThreads"] == [1]
    second.get("disconnect")
    other.stop_channels()
    assert talk.end()[0]["status"] == "ok"
    assert talk.get("debugInfo")["breakpoints"] == []


def test_a_subshell_runs_while_the_main_shell_is_stopped(talk):
    talk.start(CELL, 2)
    talk.client.execute(CELL)
    talk.stopped()
    assert talk.in_subshell("print(6 * 7)") == "ok"
    assert talk.locals()["x"]["value"] == "0"
    talk.get("disconnect")
    assert talk.end()[0]["status"] == "ok"


def test_variables_are_set_in_a_frame_that_has_them(talk):
    talk.start(CELL, 3)
    talk.client.execute(CELL)
    talk.stopped()
    frame = talk.get("stackTrace", threadId=1)["stackFrames"][0]
    scope = talk.get("scopes", frameId=frame["id"])["scopes"][0]["variablesReference"]
    assert talk.get("setVariable", variablesReference=scope, name="y", value="x + 5")["value"] == "5"
    assert talk.locals()["y"]["value"] == "5"
    assert "qq is not defined" in talk.fails("setVariable", variablesReference=scope, name="qq", value="1")
    talk.get("disconnect")
    # The loop's other turns add 2 and 4.
    assert talk.end()[1] == "11\n"
    assert talk.fails("setVariable", variablesReference=scope, name="y", value="1")


def test_a_program_that_sleeps_is_not_stopped(talk):
    talk.start()
    talk.client.execute("def f(x):\n    print('asleep')\n    sleep(60)\nf(1)")
    while talk.client.get_iopub_msg(timeout=PATIENCE)["msg_type"] != "stream":
        pass
    assert talk.fails("evaluate", expression="1 + 1", frameId=1)
    talk.client.control_channel.send(talk.client.session.msg("interrupt_request"))
    assert talk.client.get_shell_msg(timeout=PATIENCE)["content"]["ename"] == "KeyboardInterrupt"


def test_it_is_started_from_the_first_greeting_to_the_last(talk):
    """JupyterLab asks between greeting and attaching, and took the "no" for the end: clicks beside lines did nothing."""
    steps = [("initialize", True), ("attach", True), ("disconnect", False), ("initialize", True), ("terminate", False)]
    for command, is_started in steps:
        talk.get(command)
        assert talk.get("debugInfo")["isStarted"] is is_started


def test_raised_errors_stop_also_where_they_are_caught(talk):
    code = "def g(a):\n    return 1 / a\ntry:\n    g(0)\nexcept ZeroDivisionError:\n    print('caught')\n"
    talk.start()
    assert talk.get("setExceptionBreakpoints", filters=["raised"])["breakpoints"] == [{"verified": True}]
    talk.client.execute(code)
    assert talk.stopped() == ("exception", "g", 2)
    assert talk.get("exceptionInfo", threadId=1)["description"] == "division by zero: 1 / 0"
    talk.get("continue", threadId=1)
    reply, text = talk.end()
    assert (reply["status"], text) == ("ok", "caught\n")
    assert "did not stop at an error" in talk.fails("exceptionInfo", threadId=1)


@pytest.mark.parametrize("restart", [False, True])
def test_a_shutdown_ends_a_stopped_kernel(talk, restart):
    talk.start(CELL, 2)
    talk.client.execute(CELL)
    talk.stopped()
    start = time.monotonic()
    request = talk.client.session.msg("shutdown_request", {"restart": restart})
    talk.client.control_channel.send(request)
    assert talk.client.get_control_msg(timeout=PATIENCE)["content"] == {"status": "ok", "restart": restart}
    talk.manager.provisioner.process.wait(timeout=5)
    assert talk.manager.provisioner.process.returncode == 0 and time.monotonic() - start < 2


def test_a_kernel_that_is_restarted_while_stopped_is_as_new(talk):
    talk.start(CELL, 2)
    talk.client.execute(CELL)
    talk.stopped()
    talk.manager.restart_kernel()
    talk.client.wait_for_ready(timeout=PATIENCE)
    info = talk.get("debugInfo")
    assert (info["isStarted"], info["breakpoints"], info["stoppedThreads"]) == (False, [], [])
    talk.client.execute(CELL)
    assert talk.end()[1] == "6\n"
    # A front end sets its breakpoints anew.
    talk.start(CELL, 2)
    talk.client.execute(CELL)
    assert talk.stopped() == ("breakpoint", "f", 2)
    talk.get("disconnect")
    assert talk.end()[0]["status"] == "ok"


def test_globals_are_set_and_parts_are_set_by_an_expression(talk):
    talk.start("xs = [1, 2]\nn = 1\nprint(n, xs)\n", 3)
    talk.client.execute("xs = [1, 2]\nn = 1\nprint(n, xs)\n")
    talk.stopped()
    frame = talk.get("stackTrace", threadId=1)["stackFrames"][0]["id"]
    [scope] = talk.get("scopes", frameId=frame)["scopes"]
    number = scope["variablesReference"]
    assert scope["name"] == "Globals"
    assert talk.get("setVariable", variablesReference=number, name="n", value="xs[1] * 21")["value"] == "42"
    assert "NameError" in talk.fails("setVariable", variablesReference=number, name="n", value="nothing_there")
    assert "SyntaxError" in talk.fails("setVariable", variablesReference=number, name="n", value="1 +")
    parts = talk.locals()["xs"]["variablesReference"]
    assert "xs[0] = 5" in talk.fails("setVariable", variablesReference=parts, name="[0]", value="5")
    talk.get("evaluate", expression="xs[0] = 5")
    talk.get("continue", threadId=1)
    assert talk.end()[1] == "42 [5, 2]\n"


def test_a_variable_of_a_frame_is_copied_to_the_globals(talk):
    talk.start(CELL, 3)
    talk.client.execute(CELL)
    talk.stopped()
    frame = talk.get("stackTrace", threadId=1)["stackFrames"][0]["id"]
    talk.get("copyToGlobals", srcFrameId=frame, srcVariableName="x", dstVariableName="seen")
    for name, target in [("nothing_there", "seen"), ("x", "a b"), ("x", "for"), ("x", "")]:
        assert talk.fails("copyToGlobals", srcFrameId=frame, srcVariableName=name, dstVariableName=target)
    assert talk.fails("copyToGlobals", srcFrameId=99, srcVariableName="x", dstVariableName="seen")
    talk.get("disconnect")
    assert talk.end()[0]["status"] == "ok"
    talk.client.execute("print(seen)")
    assert talk.end()[1] == "0\n"


@pytest.mark.parametrize("thread", [2, 0, "1", [1]])
def test_there_is_one_thread_and_no_other(talk, thread):
    talk.start(CELL, 2)
    talk.client.execute(CELL)
    talk.stopped()
    assert [thread["id"] for thread in talk.get("threads")["threads"]] == [1]
    for command in ["stackTrace", "continue", "next", "stepIn", "stepOut", "pause", "exceptionInfo"]:
        assert "no such thread" in talk.fails(command, threadId=thread)
    assert talk.locals()["x"]["value"] == "0"
    talk.get("disconnect")
    assert talk.end()[0]["status"] == "ok"


COMPILED = ("def half(x):\n    return x / 2\n@compiled\ndef f(x):\n    y = half(x)\n    return y + 1\n"
            "x = tensor([2.0])\nfor i in range(3):\n    x = f(x)\nprint(x)\n")


@pytest.mark.parametrize("line, function, turns", [(5, "f", 3), (2, "half", 3)])
def test_a_breakpoint_in_a_compiled_function_or_what_it_calls_stops_each_time(talk, line, function, turns):
    talk.start(COMPILED, line)
    talk.client.execute(COMPILED)
    for _ in range(turns):
        assert talk.stopped() == ("breakpoint", function, line)
        assert talk.locals()["x"]["value"].startswith("tensor [1] float32")
        assert talk.get("evaluate", expression="(x * 2).item()")["result"] == "4.0"
        talk.get("continue", threadId=1)
    assert talk.end()[0]["status"] == "ok"
    # Without it, it runs as a plan again.
    talk.get("disconnect")
    talk.client.execute("for i in range(3): x = f(x)\nprint(profile(f, x))")
    reply, text = talk.end()
    assert reply["status"] == "ok" and text.startswith("plan of f\n")


def test_others_run_while_a_traced_function_is_stopped(talk):
    talk.start(COMPILED, 2)
    talk.client.execute(COMPILED)
    talk.stopped()
    assert talk.in_subshell("print(x)") == "ok"
    assert talk.locals()["x"]["value"].startswith("tensor [1] float32")
    talk.get("disconnect")
    assert talk.end()[0]["status"] == "ok"


def test_a_loss_that_is_stopped_in_lets_others_run(talk):
    code = ("def loss(p, t):\n    return mean((p - t) ** 2)\nnet = network(input(2), dense(1))\n"
            "r = train(net, make_xor(), loss=loss, optimizer=sgd(0.1), epochs=2)\n")
    talk.start(code, 2)
    talk.client.execute(code)
    talk.stopped()
    assert talk.in_subshell("net.hash()") == "ok"
    talk.get("disconnect")
    assert talk.end()[0]["status"] == "ok"
