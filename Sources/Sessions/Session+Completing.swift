import Builtins
import Checking
import Execution
import Parsing

/// What could stand at the cursor.
public struct Completions: Equatable, Sendable {
  /// The bytes of the text that a candidate replaces.
  public var replaced: Range<Int>
  public var candidates: [Candidate]

  public struct Candidate: Equatable, Sendable {
    public var text: String
    /// `function`, `keyword`, `parameter`, `command`, `name`, or a type's name.
    public var kind: String
    public var signature: String

    init(_ text: String, kind: String, signature: String = "") {
      self.text = text
      self.kind = kind
      self.signature = signature
    }
  }
}

extension Session {
  /// The names, attributes and arguments that could stand at a place of a text, in bytes.
  ///
  /// May be called while a source runs.
  public func complete(_ text: String, at offset: Int) -> Completions {
    if let commands = commands(text, offset) { return commands }
    let place = CursorPlace(text, offset)
    let candidates: [Completions.Candidate] =
      switch place.kind {
      case .attribute(let path): attributes(of: path)
      case .name: (place.call.map { arguments(of: $0) } ?? []) + names(place.boundNames)
      case .module, .text: []
      }
    var seen: Set<String> = []
    return Completions(
      replaced: place.wordRange,
      candidates: candidates.filter {
        $0.text.hasPrefix(place.word) && (!$0.text.hasPrefix("_") || place.word.hasPrefix("_"))
          && seen.insert($0.text).inserted
      })
  }

  /// The line commands, where the text is the beginning of one.
  private func commands(_ text: String, _ offset: Int) -> Completions? {
    let word = text.utf8.prefix(max(0, offset))
    guard word.first == UInt8(ascii: "%"), !word.contains(where: { $0 <= UInt8(ascii: " ") }) else { return nil }
    let candidates = LineCommand.allCases.map {
      Completions.Candidate("%\($0.rawValue)", kind: "command", signature: $0.arguments)
    }
    return Completions(
      replaced: 0..<word.count, candidates: candidates.filter { $0.text.utf8.starts(with: word) })
  }

  private func attributes(of path: [String]) -> [Completions.Candidate] {
    guard let owner = known(path) else { return [] }
    let own = MethodTable.methods(ofType: owner.type).map { (name, method) in
      Completions.Candidate(name, kind: "function", signature: method.signature.asMethod.description)
    }
    let others = owner.attributes.map { name in
      if let member = owner.members[name] {
        return Completions.Candidate(name, kind: member.type, signature: member.signature?.description ?? "")
      }
      guard let method = Builtin.method(name, of: owner.type) else { return Completions.Candidate(name, kind: "property") }
      return Completions.Candidate(name, kind: "function", signature: method.signature.asMethod.description)
    }
    return (own + others).sorted { $0.text < $1.text }
  }

  private func arguments(of call: CursorPlace.Call) -> [Completions.Candidate] {
    guard let signature = signature(of: call.name) else { return [] }
    return signature.parameters.filter { ($0.kind == .plain || $0.kind == .keywordOnly) && !call.given.contains($0.name) }.map {
      Completions.Candidate($0.name + "=", kind: "parameter", signature: $0.defaultText.map { "= \($0)" } ?? "")
    }
  }

  /// - Parameter bound: the names that the text itself binds.
  private func names(_ bound: [String]) -> [Completions.Candidate] {
    let own = knowledge.withLock { knowledge in
      knowledge.names.map { Completions.Candidate($0.key, kind: $0.value.type, signature: $0.value.signature?.description ?? "") }
    }
    let builtins = builtinNames.map { name in
      Completions.Candidate(
        name, kind: signatures[name] != nil ? "function" : types.contains(name) ? "type" : "name",
        signature: signatures[name]?.description ?? "")
    }
    return own.sorted { $0.text < $1.text } + bound.map { Completions.Candidate($0, kind: "name") } + builtins
      + ReservedWords.usable.map { Completions.Candidate($0, kind: "keyword") }
  }
}

// What is known of names, for completion and inspection.
extension Session {
  /// Whether a name is one of the language's own functions and values.
  public func isBuiltin(_ name: String) -> Bool { builtinSet.contains(name) }

  /// The signature of the call around a place, with its function's name.
  public func signature(in text: String, at offset: Int) -> String? {
    guard let name = CursorPlace(text, offset).call?.name, let signature = signature(of: name) else { return nil }
    return name + signature.description
  }

  func known(_ path: [String]) -> Knowledge.Name? {
    knowledge.withLock { $0.name(path) }
  }

  /// How what a dotted name stands for is called.
  func signature(of name: String) -> Signature? {
    let path = name.split(separator: ".").map(String.init)
    if let known = known(path) { return known.signature }
    guard let last = path.last, path.count > 1 else { return signatures[name] }
    guard let owner = known(Array(path.dropLast())) else { return nil }
    let method = MethodTable.methods(ofType: owner.type)[last]?.signature ?? Builtin.method(last, of: owner.type)?.signature
    return method?.asMethod
  }
}
