/// Methods that ask what a string is made of.
let stringTests: [NativeFunction] = [
  test("isalpha") { $0.properties.generalCategory.isLetter },
  test("isdigit") { $0.isDigit },
  test("isdecimal") { $0.properties.generalCategory == .decimalNumber },
  test("isnumeric") { $0.properties.numericType != nil },
  test("isalnum") { $0.properties.generalCategory.isLetter || $0.properties.numericType != nil },
  test("isspace") { $0.isBlank },
  test("isascii", empty: true) { $0.isASCII },
  test("isprintable", empty: true) { $0.isPrintable },
  method("isupper") { call throws(RuntimeError) in .bool(try hasCase(call, \.isUppercase, not: \.isLowercase)) },
  method("islower") { call throws(RuntimeError) in .bool(try hasCase(call, \.isLowercase, not: \.isUppercase)) },
  method("istitle") { call throws(RuntimeError) in
    let text = try call.text(0)
    var hasCased = false
    var parts = call.machine.parts(of: text.text)
    while !hasCased, let part = try parts.next() { hasCased = part.contains { $0.properties.isCased } }
    guard hasCased, case .string(let titled) = try titled(call) else { return .bool(false) }
    return .bool(titled == text)
  },
  method("isidentifier") { call throws(RuntimeError) in
    let text = try call.string(0)
    guard let first = text.unicodeScalars.first, first == "_" || first.properties.isXIDStart else { return .bool(false) }
    return .bool(try call.machine.allSatisfy(text) { $0.properties.isXIDContinue })
  },
]

/// Methods that change upper and lower case.
let stringCases: [NativeFunction] = [
  method("upper") { call throws(RuntimeError) in
    try call.machine.mapped(call.text(0), ascii: \.uppercased) { $0.properties.uppercaseMapping }
  },
  method("lower") { call throws(RuntimeError) in
    try call.machine.mapped(call.text(0), ascii: \.lowercased) { $0.properties.lowercaseMapping }
  },
  method("casefold") { call throws(RuntimeError) in
    try call.machine.mapped(call.text(0), ascii: \.lowercased) { $0.folded }
  },
  method("swapcase") { call throws(RuntimeError) in
    try call.machine.mapped(call.text(0), ascii: { $0 == $0.uppercased ? $0.lowercased : $0.uppercased }) {
      $0.properties.isUppercase ? $0.properties.lowercaseMapping : $0.properties.uppercaseMapping
    }
  },
  method("capitalize") { call throws(RuntimeError) in
    var isFirst = true
    return try call.machine.mapped(call.text(0)) {
      defer { isFirst = false }
      return isFirst ? $0.uppercased : $0.lowercased
    } others: {
      defer { isFirst = false }
      return isFirst ? $0.properties.titlecaseMapping : $0.properties.lowercaseMapping
    }
  },
  method("title") { call throws(RuntimeError) in try titled(call) },
]

private func test(
  _ name: String, empty: Bool = false, _ holds: @escaping @Sendable (Unicode.Scalar) -> Bool
) -> NativeFunction {
  method(name) { call throws(RuntimeError) in
    let text = try call.text(0)
    return .bool(text.isEmpty ? empty : try call.machine.allSatisfy(text.text, holds))
  }
}

private func hasCase(
  _ call: Call, _ wanted: (Unicode.Scalar.Properties) -> Bool, not other: (Unicode.Scalar.Properties) -> Bool
) throws(RuntimeError) -> Bool {
  var isFound = false
  let hasOther = try !call.machine.allSatisfy(call.string(0)) { scalar in
    isFound = isFound || wanted(scalar.properties)
    return !other(scalar.properties)
  }
  return isFound && !hasOther
}

/// Each word with a capital in front.
private func titled(_ call: Call) throws(RuntimeError) -> Value {
  var isWithinWord = false
  return try call.machine.mapped(call.text(0)) { byte in
    defer { isWithinWord = byte.isLetter }
    return isWithinWord ? byte.lowercased : byte.uppercased
  } others: { scalar in
    defer { isWithinWord = scalar.properties.isCased }
    return isWithinWord ? scalar.properties.lowercaseMapping : scalar.properties.titlecaseMapping
  }
}

extension Machine {
  fileprivate func allSatisfy(
    _ text: String, _ holds: (Unicode.Scalar) -> Bool
  ) throws(RuntimeError) -> Bool {
    guard text.utf8.count > Parts.most else { return text.unicodeScalars.allSatisfy(holds) }
    var parts = parts(of: text)
    while let part = try parts.next() { if !part.allSatisfy(holds) { return false } }
    return true
  }

  /// What `!a` shows: everything beyond ASCII as an escape.
  func escapedToASCII(_ text: String) throws(RuntimeError) -> String {
    var result = ""
    var parts = parts(of: text)
    while let part = try parts.next() {
      for scalar in part { if scalar.isASCII { result.unicodeScalars.append(scalar) } else { result += scalar.escape } }
    }
    return result
  }
}

/// Case within ASCII.
extension UInt8 {
  fileprivate var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
  fileprivate var uppercased: UInt8 { isLetter ? self & ~0x20 : self }
  fileprivate var lowercased: UInt8 { isLetter ? self | 0x20 : self }
}

extension Unicode.Scalar {
  /// Whether it is white space; Python counts the four separators of ASCII too.
  var isBlank: Bool {
    isASCII ? self == " " || (0x9...0xD).contains(value) || (0x1C...0x1F).contains(value) : properties.isWhitespace
  }

  /// The form in which upper and lower case are one.
  fileprivate var folded: String {
    // Ligatures, the sharp s and the final sigma fold to the letters that make up their capitals.
    self == "ẞ" ? "ss" : properties.uppercaseMapping.unicodeScalars.map(\.properties.lowercaseMapping).joined()
  }

  fileprivate var isDigit: Bool {
    properties.numericType == .decimal || properties.numericType == .digit
  }
}

extension Unicode.GeneralCategory {
  fileprivate var isLetter: Bool {
    switch self {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
    default: false
    }
  }
}
