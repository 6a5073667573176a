import Builtins
import Checking
import Execution

/// What is known of the session's names, as of the end of the last source: enough to complete and to inspect while another runs.
struct Knowledge: Sendable {
  var names: [String: Name] = [:]

  struct Name: Sendable {
    /// Its type, as `type(x)` prints it.
    var type: String
    var signature: Signature?
    /// What can follow its dot, where the type alone does not tell.
    var attributes: [String] = []
    /// What inspecting it shows.
    var text: String
    /// A module's file.
    var path: String?
    /// Layers of a network and names of a module, by name.
    var members: [String: Name] = [:]
  }

  /// What is known of a dotted name.
  func name(_ path: [String]) -> Name? {
    guard let first = path.first, var name = names[first] else { return nil }
    for part in path.dropFirst() {
      guard let next = name.members[part] else { return nil }
      name = next
    }
    return name
  }
}

extension Session {
  /// Brings the knowledge up to date; runs after every source, so no value may be gone through as a whole.
  func learn() {
    var names: [String: Knowledge.Name] = [:]
    for name in globals.boundNames {
      if let value = globals[name] { names[name] = describe(value, depth: 0) }
    }
    knowledge.withLock { $0.names = names }
  }

  private func describe(_ value: Value, depth: Int) -> Knowledge.Name {
    var name = Knowledge.Name(type: value.typeName, signature: value.signature, text: "")
    switch value.boxed {
    case .function(let function):
      name.text = function.name + function.signature.description
    case .module(let module):
      name.path = module.file.map(SourcePath.file)
      for inner in module.globals.boundNames where depth < 2 {
        if let value = module.globals[inner] { name.members[inner] = describe(value, depth: depth + 1) }
      }
      name.attributes = module.globals.boundNames
    case .foreign(let object):
      name.text = (try? object.text()).map { firstLines($0) } ?? ""
      name.attributes = object.attributeNames
      for (inner, value) in workspace.members(of: object) where depth < 3 {
        name.members[inner] = describe(value, depth: depth + 1)
      }
    case .exception: name.attributes = value.attributeNames
    default: name.text = firstLines(value.preview(bytes: 500))
    }
    return name
  }

  /// Enough of a text to know the value by.
  private func firstLines(_ text: String) -> String {
    let lines = text.split(separator: "\n", maxSplits: 8, omittingEmptySubsequences: false).prefix(8)
    let cut = lines.map { $0.count > 120 ? $0.prefix(119) + "…" : $0 }
    return cut.joined(separator: "\n")
  }
}
