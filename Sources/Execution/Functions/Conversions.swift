/// The types that make values when they are called.
let conversions: [NativeFunction] = [
  function("int", "x=0, base=10") { call throws(RuntimeError) in
    if call[0].isUnbound { return .int(0) }
    if case .string(let text) = call[0] { return .int(try NumberText.int(text, base: call.int(1, default: 10))) }
    switch try number(call) {
    case .int(let number): return .int(number)
    case .float(let number): return .int(try Rounding.whole(number.rounded(.towardZero)))
    }
  },
  function("float", "x=0.0") { call throws(RuntimeError) in
    if call[0].isUnbound { return .float(0) }
    if case .string(let text) = call[0] { return .float(try NumberText.float(text)) }
    return .float(try number(call).double)
  },
  function("str", "value=''") { call throws(RuntimeError) in
    if case .string = call[0] { return call[0] }
    return .string(call[0].isUnbound ? "" : try call[0].text(in: call.machine))
  },
  function("bool", "value=False") { call throws(RuntimeError) in
    .bool(call[0].isUnbound ? false : try call.machine.truth(of: call[0]))
  },
  function("list", "values=()") { call throws(RuntimeError) in
    switch call[0] {
    case .unbound: return .list([])
    case .list, .tuple: return .list(try call.machine.copied(call.items(0)))
    default: return .list(try call.items(0))
    }
  },
  function("tuple", "values=()") { call throws(RuntimeError) in
    if case .tuple = call[0] { return call[0] }
    return .tuple(call[0].isUnbound ? [] : try call.machine.copied(call.items(0)))
  },
  function("dict", "values=(), **named") { call throws(RuntimeError) in
    let dict = DictObject()
    if !call[0].isUnbound {
      try call.machine.set(pairsOf: call[0], in: dict)
    }
    for (name, value) in call.keywords(1) { dict[name] = value }
    return .dict(dict)
  },
  function("range", "start, stop=None, step=None") { call throws(RuntimeError) in
    let first = try call.int(0)
    let (start, stop) = call.has(1) ? (first, try call.int(1)) : (0, first)
    let step = try call.int(2, default: 1)
    guard step != 0 else { throw RuntimeError(.valueError, "the step of a range cannot be 0") }
    guard let range = RangeObject(start: start, stop: stop, step: step) else {
      throw RuntimeError.overflow("the length of range(\(start), \(stop), \(step))")
    }
    return .range(range)
  },
  function("type", "value") { call throws(RuntimeError) in .type(CoreFunctions.type(of: call[0])) },
]

private func number(_ call: Call) throws(RuntimeError) -> Number {
  if let number = Number(call[0]) { return number }
  if case .foreign(let object) = call[0], let value = try object.number(), let number = Number(value) { return number }
  throw call.wrong(0, wanted: "a number or text")
}

/// Numbers read from text as Python's `int` and `float` read them.
enum NumberText {
  static func int(_ text: StringObject, base: Int) throws(RuntimeError) -> Int {
    let error = RuntimeError(
      .valueError, "\(text.quoted) is no whole number" + (base == 10 ? "" : " in base \(base)"),
      help: "digits alone make one: int(\"12\"); float(\"1.5\") reads a point")
    guard base == 0 || (2...36).contains(base) else { throw RuntimeError(.valueError, "a base is from 2 to 36, or 0") }
    var rest = Array(plain(text).lowercased().utf8)[...]
    let sign = rest.first == UInt8(ascii: "-") ? "-" : ""
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    var radix = base
    for (mark, marked) in [(UInt8(ascii: "x"), 16), (UInt8(ascii: "o"), 8), (UInt8(ascii: "b"), 2)]
    where rest.count > 2 && rest.first == UInt8(ascii: "0") && rest.dropFirst().first == mark && (base == 0 || base == marked) {
      radix = marked
      rest = rest.dropFirst(2)
      if rest.first == UInt8(ascii: "_") { rest.removeFirst() }
    }
    guard let digits = joined(rest) else { throw error }
    if let number = Int(sign + digits, radix: radix == 0 ? 10 : radix) { return number }
    if digits.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }), radix == 10 {
      throw RuntimeError.overflow(sign + digits)
    }
    throw error
  }

  static func float(_ text: StringObject) throws(RuntimeError) -> Double {
    let error = RuntimeError(
      .valueError, "\(text.quoted) is no number", help: "it reads digits, a point and an exponent: float(\"1.5e3\")")
    let word = plain(text).lowercased()
    switch word.drop(while: { $0 == "+" || $0 == "-" }) {
    case "inf", "infinity": return word.hasPrefix("-") ? -.infinity : .infinity
    case "nan": return .nan
    default: break
    }
    // Hexadecimal floats, which Swift reads, are none of Python's.
    guard word.utf8.contains(where: { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }), !word.contains("x"), !word.contains("n"),
      let digits = joined(Array(word.utf8)[...])
    else { throw error }
    // Swift wants a digit after the point.
    var plain = digits
    if let point = plain.firstIndex(of: ".") {
      let after = plain.index(after: point)
      if after == plain.endIndex || !plain[after].isNumber { plain.insert("0", at: after) }
    }
    guard let number = Double(plain) else { throw error }
    return number
  }

  /// The text without blanks around it, its digits those of ASCII: Python reads the digits of every script.
  private static func plain(_ text: StringObject) -> String {
    var rest = text.text.unicodeScalars[...]
    rest = rest.drop(while: \.isBlank)
    while let last = rest.last, last.isBlank { rest.removeLast() }
    if text.isASCII { return String(rest) }
    return rest.map { scalar in
      guard scalar.properties.numericType == .decimal, let digit = scalar.properties.numericValue else { return String(scalar) }
      return String(Int(digit))
    }.joined()
  }

  /// The text without the underscores between digits; nil where an underscore stands elsewhere, or nothing is left.
  private static func joined(_ bytes: ArraySlice<UInt8>) -> String? {
    let underscore = UInt8(ascii: "_")
    var result: [UInt8] = []
    var previous = underscore
    for byte in bytes {
      if byte == underscore, previous == underscore { return nil }
      if byte != underscore { result.append(byte) }
      previous = byte
    }
    return previous == underscore ? nil : String(bytes: result)
  }
}
