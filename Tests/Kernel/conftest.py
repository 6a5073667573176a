"""A kernel of the tests' own, and the ways of talking with it that `jupyter_client` has no call for."""

import pytest
from jupyter_client.manager import start_new_kernel

PATIENCE = 60


class Talk:
    """A client and its kernel: `ask` sends a request and returns the reply, `shown` what a cell published."""

    def __init__(self, manager, client):
        self.manager, self.client = manager, client

    def send(self, kind, content=None, channel="shell", subshell=None):
        message = self.client.session.msg(kind, content or {})
        if subshell:
            message["header"]["subshell_id"] = subshell
        getattr(self.client, channel + "_channel").send(message)
        return message["header"]["msg_id"]

    def reply(self, request, channel="shell"):
        while True:
            message = getattr(self.client, channel + "_channel").get_msg(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") == request:
                return message["content"]

    def ask(self, kind, content=None, channel="shell", subshell=None):
        return self.reply(self.send(kind, content, channel, subshell), channel)

    def execute(self, code, subshell=None):
        return self.send("execute_request", {"code": code}, subshell=subshell)

    def run(self, code, subshell=None):
        return self.ask("execute_request", {"code": code}, subshell=subshell)

    def shown(self, request, until="idle"):
        """The messages of a request, up to the first whose state or text is `until`."""
        messages = []
        while True:
            message = self.client.iopub_channel.get_msg(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") != request:
                continue
            messages.append(message)
            content = message["content"]
            if until in (content.get("execution_state"), content.get("text")):
                return messages

    def begin(self, code):
        """Starts a cell, and returns when it has printed `started`."""
        request = self.execute("print('started')\n" + code)
        self.shown(request, until="started\n")
        return request

    def result(self, code, subshell=None):
        """The text of a cell's value."""
        request = self.execute(code, subshell)
        for message in self.shown(request):
            if message["msg_type"] in ("execute_result", "error"):
                return message["content"].get("data", {}).get("text/plain") or message["content"]["evalue"]


@pytest.fixture
def talk():
    manager, client = start_new_kernel(kernel_name="bp")
    yield Talk(manager, client)
    client.stop_channels()
    manager.shutdown_kernel(now=True)
