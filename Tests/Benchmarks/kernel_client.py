"""A client of kernels for timing: raw sockets, no more work a message than must be."""

import hashlib
import hmac
import json
import os
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from pathlib import Path

import zmq

CHANNELS = ("shell", "iopub", "stdin", "control", "hb")
PATIENCE = 30
DELIMITER = b"<IDS|MSG>"


class Silence(Exception):
    """The kernel has not answered in time."""


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for s in sockets:
        s.bind(("127.0.0.1", 0))
    ports = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return ports


class Kernel:
    """A kernel's process and the sockets to it; `started` is the time before the process was made."""

    context = zmq.Context.instance()

    def __init__(self, command, through_shell=False):
        """With `through_shell` the kernel is the child of a shell that does nothing else."""
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "connection.json"
        ports = dict(zip(CHANNELS, free_ports(5)))
        self.key, self.session, self.count = b"secret", uuid.uuid4().hex, 0
        path.write_text(json.dumps(
            {f"{name}_port": port for name, port in ports.items()}
            | {"ip": "127.0.0.1", "transport": "tcp", "key": "secret", "signature_scheme": "hmac-sha256"}))
        environment = os.environ | {"JPY_PARENT_PID": str(os.getpid())}
        prefix = ["sh", "-c", 'JPY_PARENT_PID=$$ "$@" & wait', "sh"] if through_shell else []
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            [*prefix, *command, str(path)], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        kinds = {"iopub": zmq.SUB, "hb": zmq.REQ}
        self.sockets = {}
        for name, port in ports.items():
            s = self.context.socket(kinds.get(name, zmq.DEALER))
            s.linger = 0
            # Tries again soon where the kernel is not up yet: the wait is not to be the client's.
            s.reconnect_ivl = 1
            if name == "iopub":
                s.subscribe(b"")
            else:
                s.identity = self.session.encode()
            s.connect(f"tcp://127.0.0.1:{port}")
            self.sockets[name] = s

    def child(self):
        """The process that the shell has started."""
        pid = self.process.pid
        return int(Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for s in self.sockets.values():
            s.close()
        self.folder.cleanup()

    def send(self, kind, content, channel="shell"):
        """Sends a request; gives its id."""
        identifier, frames = self.written(kind, content)
        self.sockets[channel].send_multipart(frames)
        return identifier

    def written(self, kind, content):
        """A new request's id and frames."""
        self.count += 1
        identifier = f"{self.session}_{self.count}"
        header = {"msg_id": identifier, "msg_type": kind, "session": self.session, "username": "bench", "version": "5.5",
                  "date": time.strftime("%Y-%m-%dT%H:%M:%S.000001Z", time.gmtime())}
        parts = [json.dumps(x).encode() for x in (header, {}, {}, content)]
        signature = hmac.new(self.key, b"".join(parts), hashlib.sha256).hexdigest().encode()
        return identifier, [DELIMITER, signature, *parts]

    @staticmethod
    def cell(code):
        """The content of a request to run a cell."""
        return {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False,
                "stop_on_error": True}

    def execute(self, code):
        return self.send("execute_request", self.cell(code))

    def receive(self, channel, patience=PATIENCE):
        """Type, parent's id and content of the next message."""
        s = self.sockets[channel]
        if not s.poll(patience * 1000):
            raise Silence(channel)
        return self.read(s.recv_multipart())

    @staticmethod
    def read(frames):
        parts = frames[frames.index(DELIMITER) + 2:]
        return json.loads(parts[0])["msg_type"], (json.loads(parts[1]) or {}).get("msg_id"), json.loads(parts[3])

    def reply(self, request, channel="shell", patience=PATIENCE):
        while True:
            _, parent, content = self.receive(channel, patience)
            if parent == request:
                return content

    def ask(self, kind, content, channel="shell"):
        return self.reply(self.send(kind, content, channel), channel)

    def until_idle(self, request, note=None, patience=PATIENCE):
        """Takes what the request publishes, up to its end."""
        while True:
            kind, parent, content = self.receive("iopub", patience)
            if parent != request:
                continue
            if note:
                note(kind, content)
            if kind == "status" and content["execution_state"] == "idle":
                return

    def until_printed(self, request, text):
        while True:
            kind, parent, content = self.receive("iopub")
            if parent == request and kind == "stream" and text in content["text"]:
                return

    def run(self, code):
        """Runs a cell to its end, and takes all of its messages."""
        request = self.execute(code)
        content = self.reply(request)
        self.until_idle(request)
        return content

    # The clock runs while the kernel has the request: this client's own writing and reading of JSON is before and after.

    def seconds_to_reply(self, kind, content):
        request, frames = self.written(kind, content)
        s = self.sockets["shell"]
        began = time.perf_counter()
        s.send_multipart(frames)
        if not s.poll(PATIENCE * 1000):
            raise Silence(kind)
        frames = s.recv_multipart()
        seconds = time.perf_counter() - began
        assert self.read(frames)[1] == request
        return seconds

    def seconds_to_reply_and_idle(self, code):
        request, frames = self.written("execute_request", self.cell(code))
        poller = zmq.Poller()
        for name in ("shell", "iopub"):
            poller.register(self.sockets[name], zmq.POLLIN)
        came = {"shell": [], "iopub": []}
        began = time.perf_counter()
        self.sockets["shell"].send_multipart(frames)
        # What is left of another request has an idle of its own, so all is read in the end.
        while not came["shell"] or not any(request.encode() in frames[-3] and b'"idle"' in frames[-1] for _, frames in came["iopub"]):
            ready = dict(poller.poll(PATIENCE * 1000))
            if not ready:
                raise Silence("cell")
            now = time.perf_counter()
            for name, messages in came.items():
                if self.sockets[name] in ready:
                    messages.append((now - began, self.sockets[name].recv_multipart()))
        (replied, frames), *rest = came["shell"]
        assert not rest and self.read(frames)[1] == request
        return replied, came["iopub"][-1][0]

    def interrupt(self, by_message):
        if by_message:
            self.send("interrupt_request", {}, "control")
        else:
            self.process.send_signal(signal.SIGINT)

    # What the system knows of the process.

    def memory(self):
        """Resident MiB."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024

    def processor_seconds(self):
        """What all threads have run so far."""
        return sum(int(task.read_text().split()[0]) for task in Path(f"/proc/{self.process.pid}/task").glob("*/schedstat")) / 1e9
