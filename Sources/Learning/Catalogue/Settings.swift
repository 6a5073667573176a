/// The values of an entry's hyper-parameters, checked.
public struct Settings: Sendable {
  /// Those that have a value, in the order of their declaration.
  public let all: [(name: String, value: Setting)]

  /// - Parameter owner: the entry's name, for errors.
  public init(
    _ given: [String: Setting], for declared: [Hyperparameter], of owner: String
  ) throws(LearningError) {
    if let stranger = given.keys.sorted().first(where: { name in !declared.contains { $0.name == name } }) {
      throw .unknownSetting(owner: owner, name: stranger, known: declared.map(\.name))
    }
    var all: [(name: String, value: Setting)] = []
    for parameter in declared {
      if let value = given[parameter.name] {
        guard let fitting = parameter.kind.accept(value) else {
          throw .badSetting(owner: owner, name: parameter.name, value: value, kind: parameter.kind)
        }
        all.append((parameter.name, fitting))
      } else if let fallback = parameter.fallback {
        all.append((parameter.name, fallback))
      } else if parameter.isRequired {
        throw .missingSetting(owner: owner, name: parameter.name)
      }
    }
    self.all = all
  }

  /// The values of an entry of which nothing must be given.
  init(defaultsOf declared: [Hyperparameter]) {
    all = declared.compactMap { parameter in parameter.fallback.map { (parameter.name, $0) } }
  }

  static let none = Settings(defaultsOf: [])

  public subscript(name: String) -> Setting? { all.first { $0.name == name }?.value }
}

// Entries ask for what they have declared, so an answer of another kind is a mistake of ours.
extension Settings {
  func integer(_ name: String) -> Int {
    guard case .integer(let value) = self[name] else { preconditionFailure("no whole number \(name)") }
    return value
  }

  func number(_ name: String) -> Double {
    guard case .number(let value) = self[name] else { preconditionFailure("no number \(name)") }
    return value
  }

  func flag(_ name: String) -> Bool {
    guard case .flag(let value) = self[name] else { preconditionFailure("no flag \(name)") }
    return value
  }

  func text(_ name: String) -> String {
    guard case .text(let value) = self[name] else { preconditionFailure("no text \(name)") }
    return value
  }

  /// Sizes as they were given; nil where none were.
  func sizes(_ name: String) -> [Int]? {
    switch self[name] {
    case .sizes(let sizes): sizes
    case .integer(let size): [size]
    default: nil
    }
  }

  func activation(_ name: String) -> Activation {
    guard case .activation(let value) = self[name] else { preconditionFailure("no activation \(name)") }
    return value
  }

  /// The one given, or nothing, which leaves the choice to the layer.
  func initialiser(_ name: String) -> Initialiser? {
    guard case .initialiser(let value) = self[name] else { return nil }
    return value
  }
}

extension Hyperparameter.Kind {
  /// The largest whole number that is no mistake: sizes are multiplied.
  var most: Int {
    switch self {
    case .integer: 1 << 31 - 1
    case .extent, .padding: 1 << 24
    default: .max
    }
  }

  /// Whether a whole number in it is larger than any that makes sense.
  func isBeyond(_ value: Setting) -> Bool {
    switch value {
    case .integer(let number): number > most
    case .sizes(let sizes): sizes.contains { $0 > most }
    default: false
    }
  }

  /// The value as this kind holds it; none if it does not fit.
  func accept(_ value: Setting) -> Setting? {
    if isBeyond(value) { return nil }
    switch (self, value) {
    case (.integer(let least), .integer(let number)): return number >= least ? value : nil
    case (.number(let range, let isOpen), .number(let number)):
      return range.contains(number) && !(isOpen && number == range.upperBound) ? value : nil
    case (.number, .integer(let number)): return accept(.number(Double(number)))
    case (.flag, .flag), (.activation, .activation), (.initialiser, .initialiser): return value
    case (.choice(let known), .text(let text)): return known.contains(text) ? value : nil
    case (.extent(_, let least), .integer(let size)): return size >= least ? value : nil
    case (.extent(let dimensions, let least), .sizes(let sizes)):
      return sizes.count == dimensions && sizes.allSatisfy { $0 >= least } ? value : nil
    case (.padding, .text(let text)): return ["same", "valid"].contains(text) ? value : nil
    case (.padding(let dimensions), _): return Self.extent(dimensions: dimensions, atLeast: 0).accept(value)
    case (.shape, .sizes(let sizes)):
      return !sizes.isEmpty && sizes.allSatisfy { $0 >= -1 } && sizes.count { $0 == -1 } < 2 ? value : nil
    default: return nil
    }
  }
}

extension Hyperparameter.Kind: CustomStringConvertible {
  /// What fits, for an error.
  public var description: String {
    switch self {
    case .integer(let least): return "a whole number of at least \(least)"
    case .anyNumber: return "a number"
    case .positive: return "a number above 0"
    case .notNegative: return "a number of at least 0"
    case .number(let range, let isOpen):
      let (low, high) = (Figures.significant(range.lowerBound, 6), Figures.significant(range.upperBound, 6))
      return "a number from \(low) \(isOpen ? "to below" : "to") \(high)"
    case .flag: return "True or False"
    case .choice(let known): return known.map { "\"\($0)\"" }.joined(separator: " or ")
    case .extent(1, let least): return "a whole number of at least \(least)"
    case .extent(let dimensions, let least): return "a whole number of at least \(least), or \(dimensions) of them"
    case .padding(1): return "\"same\", \"valid\" or a whole number of at least 0"
    case .padding(let dimensions): return "\"same\", \"valid\" or a whole number of at least 0, or \(dimensions) of them"
    case .shape: return "whole numbers as sizes, of which one may be -1"
    case .activation: return "an activation such as relu"
    case .initialiser: return "an initialiser such as he"
    }
  }
}
