"""bpsh as other programs meet it: words, pipes, files and exit statuses."""

import json
import os
import signal
import subprocess

import pytest
from conftest import BPSH, PATIENCE


@pytest.fixture
def bpsh(tmp_path):
    """Runs bpsh with some words in an empty folder."""

    def run(*words, text=None, **settings):
        done = subprocess.run(
            [BPSH, *words], input=text, capture_output=True, cwd=tmp_path, encoding="utf-8", timeout=PATIENCE,
            env={**os.environ, "LANG": "C.UTF-8", "COLUMNS": "80"}, **settings)
        return done.returncode, done.stdout, done.stderr

    return run


@pytest.mark.parametrize("words, status, output", [
    (["-e", "1 + 1"], 0, "2\n"), (["-e", "x = 1"], 0, ""), (["-e", "exit(3)"], 3, ""),
    (["-e", "print(args)", "a", "--seed", "-x"], 0, "['a', '--seed', '-x']\n"),
    (["--precision", "float64", "-e", "zeros(1).dtype"], 0, "'float64'\n"),
    (["--seed=4", "-e", "seed(4); a = rand(3); a.sum().item() > 0"], 0, "True\n"), (["--version"], 0, "bpsh 0.1.0\n"),
])
def test_words_are_obeyed(bpsh, words, status, output):
    assert bpsh(*words) == (status, output, "")


@pytest.mark.parametrize("words, status, said", [
    (["--sead", "3"], 2, "did you mean --seed?"), (["--seed"], 2, "--seed needs a value"),
    (["--quiet=3"], 2, "--quiet takes no value"), (["chekc", "a.bp"], 2, "did you mean bpsh check?"),
    (["spiral.bp"], 2, "did you mean spirals.bp?"), (["spirals"], 2, "did you mean spirals.bp?"),
    (["check", "spirls"], 2, "did you mean spirals.bp?"), (["fmt", "other.bp"], 2, "in this folder are spirals.bp"),
    (["check", "lib/spirals.bp"], 2, "there is no folder lib either"),
    (["check", "--jsn", "spirals.bp"], 2, "did you mean --json?"), (["check"], 2, "check needs a file"),
    (["."], 2, ". is a folder"), (["install", "here"], 2, "here is one word too many"),
    (["-e", "1/0"], 1, "ZeroDivisionError"), (["--", "--version"], 2, "there is no file --version"),
])
def test_mistakes_are_told(bpsh, tmp_path, words, status, said):
    (tmp_path / "spirals.bp").write_text("")
    found, output, errors = bpsh(*words)
    assert (found, output) == (status, "")
    assert said in errors


def test_an_instruction_set_that_the_processor_lacks_is_refused(bpsh, monkeypatch):
    monkeypatch.setenv("BP_INSTRUCTION_SET", "baseline")
    assert bpsh("-e", "1 + 1") == (0, "2\n", "")
    monkeypatch.setenv("BP_INSTRUCTION_SET", "abacus")
    status, output, errors = bpsh("-e", "1 + 1")
    assert (status, output) == (2, "")
    assert "BP_INSTRUCTION_SET names abacus, which this processor does not have\n  help: it has baseline" in errors


def test_help_fits_sixty_columns(bpsh):
    status, output, errors = bpsh("--help")
    assert (status, errors) == (0, "")
    assert max(map(len, output.splitlines())) <= 60
    assert all(len(line) <= 60 for line in bpsh("run", "--help")[1].splitlines())


def test_programs_come_from_files_and_pipes(bpsh, tmp_path):
    (tmp_path / "a.bp").write_text("print(args)\n1 + 1\n")
    assert bpsh("a.bp", "--help", "--") == (0, "['--help', '--']\n", "")
    assert bpsh("-", "x", text="print(args)") == (0, "['x']\n", "")
    assert bpsh("/dev/stdin", text="print(5)") == (0, "5\n", "")
    piped = subprocess.run(["bash", "-c", f"{BPSH} <(echo 'print(6)')"], capture_output=True, timeout=PATIENCE)
    assert piped.stdout == b"6\n"
    (tmp_path / "b.bp").write_bytes(b"\x7fELF\xff")
    assert "not a text in UTF-8" in bpsh("b.bp")[2]


def test_paths_start_at_the_script(bpsh, tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep/data.txt").write_text("found")
    (tmp_path / "deep/script.bp").write_text("print(read_text('data.txt'))")
    (tmp_path / "link.bp").symlink_to("deep/script.bp")
    for name in ["deep/script.bp", "./deep/../deep/script.bp", str(tmp_path / "deep/script.bp"), "link.bp"]:
        assert bpsh(name) == (0, "found\n", "")


def test_figures_go_to_a_folder(bpsh, tmp_path):
    program = "show(plot([1, 2]), 3)\nplot([2, 1])"
    assert bpsh("--figures", "made/here", "-e", program) == (0, "made/here/figure-1.svg\n3\nmade/here/figure-2.svg\n", "")
    assert (tmp_path / "made/here/figure-2.svg").read_text().startswith("<svg")
    (tmp_path / "file").write_text("")
    status, output, errors = bpsh("--figures", "file", "-e", "plot([1, 2])")
    assert "┤" in output and "cannot write file/figure-1.svg" in errors


def test_without_a_person_there_are_no_prompts(bpsh):
    status, output, errors = bpsh(text="x = 2\nfor i in range(x):\n    print(i)\n\nx * 21\nnope\n'after'\n")
    assert (status, output) == (1, "0\n1\n42\n'after'\n")
    assert "NameError: nope is not defined" in errors
    assert bpsh(text="1 + 1") == (0, "2\n", "")


def test_input_is_the_programs(bpsh):
    assert bpsh("-e", "print(input('a? ') + input())", text="1\r\n2") == (0, "a? 12\n", "")
    status, output, errors = bpsh("-e", "input()", text="")
    assert status == 1 and "end of the input" in errors


def test_a_reader_that_leaves_ends_the_program():
    done = subprocess.run(
        ["bash", "-c", f"{BPSH} -e 'while True: print(1)' | head -n 1"], capture_output=True, timeout=PATIENCE)
    assert (done.stdout, done.stderr) == (b"1\n", b"")


def test_lost_output_is_told():
    with open("/dev/full", "w") as full:
        done = subprocess.run([BPSH, "-e", "1"], stdout=full, stderr=subprocess.PIPE, timeout=PATIENCE)
    assert done.returncode == 1
    assert b"No space left on device" in done.stderr


def test_closed_streams_do_no_harm(tmp_path):
    program = "write_text('kept.txt', 'kept'); print('lost'); 1 / 0"
    done = subprocess.run(["bash", "-c", f'{BPSH} -e "{program}" <&- >&- 2>&-'], cwd=tmp_path, timeout=PATIENCE)
    assert done.returncode == 1
    assert (tmp_path / "kept.txt").read_text() == "kept"


@pytest.mark.parametrize("code", ["while True: pass", "input()", "sleep(100)"])
def test_an_interrupt_ends_a_script(code):
    process = subprocess.Popen(
        [BPSH, "-e", f"print('on')\n{code}"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout.readline() == b"on\n"
    process.send_signal(signal.SIGINT)
    assert process.wait(PATIENCE) == 130
    assert b"KeyboardInterrupt" in process.stderr.read()


def test_an_interrupt_can_be_caught():
    process = subprocess.Popen(
        [BPSH, "-e", "print('on')\ntry:\n    input()\nexcept KeyboardInterrupt:\n    print('caught')\nprint('after')"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"on\n"
    process.send_signal(signal.SIGINT)
    assert process.stdout.read() == b"caught\nafter\n"
    assert process.wait(PATIENCE) == 0


def test_check_says_all_of_every_file(bpsh, tmp_path):
    (tmp_path / "good.bp").write_text("x = 1\n")
    (tmp_path / "bad.bp").write_text("print(nope)\nrelux(1)\n")
    (tmp_path / "hides.bp").write_text("sum = 1\n")
    assert bpsh("check", "good.bp") == (0, "", "no mistakes in 1 file\n")
    status, _, errors = bpsh("check", "good.bp", "bad.bp", "none.bp", "hides.bp")
    assert status == 2
    order = ["nope is not defined", "did you mean relu?", "there is no file none.bp", "sum hides the builtin", "2 mistakes in 1 of 3 files"]
    assert sorted(order, key=errors.index) == order
    assert bpsh("check", "bad.bp")[0] == 1
    assert bpsh("check", "hides.bp")[0] == 0
    assert bpsh("check", "--quiet", "good.bp") == (0, "", "")
    assert bpsh("check", "-", text="nope")[0] == 1


def test_check_tells_editors_in_json(bpsh, tmp_path):
    (tmp_path / "bad.bp").write_text("x = 1\nprint(xx)\n")
    status, output, errors = bpsh("check", "--json", "bad.bp")
    assert (status, errors) == (1, "")
    (mistake,) = json.loads(output)
    assert mistake["file"] == "bad.bp" and mistake["kind"] == "NameError" and mistake["severity"] == "error"
    assert [mistake[name] for name in ["line", "column", "end_line", "end_column"]] == [2, 7, 2, 9]
    (tmp_path / "good.bp").write_text("")
    assert json.loads(bpsh("check", "--json", "good.bp")[1]) == []


def test_check_counts_characters_and_bytes(bpsh, tmp_path):
    text = 'é = 1\nx = "é𝄞" + zz\r\ny = "\x01" + "\\q"\n'
    (tmp_path / "bad.bp").write_bytes(text.encode())
    status, output, _ = bpsh("check", "--json", "bad.bp")
    assert status == 1
    for mistake in json.loads(output):
        assert "help" in mistake
        found = text.encode()[mistake["start"]:mistake["end"]].decode()
        line = text.splitlines()[mistake["line"] - 1]
        assert line[mistake["column"] - 1:mistake["end_column"] - 1] == found


def test_check_in_json_is_json_for_every_file(bpsh, tmp_path):
    (tmp_path / "bad.bp").write_bytes(b"\xff")
    (tmp_path / "n.ipynb").write_text("{}")
    (tmp_path / "syntax.bp").write_text("x = (1\n" * 50)
    (tmp_path / 'odd "name"\n.bp').write_text("zz")
    status, output, _ = bpsh("check", "--json", "bad.bp", "none.bp", "n.ipynb", ".", "syntax.bp", 'odd "name"\n.bp')
    found = json.loads(output)
    assert status == 2
    assert [mistake["file"] for mistake in found if mistake["kind"] == "FileError"] == ["bad.bp", "none.bp", "n.ipynb", "."]
    assert {mistake["file"] for mistake in found if "line" in mistake} == {"syntax.bp", 'odd "name"\n.bp'}
    assert json.loads(bpsh("check", "--json", "-", text="")[1]) == []
