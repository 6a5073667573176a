import Builtins
import Checking
import Execution

/// What is known of the session's names, as of the end of the last source: enough to complete and to inspect while another runs.
struct Knowledge: Sendable {
  var names: [String: Name] = [:] {
    didSet { known = nil }
  }
  private var known: [Completions.Candidate]?

  /// The names as completion offers them, put in order when they are first asked for.
  var candidates: [Completions.Candidate] {
    mutating get {
      let candidates = known ?? names.map { Completions.Candidate($0.key, $0.value) }.inOrder
      known = candidates
      return candidates
    }
  }

  /// Names of objects that stay as they are, kept from one source to the next.
  var settled: [ObjectIdentifier: Settled] = [:]

  struct Name: Sendable {
    /// Its type, as `type(x)` prints it.
    var type: String
    var signature: Signature?
    /// The type of what its call gives.
    var result: String?
    /// What can follow its dot, where the type alone does not tell.
    var attributes: [String] = []
    /// In a few words.
    var facts = ""
    /// What inspecting it shows.
    var page: [HelpPage.Part] = []
    /// A module's file.
    var path: String?
    /// Layers of a network and names of a module, by name.
    var members: [String: Name] = [:]
    /// Its text keys in their order, if it is a dictionary, and what is known of the values there.
    var keys: [String] = []
    var items: [String: Name] = [:]
    /// What an item is like; none or one.
    var item: [Name] = []

    /// What it is, on a line or a few.
    var brief: String {
      if facts.isEmpty, case .fixed(let text)? = page.first { return text }
      return facts
    }
  }

  struct Settled: Sendable {
    /// Held, so that no other object takes its place.
    var object: ForeignObject
    var name: Name
  }
}

/// Describes values for the time when their thread is busy. Runs after every source, so no value is gone through as a whole.
struct Describing {
  let workspace: Workspace
  let before: [ObjectIdentifier: Knowledge.Settled]
  private(set) var settled: [ObjectIdentifier: Knowledge.Settled] = [:]
  /// How many more values within values may be described.
  private var budget = 20_000

  private static let mostKeys = 200

  init(_ workspace: Workspace, before: [ObjectIdentifier: Knowledge.Settled]) {
    self.workspace = workspace
    self.before = before
  }

  mutating func name(of value: Value, depth: Int = 0) -> Knowledge.Name {
    budget -= 1
    var name = Knowledge.Name(type: value.typeName, signature: value.signature)
    switch value.boxed {
    case .function(let function):
      name.page = HelpPage(about: function, isWhole: false, style: workspace.helpStyle).parts
    case .native(let function): name.result = ResultTypes.function(function.name)
    case .module(let module):
      name.path = module.file.map(SourcePath.file)
      for inner in module.globals.boundNames where depth < 2 {
        if let value = module.globals[inner] { name.members[inner] = self.name(of: value, depth: depth + 1) }
      }
      name.attributes = module.globals.boundNames
    case .foreign(let object): return self.name(of: object, name, depth)
    case .exception: name.attributes = value.attributeNames
    case .dict(let dict):
      describe(dict, &name, depth)
      name.page = Self.text(of: value)
    case .list(let list):
      name.facts = list.elements.count == 1 ? "1 item" : "\(list.elements.count) items"
      if depth < 3, let first = list.elements.first { name.item = [self.name(of: first, depth: depth + 1)] }
      name.page = Self.text(of: value)
    default:
      name.page = Self.text(of: value)
      if case .fixed(let text)? = name.page.first {
        name.facts =
          text.utf8.count <= 40 && !text.utf8.contains(UInt8(ascii: "\n"))
          ? text : String(text.prefix { !$0.isNewline }.prefix(40))
      }
    }
    return name
  }

  private mutating func name(of object: ForeignObject, _ start: Knowledge.Name, _ depth: Int) -> Knowledge.Name {
    let key = ObjectIdentifier(object.identity)
    if depth == 0, let known = before[key] {
      settled[key] = known
      return known.name
    }
    var name = start
    name.facts = workspace.facts(of: object)
    name.attributes = object.attributeNames
    name.page = name.facts.isEmpty ? [] : [.fixed(name.facts)]
    for (attribute, keys) in workspace.keys(of: object) {
      var inner = Knowledge.Name(type: "dict", facts: "\(keys.count) items")
      inner.keys = keys
      inner.item = [Knowledge.Name(type: "tensor")]
      name.members[attribute] = inner
    }
    if depth < 3, budget > 0 {
      for (inner, value) in workspace.members(of: object) { name.members[inner] = self.name(of: value, depth: depth + 1) }
    }
    if depth == 0, workspace.isSettled(object) { settled[key] = Knowledge.Settled(object: object, name: name) }
    return name
  }

  private mutating func describe(_ dict: DictObject, _ name: inout Knowledge.Name, _ depth: Int) {
    name.facts = dict.count == 1 ? "1 item" : "\(dict.count) items"
    for (key, value) in dict.pairs.prefix(Self.mostKeys) {
      guard case .string(let text) = key, text.text.utf8.count < 200 else { continue }
      name.keys.append(text.text)
      if depth < 3, budget > 0 { name.items[text.text] = self.name(of: value, depth: depth + 1) }
    }
  }

  /// Enough of a text to know the value by.
  private static func text(of value: Value) -> [HelpPage.Part] {
    let text = value.preview(bytes: 500)
    if text.utf8.count <= 120, !text.utf8.contains(UInt8(ascii: "\n")) { return [.fixed(text)] }
    let lines = text.split(separator: "\n", maxSplits: 8, omittingEmptySubsequences: false).prefix(8)
    return [.fixed(lines.map { $0.count > 120 ? $0.prefix(119) + "…" : $0 }.joined(separator: "\n"))]
  }
}

extension Session {
  /// Brings the knowledge up to date.
  func learn() {
    var describing = Describing(workspace, before: knowledge.withLock { $0.settled })
    var names: [String: Knowledge.Name] = [:]
    let bound = globals.boundNames
    names.reserveCapacity(bound.count)
    for name in bound {
      if let value = globals[name] { names[name] = describing.name(of: value) }
    }
    let settled = describing.settled
    var knowledge = Knowledge()
    (knowledge.names, knowledge.settled) = (names, settled)
    self.knowledge.withLock { $0 = knowledge }
  }
}
