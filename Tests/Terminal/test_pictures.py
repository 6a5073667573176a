"""Figures on terminals that show pictures, decoded again as these would."""

import base64
import io
import re

import pytest
from conftest import BPSH, PLAIN, control
from PIL import Image

LIGHT, DARK = "\x1b]11;rgb:ffff/ffff/ffff\x1b\\", "\x1b]11;rgb:1111/1111/1111\x1b\\"
KITTY = {"_Gi=31": "\x1b_Gi=31;OK\x1b\\", "[16t": "\x1b[6;20;10t", **PLAIN}
ITERM2 = {"[>0q": "\x1bP>|iTerm2 3.4.19\x1b\\", "[16t": "\x1b[6;20;10t", **PLAIN}
SIXEL = {"[16t": "\x1b[6;20;10t", "[c": "\x1b[?62;4c"}
PLOT = "plot([1, 3, 2])"


def kitty_picture(strings):
    """The control data and the picture of the commands that carry one."""
    commands = [string[2:].split(b";", 1) for string in strings if string.startswith(b"_G") and not string.startswith(b"_Gi=31")]
    control_data = dict(part.split("=") for part in commands[0][0].decode().split(","))
    assert all(len(data) <= 4096 for _, data in commands)
    assert [head.split(b"m=")[1] for head, _ in commands] == [b"1"] * (len(commands) - 1) + [b"0"]
    return control_data, Image.open(io.BytesIO(base64.b64decode(b"".join(data for _, data in commands))))


def sixel_picture(string):
    """Decodes sixels (DEC STD 070) with colours in per cent of red, green and blue."""
    width, height = map(int, re.search(rb'"1;1;(\d+);(\d+)', string).groups())
    image = Image.new("RGB", (width, height), (1, 2, 3))
    palette, color, x, y = {}, 0, 0, 0
    body = string[string.index(b"q") + 1:]
    for token in re.findall(rb"#\d+(?:;\d+)*|!\d+[?-~]|[?-~]|\$|-", body[body.index(b"#"):]):
        if token[:1] == b"#":
            numbers = list(map(int, token[1:].split(b";")))
            color = numbers[0]
            if len(numbers) == 5:
                assert numbers[1] == 2
                palette[color] = tuple(round(part * 255 / 100) for part in numbers[2:])
        elif token == b"$":
            x = 0
        elif token == b"-":
            x, y = 0, y + 6
        else:
            count, bits = (int(token[1:-1]), token[-1]) if token[:1] == b"!" else (1, token[0])
            for _ in range(count):
                for bit in range(6):
                    if (bits - 63) >> bit & 1 and y + bit < height:
                        image.putpixel((x, y + bit), palette[color])
                x += 1
    return image


def corner(image):
    return image.convert("RGB").getpixel((image.width - 1, 0))


def ink(image):
    """The lightest and the darkest of what stands out of the ground."""
    image = image.convert("RGBA")
    points = [(x, y) for x in range(image.width) for y in range(image.height)]
    seen = [sum(pixel[:3]) / 3 for pixel in map(image.getpixel, points) if pixel[3] > 200]
    return min(seen), max(seen)


@pytest.mark.parametrize("ground", [LIGHT, DARK])
def test_kitty_is_sent_a_picture_of_the_terminals_cells(terminal, ground):
    repl = terminal(columns=60, rows=30, answers={"]11": ground, **KITTY}).until("\n>")
    repl.run(PLOT)
    about, image = kitty_picture(repl.strings.seen)
    assert (about["a"], about["f"], about["q"]) == ("T", "100", "2")
    assert image.size == (int(about["c"]) * 10, int(about["r"]) * 20)
    assert 30 < int(about["c"]) <= 59 and int(about["r"]) <= 28
    # The terminal's ground shows through, and the letters stand out of it.
    assert image.convert("RGBA").getpixel((image.width - 1, 0))[3] == 0
    assert ink(image)[0] < 100 if ground == LIGHT else ink(image)[1] > 180
    # This terminal leaves the cursor where the picture began.
    assert repl.lines()[-3:] == ["> " + PLOT, "", ">"]
    repl.run("1 + 1")
    assert repl.lines()[-2:] == ["2", ">"]


def test_iterm2_is_sent_a_file(terminal):
    repl = terminal(columns=60, rows=30, answers=ITERM2).until("\n>")
    repl.run(PLOT)
    [file] = [string for string in repl.strings.seen if string.startswith(b"]1337;File=")]
    about, data = file.removeprefix(b"]1337;File=").split(b":", 1)
    about = dict(part.split("=") for part in about.decode().split(";"))
    image = Image.open(io.BytesIO(base64.b64decode(data)))
    assert image.size == (int(about["width"]) * 10, int(about["height"]) * 20) and about["inline"] == "1"
    # Nobody has told the ground: the picture brings one of its own.
    assert corner(image) == (255, 255, 255)


@pytest.mark.parametrize("ground, color", [(LIGHT, (255, 255, 255)), (DARK, (17, 17, 17))])
def test_sixels_are_drawn_on_the_terminals_ground(terminal, ground, color):
    repl = terminal(columns=60, rows=30, answers={"]11": ground, **SIXEL}).until("\n>")
    repl.run(PLOT)
    [sixels] = [string for string in repl.strings.seen if string.startswith(b"P") and b"#" in string]
    image = sixel_picture(sixels)
    assert image.width % 10 == 0 and image.height % 20 == 0 and image.width <= 590
    assert all(abs(one - two) <= 3 for one, two in zip(corner(image), color))
    assert (1, 2, 3) not in {color for _, color in image.getcolors(1 << 20)}
    assert ink(image)[0] < 100 if ground == LIGHT else ink(image)[1] > 180


def test_sixels_keep_to_what_the_terminal_shows(terminal):
    limits = {"[?1;1;0S": "\x1b[?1;0;16S", "[?2;1;0S": "\x1b[?2;0;305;1000S"}
    repl = terminal(answers={**limits, **SIXEL}).until("\n>")
    repl.run(PLOT)
    [sixels] = [string for string in repl.strings.seen if string.startswith(b"P") and b"#" in string]
    assert sixel_picture(sixels).width == 300
    assert len(set(re.findall(rb"#(\d+);2;", sixels))) <= 16


def test_a_value_with_a_picture_says_its_text_too(terminal):
    repl = terminal(rows=40, answers=KITTY).until("\n>")
    repl.run("network(input(2), dense(3, tanh), dense(1))")
    assert "dense1  [batch, 3]" in repl.text()
    kitty_picture(repl.strings.seen)


@pytest.mark.parametrize("words, variables", [(["--figures", "text"], {}), ([], {"BP_FIGURES": "text"})])
def test_figures_are_text_where_that_is_wished(terminal, words, variables):
    repl = terminal(BPSH, *words, answers=KITTY, **variables).until("\n>")
    repl.run(PLOT)
    assert "┤" in repl.text() or "│" in repl.text()
    assert not [string for string in repl.strings.seen if string.startswith(b"_Ga")]


@pytest.mark.parametrize("answers", [{}, {"[c": "\x1b[?62;22c"}])
def test_figures_are_text_where_no_picture_can_be_shown(terminal, answers):
    repl = terminal(answers=answers).until("\n>")
    repl.run(PLOT)
    assert len(repl.lines()) > 8
    repl.run("1 + 1")
    assert repl.lines()[-2:] == ["2", ">"]


def test_a_script_shows_pictures_where_asked(terminal):
    script = terminal(BPSH, "--figures", "picture", "-e", PLOT, answers=KITTY)
    script.until(lambda: any(string.startswith(b"_Gm=0") or b"m=0" in string[:60] for string in script.strings.seen))
    assert script.status() == 0
    kitty_picture(script.strings.seen)


def test_answers_are_never_typed(terminal):
    # All at once, late, and twice, among what is typed; then a string that never ends is ended by Ctrl-C.
    late = "".join(KITTY.values()) + LIGHT
    repl = terminal(answers={}).until("\n>")
    repl.type("1 ", late, "+ ", late, "1").until("> 1 + 1").run("")
    assert repl.lines()[-3:] == ["> 1 + 1", "2", ">"]
    repl.type("\x1b]11;rgb:", control("c"), "2 + 2").until("> 2 + 2").run("")
    assert repl.lines()[-2:] == ["4", ">"]


def test_the_colours_suit_a_light_ground(terminal):
    def colours(ground):
        repl = terminal(answers={"]11": ground, **PLAIN}).until("\n>")
        repl.type("for x in 'text': 12").until("12")
        line = repl.screen.buffer[repl.screen.cursor.y]
        return {line[i].fg for i in range(2, 21)} - {"default"}

    assert colours(DARK) == {"magenta", "green", "brown"}
    assert len(colours(LIGHT)) == 3 and not colours(LIGHT) & colours(DARK)
