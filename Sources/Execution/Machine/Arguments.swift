import Checking

/// The arguments of a call as they were written, before they meet the parameters.
public struct Arguments {
  public var positional: [Value]
  public var keywords: [(name: String, value: Value)]

  public init(_ positional: [Value] = [], keywords: [(name: String, value: Value)] = []) {
    self.positional = positional
    self.keywords = keywords
  }
}

/// What the body of a native function gets: the arguments in the order of its parameters.
///
/// An argument that was not given is `unbound`; `*rest` comes as a tuple, `**rest` as a dictionary.
public struct Call {
  public let machine: Machine
  public let function: NativeFunction
  public var arguments: [Value]

  public subscript(place: Int) -> Value { arguments[place] }

  /// Whether the argument was given, and is not None.
  public func has(_ place: Int) -> Bool {
    switch arguments[place] {
    case .unbound, .none: false
    default: true
    }
  }

  public func int(_ place: Int) throws(RuntimeError) -> Int {
    guard let number = try arguments[place].wholeNumber() else { throw wrong(place, like: .whole) }
    guard isWithin(place, Double(number)) else { throw wrong(place) }
    return number
  }

  public func int(_ place: Int, default fallback: Int) throws(RuntimeError) -> Int {
    has(place) ? try int(place) : fallback
  }

  /// A number as a double.
  public func float(_ place: Int) throws(RuntimeError) -> Double {
    var number = Number(arguments[place])?.double
    if case .foreign(let object) = arguments[place], let value = try object.number() { number = Number(value)?.double }
    guard let number else { throw wrong(place, like: .number) }
    guard isWithin(place, number) else { throw wrong(place) }
    return number
  }

  public func float(_ place: Int, default fallback: Double) throws(RuntimeError) -> Double {
    has(place) ? try float(place) : fallback
  }

  public func string(_ place: Int) throws(RuntimeError) -> String {
    let text = try text(place).text
    let choices = function.signature.parameters[place].wants.choices
    guard choices.isEmpty || choices.contains(text) else { throw wrong(place) }
    return text
  }

  public func string(_ place: Int, default fallback: String) throws(RuntimeError) -> String {
    has(place) ? try string(place) : fallback
  }

  func text(_ place: Int) throws(RuntimeError) -> StringObject {
    guard case .string(let text) = arguments[place] else { throw wrong(place, like: .text) }
    return text
  }

  public func truth(_ place: Int, default fallback: Bool) throws(RuntimeError) -> Bool {
    guard !arguments[place].isUnbound else { return fallback }
    guard function.signature.parameters[place].wants.fits(type: arguments[place].typeName) else { throw wrong(place) }
    return try machine.truth(of: arguments[place])
  }

  private func isWithin(_ place: Int, _ number: Double) -> Bool {
    function.signature.parameters[place].wants.bounds?.contains(number) ?? true
  }

  /// The error for an argument of a type that does not serve; the parameter may say more than `kind`.
  private func wrong(_ place: Int, like kind: Wanted) -> RuntimeError {
    let wants = function.signature.parameters[place].wants
    return wrong(place, wanted: wants.types == nil || wants.fits(type: arguments[place].typeName) ? kind.noun : nil)
  }

  /// The items of an argument that can be gone over.
  public func items(_ place: Int) throws(RuntimeError) -> [Value] { try machine.items(of: arguments[place]) }

  /// The arguments that `*rest` took.
  public func rest(_ place: Int) -> [Value] {
    if case .tuple(let tuple) = arguments[place] { tuple.elements } else { [] }
  }

  /// The arguments that `**rest` took.
  public func keywords(_ place: Int) -> [(name: String, value: Value)] {
    guard case .dict(let dict) = arguments[place] else { return [] }
    return dict.pairs.compactMap { if case .string(let name) = $0.key { (name.text, $0.value) } else { nil } }
  }
}
