import Execution

extension Workspace {
  /// What `display` shows of a value.
  func shown(_ value: Value) throws(RuntimeError) -> Representations { try value.representations() }

  /// The help of a value or a name; for nothing, what there is.
  func help(_ value: Value) throws(RuntimeError) -> String {
    switch value {
    case .unbound, .none: return Help.contents
    case .string(let name):
      if let page = Help(of: name.text) { return page.text }
      throw RuntimeError(.nameError, "there is no builtin named \(name.text)", help: "help() lists them all")
    case .native(let function):
      return Help(of: function.name)?.text ?? function.name + function.signature.description
    case .type(let type): return Help(of: type.name)?.text ?? type.name
    case .method(let method):
      return Help(of: method.function.name, method: method.receiver.typeName)?.text ?? method.function.name
    case .function(let function): return "\(function.name)\(function.signature.description)\nA function of this program."
    default: return "\(try value.representations().text)\n\(value.typeName.withArticle)"
    }
  }
}
