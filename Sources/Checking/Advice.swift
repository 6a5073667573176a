import Diagnostics

/// What people write who come from other languages and libraries, with the way it is done here.
///
/// The tables come in from outside. Where the right side is itself a known name it is suggested, else it is the help.
public struct Advice: Sendable {
  /// By a name that is bound nowhere.
  public var names: [String: String] = [:]
  /// By the name of a method that is called as a function.
  public var methods: [String: String] = [:]
  /// By the name that a library goes by in programs.
  public var libraries: [String: Library] = [:]
  /// Python's modules, by the first word of their names.
  public var modules: [String: String] = [:]
  /// By type, then by an attribute that it lacks.
  public var attributes: [String: [String: String]] = [:]
  /// All attributes of the types whose values have no others.
  public var attributeNames: [String: [String]] = [:]
  /// By an attribute that may be None: why it is.
  public var absent: [String: String] = [:]
  /// By the type or the method that gave too many or too few values to unpack.
  public var unpacking: [String: String] = [:]

  public init() {}

  /// A library of Python, as far as its names have a counterpart.
  public struct Library: Sendable {
    public var name: String
    /// By the dotted rest of the name.
    public var counterparts: [String: String]
    /// For all other names.
    public var help: String

    public init(_ name: String, _ counterparts: [String: String], help: String) {
      self.name = name
      self.counterparts = counterparts
      self.help = help
    }
  }
}

extension Advice {
  /// A name was used that nothing binds.
  ///
  /// - Parameters:
  ///   - path: what follows it, as `["random", "randn"]` after `np`.
  ///   - isCalled: whether it is called.
  public func unknown(
    _ name: String, path: [String] = [], isCalled: Bool = false, known: some Sequence<String>, builtins: Set<String>
  ) -> Complaint {
    if let library = libraries[name] {
      return Complaint(
        "NameError", "\(name) is not defined: there is no \(library.name) here, what it does is built in",
        help: library.counterpart(of: path, after: name, builtins: builtins))
    }
    let help = names[name] ?? (isCalled ? methods[name] : nil) ?? nearest(to: name, among: known).map { "did you mean \($0)?" }
    return Complaint("NameError", "\(name) is not defined", help: help ?? "give it a value first: \(name) = …")
  }

  /// An attribute was asked for that a value of this type does not have.
  public func noAttribute(_ name: String, of type: String, known: [String], more: String? = nil) -> Complaint {
    let meant = attributes[type]?[name]
    var help = meant.map { known.contains($0) ? "did you mean .\($0)?" : $0 } ?? more
    help = help ?? nearest(to: name, among: known).map { "did you mean .\($0)?" }
    if help == nil {
      let few = known.sorted().prefix(12).joined(separator: ", ")
      help = known.isEmpty ? nil : "it has \(few)\(known.count > 12 ? ", …" : "")"
    }
    return Complaint("AttributeError", "\(Given(type).noun) has no attribute \(name)", help: help)
  }

  /// A module of Python is imported; nil for other modules.
  public func module(_ name: String, imported: [String], builtins: Set<String>) -> Complaint? {
    let first = String(name.prefix { $0 != "." })
    guard let help = modules[first] else { return nil }
    let builtIn = !imported.isEmpty && imported.allSatisfy(builtins.contains)
    let list = imported.joined(separator: ", ")
    return Complaint(
      "ImportError", "\(first) is a Python module, and bp does not import those",
      help: builtIn ? "\(list) \(imported.count == 1 ? "is" : "are") built in: delete this line" : help)
  }
}

extension Advice.Library {
  fileprivate func counterpart(of path: [String], after name: String, builtins: Set<String>) -> String {
    guard let last = path.last else { return help }
    let written = ([name] + path).joined(separator: ".")
    if let counterpart = counterparts[path.joined(separator: ".")] ?? counterparts[last] {
      return "for \(written) write \(counterpart)"
    }
    let lower = last.lowercased()
    let snake = last.reduce(into: "") { text, letter in
      text += letter.isUppercase && !text.isEmpty ? "_\(letter.lowercased())" : letter.lowercased()
    }
    let found = [last, lower, snake].first(where: builtins.contains) ?? nearest(to: snake, among: builtins)
    return found.map { "for \(written) write \($0)" } ?? help
  }
}
