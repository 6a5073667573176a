import Diagnostics

/// The top-level names of a session or a module: slots that keep their place while cells come and go.
public final class Globals: @unchecked Sendable {
  // Unchecked: a namespace is touched with the floor taken. Unsafe: slots must not move while code runs, and are the machine's
  // operands; only the part that is in use was ever touched.
  let slots: UnsafeMutablePointer<Value>
  private let builtins: [String: Value]
  private var places: [String: Int] = [:]
  private(set) var slotNames: [String] = []

  /// Where names were bound, last, that hide builtins.
  private(set) var hidings: [String: Span] = [:]

  /// More names than this in one namespace are refused.
  static let capacity = 1 << 16

  /// A namespace in which the builtins can be hidden by names of one's own.
  public init(builtins: [String: Value] = [:]) {
    self.builtins = builtins
    slots = .allocate(capacity: Self.capacity)
  }

  deinit {
    slots.deinitialize(count: slotNames.count)
    slots.deallocate()
  }

  /// The value of a name; nil if it is not bound.
  public subscript(name: String) -> Value? {
    get {
      guard let place = places[name] else { return builtins[name] }
      let value = slots[place]
      return value.isUnbound ? nil : value
    }
    set {
      guard let place = place(of: name) else { return }
      slots[place] = newValue ?? hidden(at: place)
    }
  }

  /// The names that the program has bound, in the order in which they were first met.
  public var boundNames: [String] {
    slotNames.enumerated().filter { isOwn($0.offset) }.map(\.element)
  }

  /// Unbinds all names of the program.
  public func reset() {
    for place in slotNames.indices { slots[place] = hidden(at: place) }
  }

  /// The slot of a name, made where there is none; nil when there are too many.
  func place(of name: String) -> Int? {
    if let place = places[name] { return place }
    guard slotNames.count < Self.capacity else { return nil }
    let place = slotNames.count
    places[name] = place
    slotNames.append(name)
    (slots + place).initialize(to: hidden(at: place))
    return place
  }

  /// The slot of a name, where it has one.
  func knownPlace(of name: String) -> Int? { places[name] }

  /// The builtin that shows again when the program's name is gone, or unbound.
  func hidden(at place: Int) -> Value { builtins[slotNames[place]] ?? .unbound }

  var builtinNames: Set<String> { Set(builtins.keys) }

  func hasBuiltin(_ name: String) -> Bool { builtins[name] != nil }

  func noteHiding(of name: String, at span: Span) { hidings[name] = span }

  /// Whether the program has bound the name, rather than a builtin showing through.
  func isOwn(_ place: Int) -> Bool {
    !slots[place].isUnbound && !slots[place].isIdentical(to: hidden(at: place))
  }

  /// All that can be read, by name.
  var values: [String: Value] {
    var values = builtins
    for name in boundNames { values[name] = self[name] }
    return values
  }

  /// All names that can be read, for suggestions.
  var readableNames: [String] {
    Array(builtins.keys) + boundNames
  }
}
