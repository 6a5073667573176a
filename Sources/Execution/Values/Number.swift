/// An `int`, `float` or `bool` met in arithmetic: whole or not.
enum Number: Equatable {
  case int(Int)
  case float(Double)

  /// The number a value is; nil for what is no number of the language itself.
  init?(_ value: Value) {
    switch value {
    case .int(let number): self = .int(number)
    case .float(let number): self = .float(number)
    case .bool(let truth): self = .int(truth ? 1 : 0)
    default: return nil
    }
  }

  var double: Double {
    switch self {
    case .int(let number): Double(number)
    case .float(let number): number
    }
  }

  static func == (a: Number, b: Number) -> Bool {
    switch (a, b) {
    case (.int(let a), .int(let b)): a == b
    case (.float(let a), .float(let b)): a == b
    case (.int(let whole), .float(let number)), (.float(let number), .int(let whole)): Int(exactly: number) == whole
    }
  }

  /// Whether `a` comes before `b`, exactly even where a double cannot hold the whole number; false beside NaN.
  static func < (a: Number, b: Number) -> Bool {
    switch (a, b) {
    case (.int(let a), .int(let b)): return a < b
    case (.float(let a), .float(let b)): return a < b
    case (.int(let whole), .float(let number)):
      if number.isNaN { return false }
      guard let bound = Int(exactly: number.rounded(.up)) else { return number > 0 }
      return whole < bound
    case (.float(let number), .int(let whole)):
      if number.isNaN { return false }
      guard let bound = Int(exactly: number.rounded(.down)) else { return number < 0 }
      return bound < whole
    }
  }

  static func <= (a: Number, b: Number) -> Bool { a < b || a == b }
}
