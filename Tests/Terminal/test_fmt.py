"""bpsh fmt as a person, an editor and CI use it."""

import os
import subprocess

import pytest
from conftest import BPSH, PATIENCE

UGLY, FORM, FAULTY = "x=1;y = 'a'\n", 'x = 1\ny = "a"\n', "x = (\n"


@pytest.fixture
def fmt(tmp_path):
    """Runs bpsh fmt in an empty folder."""

    def run(*words, text=None):
        done = subprocess.run(
            [BPSH, "fmt", *words], input=text, capture_output=True, cwd=tmp_path, encoding="utf-8", timeout=PATIENCE)
        return done.returncode, done.stdout, done.stderr

    return run


def test_files_are_written_anew_and_keep_what_they_are(fmt, tmp_path):
    file, link = tmp_path / "a.bp", tmp_path / "link.bp"
    file.write_text(UGLY)
    file.chmod(0o750)
    link.symlink_to("a.bp")
    assert fmt("link.bp") == (0, "", "formatted link.bp\n1 file formatted\n")
    assert (file.read_text(), file.stat().st_mode & 0o777, link.is_symlink()) == (FORM, 0o750, True)
    before = file.stat()
    assert fmt("a.bp") == (0, "", "1 file left as it was\n")
    assert (file.stat().st_mtime_ns, file.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    assert fmt("--quiet", "a.bp") == (0, "", "")
    assert sorted(os.listdir(tmp_path)) == ["a.bp", "link.bp"]


def test_a_faulty_file_is_left_and_the_rest_go_on(fmt, tmp_path):
    (tmp_path / "a.bp").write_text(FAULTY)
    (tmp_path / "b.bp").write_bytes(b"\xff\xfe")
    (tmp_path / "c.bp").write_text(UGLY)
    status, output, errors = fmt("a.bp", "c.bp")
    assert (status, output) == (1, "")
    assert "this ( is never closed" in errors and "1 file formatted, 1 file with mistakes" in errors
    status, output, errors = fmt("none.bp", "b.bp", "c.bp")
    assert status == 2
    assert "there is no file none.bp" in errors and "not a text in UTF-8" in errors and "2 files not read or written" in errors
    assert ((tmp_path / "a.bp").read_text(), (tmp_path / "c.bp").read_text()) == (FAULTY, FORM)


def test_check_names_what_would_change(fmt, tmp_path):
    (tmp_path / "a.bp").write_text(UGLY)
    (tmp_path / "b.bp").write_text(FORM)
    assert fmt("--check", "a.bp", "b.bp") == (1, "a.bp\n", "1 file would change, 1 file would not change\n")
    assert fmt("--check", "--quiet", "b.bp") == (0, "", "")
    assert (tmp_path / "a.bp").read_text() == UGLY


def test_diff_is_what_patch_takes(fmt, tmp_path):
    text = "".join(f"x{i}=1\n" if i in (2, 9, 30) else f"x{i} = 1\n" for i in range(40)) + "y=2"
    (tmp_path / "a.bp").write_text(text)
    status, output, errors = fmt("--diff", "a.bp")
    assert (status, errors) == (1, "1 file would change\n")
    assert output.startswith("--- a.bp\n+++ a.bp\n@@ -1,13 +1,13 @@\n x0 = 1\n x1 = 1\n-x2=1\n+x2 = 1\n")
    assert output.endswith("-y=2\n\\ No newline at end of file\n+y = 2\n")
    assert (tmp_path / "a.bp").read_text() == text
    # The standard input is formatted by fmt itself; what the diff makes of the file must be the same.
    done = subprocess.run(["git", "apply", "-"], input=output, cwd=tmp_path, encoding="utf-8", timeout=PATIENCE)
    assert done.returncode == 0
    assert (tmp_path / "a.bp").read_text() == fmt("-", text=text)[1]


def test_a_folder_stands_for_the_programs_in_it(fmt, tmp_path):
    for name in ["a.bp", "deep/b.bp", "deep/c.txt", ".hidden/d.bp", "deep/.e.bp"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(UGLY)
    (tmp_path / "deep/loop").symlink_to("..")
    assert fmt("--check", ".")[:2] == (1, "./a.bp\n./deep/b.bp\n")
    assert fmt("deep/") == (0, "", "formatted deep/b.bp\n1 file formatted\n")
    (tmp_path / "empty").mkdir()
    assert fmt("empty") == (0, "", "there are no .bp files\n")


def test_the_standard_input_goes_to_the_standard_output(fmt):
    assert fmt("-", text=UGLY) == (0, FORM, "")
    assert fmt("-", text=FORM) == (0, FORM, "")
    assert fmt("--check", "-", text=UGLY) == (1, "standard input\n", "")
    status, output, errors = fmt("-", text=FAULTY)
    assert (status, output) == (1, "") and "standard input:1:5" in errors


@pytest.mark.parametrize("words, said", [
    ([], "fmt needs a file"), (["--chek", "a"], "did you mean --check?"),
    (["a.ipynb"], "a.ipynb"),
])
def test_mistakes_are_told(fmt, words, said):
    status, output, errors = fmt(*words)
    assert (status, output) == (2, "") and said in errors


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_file_that_may_not_be_written_stays(fmt, tmp_path):
    (tmp_path / "a.bp").write_text(UGLY)
    (tmp_path / "a.bp").chmod(0o444)
    status, _, errors = fmt("a.bp")
    assert status == 2 and "a.bp may not be written" in errors
    assert (tmp_path / "a.bp").read_text() == UGLY
