"""The kernel as a process: how it ends, with whom, and that nothing stops it but what should."""

import json
import os
import signal
import subprocess
import time

import pytest
from jupyter_client.connect import write_connection_file
from jupyter_client.kernelspec import KernelSpecManager

BUSY = {
    "a loop": "while True: pass",
    "a training": "train(network(input(2), dense(4, tanh), dense(1)), make_xor(), loss=mse, optimizer=sgd(0.1), epochs=10**9)",
    "a pause": "sleep(1000)",
    "a product": "a = randn(2000, 2000)\nwhile True: b = a @ a",
    "a sort": "sort(rand(10**8))",
    "a question": "input('?')",
}


def program():
    return KernelSpecManager().get_kernel_spec("bp").argv[0]


def ended(process, within):
    try:
        return process.wait(timeout=within)
    except subprocess.TimeoutExpired:
        process.kill()
        pytest.fail("the kernel has not ended")


@pytest.mark.parametrize("channel", ["shell", "control"])
@pytest.mark.parametrize("restart", [True, False])
@pytest.mark.parametrize("busy", [None, "a loop", "a training"])
def test_a_shutdown_ends_the_process_with_status_0(talk, channel, restart, busy):
    if busy:
        talk.begin(BUSY[busy])
    process = talk.manager.provisioner.process
    reply = talk.ask("shutdown_request", {"restart": restart}, channel)
    assert reply == {"status": "ok", "restart": restart}
    assert ended(process, within=5) == 0


@pytest.mark.parametrize("how", ["message", "signal"])
@pytest.mark.parametrize("busy", list(BUSY))
def test_an_interrupt_stops_the_cell_and_keeps_the_state(talk, busy, how):
    talk.run("kept = 7")
    request = talk.execute("print('started')\n" + BUSY[busy])
    if busy == "a question":
        talk.client.stdin_channel.get_msg(timeout=20)
    else:
        talk.shown(request, until="started\n")
    if how == "message":
        assert talk.ask("interrupt_request", channel="control") == {"status": "ok"}
    else:
        os.kill(talk.manager.provisioner.pid, signal.SIGINT)
    assert talk.reply(request)["ename"] == "KeyboardInterrupt"
    assert talk.result("kept") == "7"


def test_signals_while_nothing_runs_change_nothing(talk):
    for _ in range(3):
        os.kill(talk.manager.provisioner.pid, signal.SIGINT)
    assert talk.result("1 + 1") == "2"


@pytest.mark.parametrize("code", ["zeros(10**12)", "[0] * 10**13", "'a' * 10**13"])
def test_a_cell_that_asks_for_too_much_gets_an_error(talk, code):
    talk.run("kept = 7")
    assert talk.run(code)["ename"] == "MemoryError"
    assert talk.result("kept") == "7"


def start(path, parent=None):
    environment = {name: value for name, value in os.environ.items() if name != "JPY_PARENT_PID"}
    if parent:
        environment["JPY_PARENT_PID"] = str(parent)
    return subprocess.Popen(
        [program(), "kernel", "--connection-file", path], env=environment, stderr=subprocess.PIPE, text=True)


def test_a_kernel_ends_with_the_process_that_started_it(tmp_path):
    path = str(tmp_path / "connection.json")
    write_connection_file(path, key=b"secret")
    parent = subprocess.Popen(["sleep", "1000"])
    kernel = start(path, parent.pid)
    # It has begun to watch when its first socket is bound: connections are accepted.
    import zmq

    socket = zmq.Context.instance().socket(zmq.REQ)
    socket.connect("tcp://127.0.0.1:%d" % json.load(open(path))["hb_port"])
    socket.send(b"?")
    assert socket.poll(20_000)
    parent.kill()
    parent.wait()
    began = time.monotonic()
    assert ended(kernel, within=10) == 0
    assert time.monotonic() - began < 1
    socket.close()


@pytest.mark.parametrize("content, message", [
    (None, "No such file or directory"),
    ("", "it is not JSON"),
    ("{}", "has no 'key'"),
    ('{"ip": "0.0.0.0", "key": ""}', "its key is empty"),
])
def test_a_connection_file_that_is_of_no_use_is_an_error(tmp_path, content, message):
    path = tmp_path / "connection.json"
    if content is not None:
        path.write_text(content)
    kernel = start(str(path))
    assert ended(kernel, within=20) == 1
    assert message in kernel.stderr.read()
