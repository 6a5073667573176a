import Builtins
import Checking
import Diagnostics
import Execution
import Parsing

/// What could stand at the cursor.
public struct Completions: Equatable, Sendable {
  /// The bytes of the text that a candidate replaces.
  public var replaced: Range<Int>
  public var candidates: [Candidate]

  public struct Candidate: Equatable, Sendable {
    public var text: String
    /// `function`, `class`, `keyword`, `parameter`, `instance`, or the type of a value of the program.
    public var kind: String
    public var signature: String
  }
}

extension Session {
  /// The names, attributes and arguments that could stand at a place of a text, in bytes.
  ///
  /// May be called while a source runs.
  public func complete(_ text: String, at offset: Int) -> Completions {
    let place = CursorPlace(text, offset)
    var candidates: [Completions.Candidate]
    if !place.path.isEmpty {
      candidates = attributes(of: place.path)
    } else {
      candidates = place.call.map { arguments(of: $0) } ?? []
      candidates += names()
    }
    candidates = candidates.filter { $0.text.hasPrefix(place.word) && (!$0.text.hasPrefix("_") || place.word.hasPrefix("_")) }
    var seen: Set<String> = []
    candidates = candidates.filter { seen.insert($0.text).inserted }
    return Completions(replaced: place.wordRange, candidates: candidates)
  }

  /// What is known of the name at a place of a text, in bytes; of the call around it where there is no name.
  public func inspect(_ text: String, at offset: Int) -> String? {
    let place = CursorPlace(text, offset, reachesBeyond: true)
    let name = (place.path + [place.word]).filter { !$0.isEmpty }.joined(separator: ".")
    if !name.isEmpty, let page = help(for: name) { return page }
    return place.call.flatMap { help(for: $0) }
  }

  /// Whether a name is one of the language's own functions and values.
  public func isBuiltin(_ name: String) -> Bool { builtinSet.contains(name) }

  /// The signature of the call around a place, with its function's name.
  public func signature(in text: String, at offset: Int) -> String? {
    guard let name = CursorPlace(text, offset).call else { return nil }
    if let known = known(name.split(separator: ".").map(String.init)), let signature = known.signature {
      return name + signature.description
    }
    return signatures[name].map { name + $0.description }
  }

  /// The help of a dotted name.
  func help(for name: String) -> String? {
    let path = name.split(separator: ".").map(String.init)
    let width = workspace.helpWidth
    if let known = known(path) {
      return Help.describing(known.text, type: known.type, attributes: known.attributes, width: width)
    }
    if path.count == 1 { return Help(of: name)?.text(width: width) }
    guard let owner = known(Array(path.dropLast())) else { return nil }
    return Help(of: path[path.count - 1], method: owner.type)?.text(width: width)
  }

  private func known(_ path: [String]) -> Knowledge.Name? {
    knowledge.withLock { knowledge in
      guard let first = path.first, var name = knowledge.names[first] else { return nil }
      for part in path.dropFirst() {
        guard let next = name.members[part] else { return nil }
        name = next
      }
      return name
    }
  }

  private func attributes(of path: [String]) -> [Completions.Candidate] {
    guard let name = known(path) else { return [] }
    return name.attributes.sorted().map { attribute in
      let member = name.members[attribute]
      let method =
        member == nil ? Builtin.all.first { $0.name == attribute && ($0.owner == name.type || $0.isTensorMethod) } : nil
      let signature = method.map { Signature(Array($0.signature.parameters.dropFirst())).description }
      return Completions.Candidate(
        text: attribute, kind: member?.type ?? (method == nil ? "property" : "function"),
        signature: signature ?? member?.signature?.description ?? "")
    }
  }

  private func arguments(of function: String) -> [Completions.Candidate] {
    guard let signature = callSignature(function) else { return [] }
    return signature.parameters.filter { $0.kind == .plain || $0.kind == .keywordOnly }.map { parameter in
      Completions.Candidate(
        text: parameter.name + "=", kind: "parameter", signature: parameter.defaultText.map { "= \($0)" } ?? "")
    }
  }

  private func callSignature(_ name: String) -> Signature? {
    let path = name.split(separator: ".").map(String.init)
    if path.count == 1 { return known(path)?.signature ?? signatures[name] }
    guard let owner = known(Array(path.dropLast())) else { return nil }
    return Builtin.all.first { $0.name == path[path.count - 1] && $0.owner == owner.type }?.signature
  }

  private func names() -> [Completions.Candidate] {
    let own = knowledge.withLock { knowledge in
      knowledge.names.map {
        Completions.Candidate(text: $0.key, kind: $0.value.type, signature: $0.value.signature?.description ?? "")
      }
    }
    let builtins = builtinNames.map { name in
      let kind = signatures[name] != nil ? "function" : types.contains(name) ? "class" : "instance"
      return Completions.Candidate(text: name, kind: kind, signature: signatures[name]?.description ?? "")
    }
    let keywords = ReservedWords.usable.map { Completions.Candidate(text: $0, kind: "keyword", signature: "") }
    return own.sorted { $0.text < $1.text } + builtins + keywords
  }
}
