"""What the hands know from other shells: typing ahead, editors, pagers, the history of two sessions."""

import stat

import pytest
from conftest import BPSH, DOWN, ENTER, UP, control


def test_lines_typed_ahead_are_all_run(repl):
    repl.type("a = 20\ra * 2\ra + 2\r").until("\n22\n>")
    assert repl.lines()[-5:] == ["> a * 2", "40", "> a + 2", "22", ">"]


def test_typed_ahead_text_answers_input(repl):
    repl.run("1")
    repl.type("x = input('name? ')", ENTER).until("\nname?").type("Ada\n")
    repl.until(lambda: repl.cursor_line() == ">").run("x")
    assert "'Ada'" in repl.text()


def test_else_goes_below_its_if(repl):
    repl.type("for i in range(2):", ENTER, "if i > 0:", ENTER, "print('more')", ENTER, "else:")
    repl.until("\n      else:").type(ENTER, "print('none')", ENTER, ENTER)
    repl.run("")
    assert "none\nmore" in repl.text()


def test_the_brackets_at_the_cursor_are_marked(repl):
    repl.type("f(g(1), ')')").until("')')")
    line = repl.screen.buffer[repl.screen.cursor.y]
    repl.until(lambda: [i for i in range(40) if line[i].underscore] == [3, 13])
    repl.after(control("c"))
    assert not any(line[i].underscore for i in range(40))


def test_an_editor_takes_the_text(terminal, tmp_path):
    editor = tmp_path / "an editor"
    editor.write_text("#!/bin/sh\nstat -c %a \"$1\" > seen\necho 'print(6 * 7)' >> \"$1\"\n")
    editor.chmod(0o755)
    repl = terminal(EDITOR=f"'{editor}'").until("\n>")
    repl.type("x = 1", control("x"), control("e")).until("  print(6 * 7)").run("")
    assert "\n42\n" in repl.text()
    assert (tmp_path / "seen").read_text() == "600\n"
    # Without an editor the text stays.
    again = terminal(EDITOR="/nowhere/editor").until("\n>")
    again.type("y = 2", control("x"), control("e")).until("not found").until(lambda: again.cursor_line() == "> y = 2")


def test_a_page_longer_than_the_window_goes_to_the_pager(terminal):
    repl = terminal(rows=10, PAGER="sed 's/^/|/' | head -n 4; cat > /dev/null; echo paged; :").until("\n>")
    repl.run("train?")
    assert "\n|" in repl.text() and "paged" in repl.text()
    repl.run("1 + 1")
    high = terminal(rows=60, PAGER="echo paged; :").until("\n>")
    high.run("relu?")
    assert "paged" not in high.text()


@pytest.mark.parametrize("pager", ["false", "/nowhere/pager"])
def test_a_page_is_shown_where_the_pager_fails(terminal, pager):
    repl = terminal(rows=10, PAGER=pager).until("\n>")
    repl.run("train?")
    assert any("Trains a network" in line for line in repl.scrolled() + repl.lines())


def test_ctrl_c_in_a_pager_is_the_pagers_own(terminal):
    repl = terminal(rows=10, PAGER="trap 'echo caught; exit 0' INT; cat > /dev/null; echo waiting; while :; do sleep 0.05; done; :")
    repl.until("\n>").type("train?", ENTER).until("waiting")
    repl.after(control("c"))
    assert "caught" in repl.text() and "KeyboardInterrupt" not in repl.text()


def test_two_sessions_share_a_history(terminal, tmp_path):
    one, two = terminal().until("\n>"), terminal().until("\n>")
    one.run("'of one'")
    two.run("'of two'")
    one.run("'of one again'")
    file = tmp_path / "state/bp/history"
    assert file.read_text().splitlines() == ["'of one'", "'of two'", "'of one again'"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    three = terminal().until("\n>")
    three.type(UP, UP).until("> 'of two'").type(DOWN).until("> 'of one again'")


def test_what_was_run_is_listed(repl):
    repl.run("a = 1")
    repl.run("nothing_of_the_kind")
    repl.run("b = [1,\n 2]".replace("\n", "\x1b\r"))
    repl.run("%hist")
    assert repl.lines()[-6:-1] == [
        "1  a = 1", "2! nothing_of_the_kind", "3  b = [1,", "    2]", "! failed; %save leaves it out",
    ]
    repl.run("%hist a =")
    assert repl.lines()[-3:-1] == ["> %hist a =", "1  a = 1"]


def test_a_file_is_not_lost_to_save(repl, tmp_path):
    repl.run("a = 1")
    repl.run("%save mine.bp")
    repl.run("b = 2")
    # What this session has saved it may save again.
    repl.run("%save mine.bp")
    assert (tmp_path / "mine.bp").read_text() == "a = 1\n\nb = 2\n"
    (tmp_path / "yours.bp").write_text("precious")
    repl.run("%save yours.bp")
    assert "FileError" in repl.text() and (tmp_path / "yours.bp").read_text() == "precious"
    repl.run("%save -f yours.bp")
    assert (tmp_path / "yours.bp").read_text() == "a = 1\n\nb = 2\n"


def test_the_window_is_resized_while_a_line_is_edited(repl):
    text = "x = [" + ", ".join(map(str, range(20))) + "]"
    repl.type(text).until("19]")
    for columns in (40, 100, 30, 80):
        repl.resize(columns, 24)
        repl.type("1", "\x7f").until(lambda: "".join(line.strip() for line in repl.lines()).replace(" ", "").count("x=[0") == 1)
    repl.run("")
    repl.run("len(x)")
    assert "\n20\n" in repl.text()
