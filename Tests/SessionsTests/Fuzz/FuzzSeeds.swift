/// Programs for those branches of the parser and the checker that no program of the tests reaches.
enum FuzzSeeds {
  static let all = [
    "x = 1 if y else 2 if z else (lambda: 3)\n", "for x, *y in [(1, 2, 3)]: print(x, y)\nelse: pass\n",
    "while True:\n    break\nelse:\n    pass\n",
    "try:\n    pass\nexcept (ValueError, TypeError) as e:\n    raise\nelse:\n    pass\nfinally:\n    pass\n",
    "with no_grad() as n, freeze(net): pass\n", "from a.b import (c as d, e,)\nimport f.g as h, i\n",
    "@layer\ndef f(x: [batch, 2 * (n + 1), ...], *, k=1, **rest) -> [batch]:\n    return x\n",
    "x[1:2, ::3, ..., None, -1] = y[:, 0]\n", "{**a, 'b': 1, **c}\n", "{k: v for k, v in d.items() if k if v}\n",
    "f(*a, b, c=1, **d)\n", "f(x for x in y if x for z in x)\n", "assert x, 'why'\n", "raise ValueError('a') from e\n",
    "del x, y[0], z.a\n", "a = b, *c = d\n", "a, (b, [c, *d]) = e\n", "x @= y; x //= 2; x **= 3; x %= 4; x |= 5; x &= 6\n",
    "f'{x!r:>{width}.{p}} {{}} {y=} {d[\"k\"]:%}'\n", "r'\\d' 'a' f'b' \"\"\"c\nd\"\"\"\n", "'\\x41\\u0041\\U00000041\\101\\N'\n",
    "x = (  # one\n    a  # two\n    # three\n    + b\n    # four\n)  # five\n",
    "f(x  # one\n  .y, k=a  # two\n  + b)\ny = {k  # three\n  : v, w:  # four\n  z}\nz = x[a  # five\n  : b]\n",
    "if a:\n    b\n  # between\nelif c:\n    # first\n    d\n# last\nelse: e; f;\n", "x = 1 \\\n  + 2\n",
    "not x in y is not z not in w\n", "-x ** -y ** ~z\n", "a <= b < c != d == e > f >= g\n",
    "class A: pass\nasync def f(): await x\n",
    "global x\nnonlocal y\nyield z\n", "x := 1\n", "x ^ y << z >> w\n", "a && b || !c\n", "x++\n", "else if x:\n",
    "match x:\n    case 1: pass\n",
    "def f(x, /): pass\n", "def f(**k, x): pass\n", "def f(*): pass\n", "def f(x=1, y): pass\n", "def f((a, b)): pass\n",
    "def f(x: int) -> str: pass\n", "print 'x'\n", "f(a=1, 2)\n", "f(**a, *b)\n", "{1, 2}\n", "[*x for x in y]\n",
    "(x for x in y)\n",
    "x[]\n", "x[*y]\n", "except: pass\n", "  indented\n", "if x:\n\tpass\n        pass\n", "if x:\n    y\n  z\n",
    "f'{'\nf'}'\nf'{}'\nf'{x!z}'\nf'{#}'\n",
    "b'x' rb'y'\n", "0777 0x 0b2 1_ 1__0 1e 2x 1j\n", "'open\n", "'''open\n", "(]\n)\n", "\\ \n", "\\\n",
    "from . import x\nfrom x import *\n",
  ]
}
