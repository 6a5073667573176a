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
  method("isupper") { call throws(RuntimeError) in .bool(hasCase(try call.text(0), \.isUppercase, not: \.isLowercase)) },
  method("islower") { call throws(RuntimeError) in .bool(hasCase(try call.text(0), \.isLowercase, not: \.isUppercase)) },
  method("istitle") { call throws(RuntimeError) in
    let text = try call.text(0)
    return .bool(text.scalars.contains { $0.properties.isCased } && text.titled == text.text)
  },
  method("isidentifier") { call throws(RuntimeError) in
    let scalars = try call.text(0).scalars
    guard let first = scalars.first, first == "_" || first.properties.isXIDStart else { return .bool(false) }
    return .bool(scalars.allSatisfy { $0.properties.isXIDContinue })
  },
]

/// Methods that change upper and lower case.
let stringCases: [NativeFunction] = [
  method("upper") { call throws(RuntimeError) in
    .string(try call.text(0).scalars.map(\.properties.uppercaseMapping).joined())
  },
  method("lower") { call throws(RuntimeError) in
    .string(try call.text(0).scalars.map(\.properties.lowercaseMapping).joined())
  },
  method("casefold") { call throws(RuntimeError) in
    .string(try call.text(0).scalars.map(\.folded).joined())
  },
  method("swapcase") { call throws(RuntimeError) in
    .string(
      try call.text(0).scalars.map {
        $0.properties.isUppercase ? $0.properties.lowercaseMapping : $0.properties.uppercaseMapping
      }.joined())
  },
  method("capitalize") { call throws(RuntimeError) in
    let scalars = try call.text(0).scalars
    let first = scalars.first.map(\.properties.titlecaseMapping) ?? ""
    return .string(first + scalars.dropFirst().map(\.properties.lowercaseMapping).joined())
  },
  method("title") { call throws(RuntimeError) in .string(try call.text(0).titled) },
]

private func test(
  _ name: String, empty: Bool = false, _ holds: @escaping @Sendable (Unicode.Scalar) -> Bool
) -> NativeFunction {
  method(name) { call throws(RuntimeError) in
    let text = try call.text(0)
    return .bool(text.isEmpty ? empty : text.text.unicodeScalars.allSatisfy(holds))
  }
}

private func hasCase(
  _ text: StringObject, _ wanted: (Unicode.Scalar.Properties) -> Bool, not other: (Unicode.Scalar.Properties) -> Bool
) -> Bool {
  let properties = text.text.unicodeScalars.map(\.properties)
  return properties.contains(where: wanted) && !properties.contains(where: other)
}

extension StringObject {
  /// Each word with a capital in front.
  fileprivate var titled: String {
    var result = ""
    var isWithinWord = false
    for scalar in text.unicodeScalars {
      result += isWithinWord ? scalar.properties.lowercaseMapping : scalar.properties.titlecaseMapping
      isWithinWord = scalar.properties.isCased
    }
    return result
  }

  /// What `!a` shows: everything beyond ASCII as an escape.
  var escapedToASCII: String {
    text.unicodeScalars.map { $0.isASCII ? String($0) : $0.escape }.joined()
  }
}

extension Unicode.Scalar {
  /// Whether it is white space; Python counts the four separators of ASCII too.
  var isBlank: Bool { properties.isWhitespace || (0x1C...0x1F).contains(value) }

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
