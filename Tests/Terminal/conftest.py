"""A terminal of our own for bpsh: keys go in, a screen comes out."""

import fcntl
import os
import pathlib
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time

import pyte
import pytest

BPSH = os.environ.get("BPSH", str(pathlib.Path(__file__).parents[2] / ".build/debug/bpsh"))
# Long enough for a busy machine; what is waited for comes in milliseconds.
PATIENCE = 20

TAB, ENTER, ESCAPE, UP, DOWN, BACK_TAB = "\t", "\r", "\x1b", "\x1b[A", "\x1b[B", "\x1b[Z"


def control(letter):
    return chr(ord(letter.upper()) - 64)


class Screen(pyte.HistoryScreen):
    """A screen that counts how often its program began to read keys."""

    BRACKETED_PASTE = 2004
    readings = 0

    def set_mode(self, *modes, **settings):
        self.readings += self.BRACKETED_PASTE in modes
        super().set_mode(*modes, **settings)


class Strings:
    """Takes the questions, and the strings that pictures come in, out of what a terminal is sent."""

    WHOLE = re.compile(rb"\x1b([_P\]])(.*?)(?:\x1b\\|\x07)|\x1b\[([?>0-9;]*)([cqtS])", re.DOTALL)
    BEGUN = re.compile(rb"\x1b(?:[_P\]][^\x07]*|\[[?>0-9;]*)?$", re.DOTALL)

    def __init__(self, answers):
        # By the beginning of the question: _G, ]11, [>0q, [16t, [c.
        self.answers = answers
        self.seen = []
        self.rest = b""

    def taken(self, data):
        """What is to be shown of it, and what is answered."""
        data, self.rest = self.rest + data, b""
        answer = []

        def take(match):
            kind, text, numbers, final = match.groups()
            string = kind + text if kind else b"[" + numbers + final
            self.seen.append(string)
            answer.extend(value for start, value in self.answers.items() if string.startswith(start.encode()))
            return b""

        data = self.WHOLE.sub(take, data)
        if begun := self.BEGUN.search(data):
            data, self.rest = data[:begun.start()], begun.group()
        return data, "".join(answer).encode()


# What every terminal answers.
PLAIN = {"[c": "\x1b[?62;22c"}


class Terminal:
    """A program in a pseudo terminal, and what it has drawn there."""

    def __init__(self, home, words=(BPSH,), columns=80, rows=24, answers=PLAIN, **variables):
        self.strings = Strings(answers)
        self.screen = Screen(columns, rows, history=1000)
        self.stream = pyte.ByteStream(self.screen)
        self.master, self.slave = pty.openpty()
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.modes = termios.tcgetattr(self.slave)
        environment = {
            "PATH": os.environ["PATH"], "HOME": str(home), "XDG_STATE_HOME": str(home / "state"), "TERM": "xterm",
            "LANG": "C.UTF-8", "PS1": "$ ", **variables,
        }
        self.process = subprocess.Popen(
            words, stdin=self.slave, stdout=self.slave, stderr=self.slave, cwd=home, env=environment, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))

    def type(self, *texts):
        for text in texts:
            os.write(self.master, text.encode())
        return self

    def paste(self, text):
        return self.type("\x1b[200~" + text.replace("\n", "\r") + "\x1b[201~")

    def run(self, code):
        """Types a line and waits until it has been run."""
        return self.after(code + ENTER)

    def after(self, keys):
        """Types keys that end the reading of a line, and waits for the next prompt."""
        count = self.screen.readings
        return self.type(keys).until(lambda: self.screen.readings > count and self.cursor_line() == ">")

    def lines(self):
        """What is seen, without the empty lines at the end."""
        lines = [line.rstrip() for line in self.screen.display]
        while lines and not lines[-1]:
            lines.pop()
        return lines

    def text(self):
        return "\n".join(self.lines())

    def scrolled(self):
        """The lines that have left the screen at its top."""
        return ["".join(row[i].data for i in range(self.screen.columns)).rstrip() for row in self.screen.history.top]

    def cursor_line(self):
        return self.screen.display[self.screen.cursor.y].rstrip()

    def until(self, wanted):
        """Reads until a text is seen, or a condition holds."""
        holds = wanted if callable(wanted) else lambda: wanted in self.text()
        end = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < end, f"waited in vain for {wanted}; the screen:\n{self.text()}"
            ready, _, _ = select.select([self.master], [], [], 0.05)
            if ready:
                shown, answer = self.strings.taken(os.read(self.master, 65536))
                self.stream.feed(shown)
                os.write(self.master, answer)
        return self

    def resize(self, columns, rows):
        self.screen.resize(rows, columns)
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def status(self):
        return self.process.wait(PATIENCE)

    def close(self):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        os.close(self.master)
        os.close(self.slave)


@pytest.fixture
def terminal(tmp_path):
    """Makes terminals with a home folder of their own, and closes them."""
    opened = []

    def open_terminal(*words, **settings):
        opened.append(Terminal(tmp_path, words or (BPSH,), **settings))
        return opened[-1]

    yield open_terminal
    for one in opened:
        one.close()


@pytest.fixture
def repl(terminal):
    return terminal().until("\n>")
