/// What is said of a word or sign of the grammar.
struct SyntaxHelp {
  /// The words and signs that lead here.
  let words: [String]
  /// How it is written.
  let form: String
  let paragraph: String
  let example: String

  private init(_ words: String, _ form: String, _ paragraph: String, _ example: String) {
    self.words = words.split(separator: " ").map(String.init)
    self.form = form
    self.paragraph = paragraph
    self.example = example
  }

  static func of(_ word: String) -> SyntaxHelp? { all.first { $0.words.contains(word) } }

  static let all: [SyntaxHelp] = [
    SyntaxHelp(
      "if elif else", "if CONDITION: … elif CONDITION: … else: …",
      "Runs the first block whose condition is true. In an expression: a if CONDITION else b.",
      "x = 3\nif x > 2:\n    print(\"big\")\nelse:\n    print(\"small\")\n# big"),
    SyntaxHelp(
      "for", "for NAME in VALUES: …",
      "Runs a block for each item: of a list, a range, a dictionary's keys, a tensor's rows. else: runs where no break has ended it.",
      "for x, y in [(1, 2), (3, 4)]:\n    print(x * y)\n# 2\n# 12"),
    SyntaxHelp(
      "while", "while CONDITION: …", "Runs a block as long as the condition is true.",
      "n = 3\nwhile n > 0:\n    n -= 1\nprint(n)\n# 0"),
    SyntaxHelp(
      "break continue", "break, continue", "break leaves the loop around it; continue goes on with its next turn.",
      "for i in range(9):\n    if i % 2:\n        continue\n    if i > 5:\n        break\n    print(i)\n# 0\n# 2\n# 4"),
    SyntaxHelp(
      "pass", "pass", "Does nothing, where a block must have a statement.", "for i in range(3):\n    pass\nprint(i)\n# 2"),
    SyntaxHelp(
      "def return", "def NAME(a, b=2, *rest, **named): …",
      "Makes a function; return gives its value. An annotation is a shape, checked at each call: def f(x: [batch, 3]) -> [batch].",
      "def area(w, h=1):\n    return w * h\nprint(area(3), area(w=2, h=4))\n# 3 8"),
    SyntaxHelp(
      "compiled @compiled", "@compiled above def NAME(…): …",
      "Follows the function once for each shape of its tensors and then runs it as a plan: sooner, with the same results. Where a value decides what is done next, or something is printed, it runs as it is, and a note says which line is in the way. profile(f, x) lists the plan.",
      "@compiled\ndef f(x):\n    return (x ** 2).sum()\nprint(f(tensor([1.0, 2.0])), f(tensor([3.0, 4.0])))\n# 5.0 25.0"),
    SyntaxHelp(
      "custom_gradient @custom_gradient", "@custom_gradient above def NAME(x): return y, lambda upstream: …",
      "Makes a function with a gradient of your own: the lambda gives the gradient in x, or a tuple with one for each tensor among the arguments, from that in y.",
      "@custom_gradient\ndef held(x):\n    return x, lambda upstream: clip(upstream, -1, 1)\nprint(grad(lambda x: 5 * held(x))(tensor(1.0)))\n# 1.0"
    ),
    SyntaxHelp(
      "lambda", "lambda ARGUMENTS: VALUE", "A function without a name, of one expression.",
      "f = lambda x: x ** 2\nprint(f(3))\n# 9"),
    SyntaxHelp(
      "try except finally", "try: … except KIND as e: … else: … finally: …",
      "Goes on behind an error of a kind, whose message is str(e); finally: runs in any case. help(ValueError) and its like tell the kinds.",
      "try:\n    print(1 / 0)\nexcept ZeroDivisionError as e:\n    print(e.kind)\n# ZeroDivisionError"),
    SyntaxHelp(
      "raise", "raise KIND(\"why\")", "Raises an error; alone, within except, the same one again.",
      "try:\n    raise ValueError(\"too small\")\nexcept ValueError as e:\n    print(e)\n# too small"),
    SyntaxHelp(
      "with as", "with VALUE: …", "Runs a block under no_grad() or freeze(layer). as names a value in import and except.",
      "w = parameter([1.0])\nwith no_grad():\n    print(w * 2)\n# [2.0000]"),
    SyntaxHelp(
      "import from", "import FILE, from FILE import NAMES",
      "The names of another .bp file beside this one: import tools reads tools.bp once, and tools.f is its f.",
      "write_text(\"tools.bp\", \"x = 3\\n\")\nprint(exists(\"tools.bp\"))\n# True"),
    SyntaxHelp(
      "assert", "assert CONDITION, \"why\"", "Raises an AssertionError where the condition is not true.",
      "try:\n    assert 1 > 2, \"not so\"\nexcept AssertionError as e:\n    print(e)\n# not so"),
    SyntaxHelp(
      "del", "del NAME, VALUE[PLACE]", "Forgets a name, so that a hidden builtin comes back, or takes away an item.",
      "x = [1, 2]\ndel x[0]\nprint(x)\n# [2]"),
    SyntaxHelp(
      "and or not", "a and b, a or b, not a",
      "Of truths; b is looked at only where a has not decided. Of tensors with several entries write & | ~.",
      "print(1 > 0 and not 2 > 3)\n# True"),
    SyntaxHelp(
      "in", "a in b",
      "Whether a list, text, dictionary or tensor has an item, a part, a key or an entry; not in is the contrary.",
      "print(2 in [1, 2], \"x\" not in \"abc\")\n# True True"),
    SyntaxHelp("is", "a is b", "Whether both are the very same value: x is None.", "x = None\nprint(x is None)\n# True"),
    SyntaxHelp(
      "True False None", "True, False, None", "The two truths, and the value that stands for none.",
      "print(1 < 2, None)\n# True None"),
    SyntaxHelp(
      "+ - * /", "a + b, a - b, a * b, a / b",
      "Arithmetic of numbers, and of tensors entry by entry with NumPy's broadcasting; / of whole numbers gives a float. + joins texts and lists, * repeats them.",
      "print(1 / 2, tensor([1, 2]) * 3)\n# 0.5 [3.0000, 6.0000]"),
    SyntaxHelp(
      "// %", "a // b, a % b", "The quotient rounded down, and the rest, which has the sign of b.",
      "print(7 // 2, -7 // 2, 7 % 3)\n# 3 -4 1"),
    SyntaxHelp("** ^", "a ** b", "a to the power b; ^ is no operator.", "print(2 ** 10)\n# 1024"),
    SyntaxHelp(
      "@", "a @ b",
      "The matrix product: sums of products over the last dimension of a and the last but one of b. Before a def it would mark a decorator.",
      "print((ones(2, 3) @ ones(3, 4)).shape)\n# (2, 4)"),
    SyntaxHelp(
      "== != < <= > >=", "a == b, a < b, …",
      "Comparison, in a chain too: 0 < x < 1. Of tensors entry by entry, giving a bool tensor.",
      "print(1 < 2 < 3, tensor([1, 2]) > 1)\n# True [False,  True]"),
    SyntaxHelp(
      "& | ~", "a & b, a | b, ~a", "and, or, not of bools and of bool tensors, entry by entry.",
      "x = tensor([1, 2, 3])\nprint((x > 1) & (x < 3))\n# [False,  True, False]"),
    SyntaxHelp(
      "[]", "x[PLACE], x[FROM:TO:STEP]",
      "An item, or a stretch; places count from 0, and from the end below 0. Of a tensor as in NumPy: x[:, 0], x[mask], x[places], x[..., None].",
      "x = [1, 2, 3, 4]\nprint(x[-1], x[1:3])\n# 4 [2, 3]"),
    SyntaxHelp(
      "=", "NAME = VALUE, a, b = b, a",
      "Names a value. Tensors are values: after b = a, b[0] = 9 leaves a alone. Lists and dictionaries are shared, as in Python.",
      "a = zeros(2)\nb = a\nb[0] = 9\nprint(a)\n# [0.0000, 0.0000]"),
  ]
}
