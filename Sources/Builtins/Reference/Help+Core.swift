import Execution

extension Help {
  /// What is said of the language's own functions and types; how they are called stands with their bodies.
  static let core: [String: (paragraph: String, example: String)] = [
    "len": ("How many items a list, text or dictionary has; of a tensor, its first dimension.", "print(len([4, 5, 6]))\n# 3"),
    "range": (
      "The whole numbers from 0, or start, to before stop, in steps of step.", "print(list(range(1, 10, 4)))\n# [1, 5, 9]"
    ),
    "enumerate": (
      "Pairs of a count and an item, as a list.",
      "for i, name in enumerate([\"a\", \"b\"]):\n    print(i, name)\n# 0 a\n# 1 b"
    ),
    "zip": (
      "The first items together, then the second ones, and so on to the end of the shortest, as a list; with strict=True all must be equally long.",
      "print(zip([1, 2], \"ab\"))\n# [(1, 'a'), (2, 'b')]"
    ),
    "map": ("What f makes of each item, as a list.", "print(map(lambda x: x * 2, [1, 2]))\n# [2, 4]"),
    "filter": ("The items for which f holds, as a list.", "print(filter(lambda x: x > 1, [1, 2, 3]))\n# [2, 3]"),
    "sorted": (
      "A new list of the items in rising order, or by what key makes of each.",
      "print(sorted([\"bb\", \"a\"], key=len))\n# ['a', 'bb']"
    ),
    "reversed": ("A new list of the items, the last first.", "print(reversed([1, 2]))\n# [2, 1]"),
    "sum": (
      "All items added up. Of a tensor, the sum of all entries, or along axis=.",
      "print(sum([1, 2, 3]), sum(ones(2, 3), axis=0).shape)\n# 6 (3,)"
    ),
    "min": (
      "The smallest item, or argument. Of a tensor, the smallest entry, also along axis=.",
      "print(min(3, 1), min([4, 2]), min([], default=0))\n# 1 2 0"
    ),
    "max": (
      "The largest item, or argument. Of a tensor, the largest entry, also along axis=.",
      "print(max(3, 1), max([\"bb\", \"a\"], key=len))\n# 3 bb"
    ),
    "abs": ("The size of a number without its sign; of a tensor, of each entry.", "print(abs(-3))\n# 3"),
    "round": (
      "The nearest whole number, halves to the even one, or a number of ndigits decimals. Of a tensor, each entry.",
      "print(round(2.5), round(3.14159, 2))\n# 2 3.14"
    ),
    "any": ("Whether one item at least is true; of a tensor, also along axis=.", "print(any([0, 1]))\n# True"),
    "all": ("Whether every item is true; of a tensor, also along axis=.", "print(all([0, 1]))\n# False"),
    "divmod": ("The quotient rounded down, and the rest.", "print(divmod(7, 2))\n# (3, 1)"),
    "pow": ("base to the power exp, as base ** exp; with mod, the rest by it.", "print(pow(2, 10), pow(2, 10, 1000))\n# 1024 24"),
    "chr": ("The character of a code point.", "print(chr(948))\n# δ"),
    "ord": ("The code point of a character.", "print(ord(\"δ\"))\n# 948"),
    "repr": ("A value as a program would write it.", "print(repr(\"a\"))\n# 'a'"),
    "format": ("A value written by a format spec, as in f\"{value:.2f}\".", "print(format(3.14159, \".2f\"))\n# 3.14"),
    "isinstance": (
      "Whether a value is of a type, or of one of several.", "print(isinstance(3, (int, float)))\n# True"
    ),
    "print": (
      "Writes values to the output, sep between and end behind them; with err=True to the error stream.",
      "print(1, \"two\", sep=\" and \")\n# 1 and two"
    ),
    "int": (
      "The whole number of a text, in some base, or of a number without its decimals.",
      "print(int(\"ff\", 16), int(2.7))\n# 255 2"
    ),
    "float": ("The number, in double precision, of a text or a whole number.", "print(float(\"1e3\"))\n# 1000.0"),
    "str": ("A value as print writes it.", "print(str(1.0) + \"!\")\n# 1.0!"),
    "bool": ("Whether a value counts as true: all but 0, None and what is empty.", "print(bool([]), bool(2))\n# False True"),
    "list": ("A new list of the items of a value.", "print(list(\"ab\"))\n# ['a', 'b']"),
    "tuple": ("A tuple, which cannot be changed, of the items of a value.", "print(tuple([1, 2]))\n# (1, 2)"),
    "dict": ("A dictionary of pairs, of another one, or of named values.", "print(dict(a=1))\n# {'a': 1}"),
    "type": ("The type of a value, which prints as its name.", "print(type(3), type(3) == int)\n# int True"),
  ]

  /// The names that are no functions.
  static let constants: [String: (value: String, paragraph: String)] = [
    "pi": ("\(Double.pi)", "The circumference of a circle of diameter 1."),
    "e": ("2.718281828459045", "The base of the natural logarithm."),
    "inf": ("inf", "More than every number; -inf is less."),
    "nan": ("nan", "Not a number: what 0 · inf gives. It is not equal to itself; isnan finds it."),
    "args": ("[...]", "The words behind a script's name, as a list of strings."),
  ]

  /// When each kind of error is raised.
  static func occasion(of kind: ErrorKind) -> String {
    switch kind {
    case .exception: "Any error; in except it catches all but KeyboardInterrupt."
    case .syntaxError: "The text is no program."
    case .nameError: "A name that nothing has been given."
    case .typeError: "A value of the wrong type, or wrong arguments."
    case .shapeError: "Tensors whose shapes do not fit. It is a ValueError too."
    case .valueError: "A value of the right type that will not do."
    case .indexError: "A place beyond the end."
    case .keyError: "A key that a dictionary does not have."
    case .attributeError: "An attribute that a value does not have."
    case .importError: "A module that is not there, or cannot be read."
    case .zeroDivisionError: "Division by zero. It is an ArithmeticError too."
    case .overflowError: "A number out of range. It is an ArithmeticError too."
    case .arithmeticError: "A calculation without a result."
    case .numericalError:
      "A loss or gradient that is not finite. It is an ArithmeticError too; e.run is the training so far."
    case .fileError: "A file that cannot be read or written."
    case .recursionError: "Calls within calls, too deep."
    case .memoryError: "A value larger than the memory allowed."
    case .assertionError: "An assert that does not hold."
    case .keyboardInterrupt: "The person has interrupted the program; except Exception does not catch it."
    }
  }
}
