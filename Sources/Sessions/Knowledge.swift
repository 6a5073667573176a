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
    var attributes: [String] = []
    /// What inspecting it shows.
    var text: String
    /// Layers of a network and names of a module, by name.
    var members: [String: Name] = [:]
  }
}

extension Session {
  /// Brings the knowledge up to date.
  func learn() {
    var names: [String: Knowledge.Name] = [:]
    for name in globals.boundNames {
      if let value = globals[name] { names[name] = describe(value, depth: 0) }
    }
    knowledge.withLock { $0.names = names }
  }

  private func describe(_ value: Value, depth: Int) -> Knowledge.Name {
    var name = Knowledge.Name(
      type: value.typeName, signature: value.signature, attributes: value.attributeNames, text: "")
    switch value {
    case .function(let function):
      name.text = function.name + function.signature.description
    case .module(let module):
      for inner in module.globals.boundNames where depth < 2 {
        if let value = module.globals[inner] { name.members[inner] = describe(value, depth: depth + 1) }
      }
      name.attributes = module.globals.boundNames
    case .foreign(let object):
      name.text = (try? object.text()).map { firstLines($0) } ?? ""
      for (inner, value) in workspace.members(of: object) where depth < 3 {
        name.members[inner] = describe(value, depth: depth + 1)
      }
    default: name.text = (try? value.representation()).map { firstLines($0) } ?? ""
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
