"""Mutated messages over real sockets to a whole kernel: it answers afterwards, and has not grown.

    KERNEL_FUZZ_COUNT=100000 KERNEL_FUZZ_SEED=3 pytest Tests/Kernel/test_fuzz.py
"""

import os
import random
from pathlib import Path

COUNT = int(os.environ.get("KERNEL_FUZZ_COUNT", 3000))
SEED = int(os.environ.get("KERNEL_FUZZ_SEED", 1))

CODE = ["x = 1 + 1", "def f(x): return x * x\nf(3)", "net = network(input(2), dense(3, relu))\nnet", "[i for i in range(10)]",
        "1 / 0", "relu?", "%who", "'é' * 3", "plot([1, 2])", "tensor([[1, 2]]) @ ones(2, 2)"]
KINDS = [
    ("kernel_info_request", {}),
    ("execute_request", {"code": "", "silent": False, "allow_stdin": False, "user_expressions": {"a": "x"}}),
    ("complete_request", {"code": "", "cursor_pos": 3}),
    ("inspect_request", {"code": "relu", "cursor_pos": 2, "detail_level": 1}),
    ("is_complete_request", {"code": ""}),
    ("history_request", {"hist_access_type": "search", "pattern": "*", "n": 3, "output": True, "raw": True}),
    ("comm_info_request", {}),
    ("comm_open", {"comm_id": "c", "target_name": "t", "data": {}}),
    ("comm_msg", {"comm_id": "c", "data": {}}),
    ("comm_close", {"comm_id": "c", "data": {}}),
    ("create_subshell_request", {}),
    ("delete_subshell_request", {"subshell_id": "s"}),
    ("list_subshell_request", {}),
    ("interrupt_request", {}),
    ("debug_request", {"type": "request", "seq": 1, "command": "debugInfo", "arguments": {}}),
    ("input_reply", {"value": "x"}),
]
VALUES = [None, True, 0, -1, 2**63 - 1, -2**63, 0.5, 1e300, "", "x", "\0", "é\u0301", "\ud800", [], {}, [[[]]], {"a": {"b": []}}, "y" * 5000]
BYTES = [b"", b"{", b"[" * 300, b'"', b"\\ud800", b"1e999", b"99999999999999999999", b"\xff", b"\xc3(", b"\0", b"nul"]


def mutated(chance, content):
    content = dict(content)
    for _ in range(chance.randrange(3)):
        name = chance.choice([*content, "extra"])
        if chance.random() < 0.3:
            content.pop(name, None)
        else:
            content[name] = chance.choice(VALUES)
    return content


def code(chance):
    text = list(chance.choice(CODE))
    for _ in range(chance.randrange(3)):
        place = chance.randrange(len(text) + 1)
        text[place:place + chance.randrange(2)] = chance.choice(["(", ")", "\n", " ", "[", "'", "é", "0", "@", ":", "."])
    return "".join(text)


def frames(chance, session, channel):
    kind, content = chance.choice(KINDS)
    if "code" in content and chance.random() < 0.9:
        content = {**content, "code": code(chance)}
    message = session.msg(kind, mutated(chance, content))
    if chance.random() < 0.1:
        message["header"]["subshell_id"] = chance.choice(VALUES)
    if chance.random() < 0.1:
        message["header"].pop(chance.choice(list(message["header"])))
    try:
        parts = session.serialize(message)
    except Exception:
        # Half of a surrogate pair, which Python does not write.
        return [b"<IDS|MSG>", b"", b"\xed\xa0\x80"]
    if chance.random() < 0.3:
        place = 2 + chance.randrange(4)
        part = bytearray(parts[place])
        start = chance.randrange(len(part) + 1)
        part[start:start + chance.randrange(4)] = chance.choice(BYTES)
        parts[place] = bytes(part)
        if chance.random() < 0.8:
            parts[1] = session.sign(parts[2:6])
    if chance.random() < 0.05:
        chance.shuffle(parts)
    if chance.random() < 0.05:
        del parts[chance.randrange(len(parts))]
    if chance.random() < 0.05:
        parts += [b"buffer"] * chance.randrange(20)
    return parts


def memory(talk):
    lines = Path(f"/proc/{talk.manager.provisioner.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS"))


def drain(talk):
    for channel in (talk.client.shell_channel, talk.client.control_channel, talk.client.iopub_channel, talk.client.stdin_channel):
        while channel.socket.poll(0):
            channel.socket.recv_multipart()


def test_mutated_messages_neither_end_nor_grow_the_kernel(talk):
    chance = random.Random(SEED)
    before = None
    for number in range(COUNT):
        channel = chance.choice(["shell", "shell", "control", "stdin"])
        parts = frames(chance, talk.client.session, channel)
        getattr(talk.client, channel + "_channel").socket.send_multipart(parts)
        if number % 100 == 99:
            # A cell may have become one without end.
            talk.ask("interrupt_request", channel="control")
            drain(talk)
        if number == COUNT // 3:
            talk.ask("kernel_info_request")
            before = memory(talk)
    for subshell in talk.ask("list_subshell_request", channel="control")["subshell_id"]:
        talk.ask("delete_subshell_request", {"subshell_id": subshell}, channel="control")
    talk.ask("interrupt_request", channel="control")
    # Sent before the interrupted cell's failure is known, a cell is aborted with it.
    talk.run("0")
    assert talk.result("6 * 7") == "42"
    assert memory(talk) - before < 100
