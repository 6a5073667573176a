"""The REPL as a person meets it, on a terminal."""

import os
import signal
import stat
import termios

import pytest
from conftest import BACK_TAB, BPSH, ENTER, ESCAPE, TAB, UP, control


def chosen(repl):
    """The name in the menu that stands out."""
    for y in range(repl.screen.lines):
        row = repl.screen.buffer[y]
        text = "".join(row[x].data for x in range(repl.screen.columns) if row[x].reverse)
        if text:
            return text
    return None


def test_completion(repl):
    repl.type("rel", TAB).until("> relu")
    repl.type("(tensor([-1, 2]))").run("")
    assert "[0.0000, 2.0000]" in repl.text()
    # What is chosen in the menu stands when one types on.
    repl.type("so", TAB).until("softmax   (x, axis=-1)").until("softplus  (x)")
    repl.type(TAB).until(lambda: chosen(repl) == "softmax")
    repl.type(TAB).until(lambda: chosen(repl) == "softplus")
    repl.type(BACK_TAB).until(lambda: chosen(repl) == "softmax")
    repl.type("([0, 0])").run("")
    assert "> softmax([0, 0])" in repl.text()
    # The menu follows the word that is typed on.
    repl.type("so", TAB).until("softplus").type("r").until(lambda: "softplus  " not in repl.text() and "sorted" in repl.text())
    repl.type(ESCAPE).until(lambda: "sorted" not in repl.text())


def test_the_menu_says_what_each_is_in_narrow_terminals(terminal):
    repl = terminal(columns=60).until("\n>")
    repl.run("net = network(input(2), dense(3, tanh), dense(1))")
    repl.type("net.de", TAB).until("dense1  layer  dense(3, tanh)").until("dense2  layer  dense(1)")
    # The first closes the menu, the second gives up the line.
    repl.type(control("c")).until(lambda: "layer" not in repl.text()).after(control("c"))
    repl.type('net.parameters["dense1.w', TAB).until('> net.parameters["dense1.weight"]').after(control("c"))
    repl.type("😀 = 3; net.dense1.we", TAB).until("net.dense1.weight").after(control("c"))
    # Many stand side by side.
    repl.type("net.dense1.weight.", TAB).until("in all")
    assert all(len(line) <= 60 for line in repl.lines())


def test_help_is_shown_while_one_types(terminal):
    repl = terminal(rows=40).until("\n>")
    repl.type("y = relu(3, ", "\x1b[D" * 6, BACK_TAB).until("derivative: 1 if z > 0, else 0").until("example:")
    repl.type("x").until(lambda: "derivative" not in repl.text())


def test_the_signature_of_the_call_is_shown(repl):
    repl.type("train(net, ").until("optimizer, epochs=20")
    repl.after(control("c"))
    assert "optimizer" not in repl.text()


def test_blocks_of_lines(repl):
    repl.type("def f(x):", ENTER).until(lambda: repl.screen.cursor.x == 6)
    repl.type("if x > 1:", ENTER).until(lambda: repl.screen.cursor.x == 10)
    repl.type("return 'big'", ENTER).until(lambda: repl.screen.cursor.x == 6)
    repl.type("return 'small'", ENTER).until(lambda: repl.screen.cursor.x == 2)
    repl.run("")
    repl.run("f(2), f(1)")
    assert "('big', 'small')" in repl.text()


def test_a_paste_is_one_unit(repl):
    program = "def total(xs):\n    sum_of = 0\n\n    for x in xs:\n        sum_of += x\n\n    return sum_of\n"
    program += "".join(f"x{i} = {i}\n" for i in range(50)) + "print('ran', total([x1, x49]))"
    repl.paste(program).until("print('ran', total([x1, x49]))")
    assert "ran 50" not in repl.text()
    repl.run("")
    assert "ran 50" in repl.text()
    # All of it stays to be read, and is one entry of the history.
    assert "> def total(xs):" in repl.scrolled() and "  x1 = 1" in repl.scrolled()
    repl.type(UP).until(lambda: repl.cursor_line() == "  print('ran', total([x1, x49]))").run("")
    assert (repl.scrolled() + repl.lines()).count("ran 50") == 2


def test_a_paste_is_shown_and_not_obeyed(repl):
    repl.paste("print('\x1b[2J\t日本')\r\n").until("print('^[[2J    日本')")


def test_history_over_sessions(repl, terminal, tmp_path):
    repl.run("first = 1")
    repl.run("second = 2")
    repl.type(control("d"))
    assert repl.status() == 0
    file = tmp_path / "state/bp/history"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    again = terminal().until("\n>")
    again.type(UP).until("> second = 2").type(UP).until("> first = 1").type(control("u"))
    again.type(control("r"), "sec").until("search “sec”: second = 2").type(ENTER).until("\n> second = 2")


def test_a_damaged_history_is_survived(terminal, tmp_path):
    folder = tmp_path / "state/bp"
    folder.mkdir(parents=True)
    (folder / "history").write_bytes(b"\xff\xfe\x00\n" + b"good = 1\n" + b"\\" * 50)
    repl = terminal().until("\n>")
    repl.type(UP, UP).until("> good = 1")


@pytest.mark.parametrize("code", ["while True: pass", "sleep(100)", "input('name? ')", "sum(i for i in range(10 ** 12))"])
def test_ctrl_c_ends_the_running_line_alone(repl, code):
    repl.run("kept = 7")
    repl.type(code).until(code).type(ENTER)
    # Until the program runs the terminal gives Ctrl-C as a key, which drops the text alone.
    repl.until(lambda: termios.tcgetattr(repl.slave)[3] & termios.ISIG)
    repl.after(control("c"))
    assert "KeyboardInterrupt" in repl.text()
    repl.run("kept + 1")
    assert "\n8\n" in repl.text()


def test_ctrl_c_ends_training_with_the_weights_kept(terminal):
    repl = terminal(columns=60).until("\n>")
    repl.run("net = network(input(2), dense(4, tanh), dense(1))")
    repl.type("run = train(net, make_xor(), loss=mse, optimizer=sgd(0.1), epochs=1000000)", ENTER).until("░")
    assert max(map(len, repl.lines())) <= 60
    repl.after(control("c"))
    repl.run("run.stopped, net.hash() == run.hash")
    assert "('interrupted', True)" in repl.text()


def test_ctrl_c_drops_what_is_typed(repl):
    repl.type("abc").until("> abc").after(control("c"))
    assert "> abc" in repl.text() and "NameError" not in repl.text()


def test_ctrl_d_leaves_an_empty_line_alone(repl):
    repl.type("xy", control("a"), control("d")).until(lambda: repl.cursor_line() == "> y")
    repl.type(control("d"), control("d"))
    assert repl.status() == 0
    assert termios.tcgetattr(repl.slave) == repl.modes


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_gives_the_terminal_back(repl, number):
    assert termios.tcgetattr(repl.slave) != repl.modes
    os.kill(repl.process.pid, number)
    assert repl.status() == -number
    assert termios.tcgetattr(repl.slave) == repl.modes


def test_ctrl_z_and_back(terminal):
    shell = terminal("bash", "--norc", "--noediting", "-i").until("$")
    shell.type(BPSH, ENTER).until("\n>")
    shell.type("x = 41 + 1").until("> x = 41 + 1").type(control("z")).until("Stopped")
    assert termios.tcgetattr(shell.slave)[3] & termios.ICANON
    shell.type("fg", ENTER).until(lambda: shell.cursor_line() == "> x = 41 + 1")
    shell.run("")
    shell.run("x")
    assert "\n42\n" in shell.text()


@pytest.mark.parametrize("columns", [40, 60, 120])
def test_figures_have_the_terminals_width(terminal, columns):
    repl = terminal(columns=columns, rows=40).until("\n>")
    repl.run("plot([1, 3, 2])")
    widest = max(map(len, repl.lines()))
    # A wider figure is hard to read.
    room = min(columns, 100)
    assert room * 0.9 <= widest <= room


@pytest.mark.parametrize("columns", [20, 40])
def test_lines_longer_than_the_terminal(terminal, columns):
    repl = terminal(columns=columns).until("\n>")
    repl.type("x = '" + "日本" * 20).type("\x7f" * 39).until(lambda: repl.cursor_line() == "> x = '日")
    repl.type("'").run("")
    repl.run("len(x)")
    assert "\n1\n" in repl.text()


def test_output_without_an_end_keeps_its_line(repl):
    repl.run("print('half', end='')")
    assert "\nhalf\n>" in repl.text()


def test_help_is_shown_within_the_terminal(terminal):
    repl = terminal(columns=60, rows=50).until("\n>")
    repl.run("train?")
    assert max(map(len, repl.lines())) < 60
    assert "Trains a network" in repl.text()
    repl.run("help('sofmax')")
    assert "did you mean softmax?" in repl.text()


def test_a_terminal_that_cannot_edit(terminal):
    repl = terminal(TERM="dumb").until("\n>")
    for line, row in [("for i in range(2):", 3), ("  print(i)", 4)]:
        repl.type(line + "\n").until(lambda: (repl.screen.cursor.x, repl.screen.cursor.y) == (2, row))
    repl.type("\n").until("0\n1\n>")
    repl.type("input('name? ')\n").until("name?").type("Ada\n").until("'Ada'")
    repl.type("print('on') or sleep(100)\n").until("\non").type(control("c")).until("KeyboardInterrupt")
    repl.type("1/0\n").until("ZeroDivisionError").type(control("d"))
    assert repl.status() == 0
    assert "\x1b" not in repl.text()


def test_colours_where_the_terminal_has_them(terminal):
    def colours(shell):
        shell.run("relux")
        return {cell.fg for row in shell.screen.buffer.values() for cell in row.values()}

    assert "red" in colours(terminal().until("\n>"))
    assert colours(terminal(NO_COLOR="1").until("\n>")) == {"default"}
    assert colours(terminal(BPSH, "--no-color").until("\n>")) == {"default"}
