/// What an argument has to be.
///
/// Said once, in the list of parameters: the check of literals before anything runs, the error at run time and the notice that
/// two arguments are exchanged follow from it.
public struct Wanted: Equatable, Sendable {
  /// With its article, as errors print it: `a network`.
  public var noun: String
  /// The types that fit, as `type(x)` names them; nil for all.
  public var types: Set<String>?
  /// Where a number must lie.
  public var bounds: Bounds?
  /// The texts that fit; empty for all.
  public var choices: [String]
  /// Whether it is the name of a file.
  public var isPath = false
  /// Functions that are meant by their own name, as `relu` where an activation is wanted.
  public var names: [String]
  /// Whether what such a function gives serves too, as `adam(0.01)` does for `adam`.
  public var takesResults: Bool
  /// One that fits, for the help.
  public var example: String?
  /// What the items of a list have to be: none or one.
  public var items: [Wanted]
  /// Whether the rows of nested lists must be alike.
  public var isRectangular: Bool

  public struct Bounds: Equatable, Sendable {
    public var range: ClosedRange<Double>
    public var excludesLower: Bool
    public var excludesUpper: Bool

    public init(_ range: ClosedRange<Double>, excludesLower: Bool = false, excludesUpper: Bool = false) {
      self.range = range
      self.excludesLower = excludesLower
      self.excludesUpper = excludesUpper
    }

    public func contains(_ number: Double) -> Bool {
      range.contains(number) && !(excludesLower && number == range.lowerBound)
        && !(excludesUpper && number == range.upperBound)
    }
  }

  public init(
    _ noun: String, _ types: Set<String>?, bounds: Bounds? = nil, choices: [String] = [], names: [String] = [],
    takesResults: Bool = false, example: String? = nil, items: [Wanted] = [], isRectangular: Bool = false
  ) {
    self.noun = noun
    self.types = types
    self.bounds = bounds
    self.choices = choices
    self.names = names
    self.takesResults = takesResults
    self.example = example
    self.items = items
    self.isRectangular = isRectangular
  }

  public func fits(type: String) -> Bool { types?.contains(type) ?? true }

  public func fits(_ given: Given) -> Bool {
    guard fits(type: given.type) else { return false }
    if let bounds, let number = given.number, !bounds.contains(number) { return false }
    if !choices.isEmpty, let text = given.text, !choices.contains(text) { return false }
    return true
  }
}

// What the language's own values can be asked for; the engines' objects come in from outside.
extension Wanted {
  public static let anything = Wanted("a value", nil)
  public static let number = Wanted("a number", ["int", "float", "bool", "tensor"])
  public static let whole = Wanted("a whole number", ["int", "bool", "tensor"])
  public static let text = Wanted("a string", ["str"], example: "\"…\"")
  /// The name of a file or a folder.
  public static let path: Wanted = {
    var path = text
    path.isPath = true
    return path
  }()
  public static let flag = Wanted("True or False", ["bool", "int", "float", "tensor"])
  public static let list = Wanted("a list", ["list", "tuple", "range", "tensor", "str", "dict"])
  public static let function = Wanted("a function", ["function", "type", "network", "layer"])

  /// A whole number from `least` on.
  public static func whole(atLeast least: Int) -> Wanted {
    Wanted("a whole number of at least \(least)", whole.types, bounds: Bounds(Double(least)...Double.infinity))
  }

  /// One of some texts.
  public static func text(oneOf choices: [String]) -> Wanted {
    let quoted = choices.map { "\"\($0)\"" }
    let list = quoted.count == 1 ? quoted[0] : quoted.dropLast().joined(separator: ", ") + " or " + quoted[quoted.count - 1]
    return Wanted(list, ["str"], choices: choices)
  }

  /// What also may be None, although it must be given.
  public var orNone: Wanted {
    var wanted = self
    wanted.types?.insert("NoneType")
    return wanted
  }
}

/// What is given as an argument, as far as a program's text or a value tells.
public struct Given: Equatable, Sendable {
  /// As `type(x)` names it.
  public var type: String
  /// A string's text.
  public var text: String?
  /// The number that it is.
  public var number: Double?
  /// The function's name that it is.
  public var name: String?
  /// A number as it is written.
  public var written: String?
  /// Whether the program's text spells it out.
  public var isLiteral: Bool

  public init(
    _ type: String, text: String? = nil, number: Double? = nil, name: String? = nil, written: String? = nil,
    isLiteral: Bool = false
  ) {
    self.type = type
    self.text = text
    self.number = number
    self.name = name
    self.written = written
    self.isLiteral = isLiteral
  }

  /// As errors speak of it: `the string "relu"`, `-16`, `a dataset`.
  public var noun: String {
    if let written { return written }
    if let text, text.count <= 30, !text.contains("\n") { return "the string \"\(text)\"" }
    if let name { return "the function \(name)" }
    switch type {
    case "NoneType": return "None"
    case "str": return "a string"
    case "dict": return "a dictionary"
    default: return ("aeiouAEIOU".contains(type.first ?? "x") ? "an " : "a ") + type
    }
  }
}
