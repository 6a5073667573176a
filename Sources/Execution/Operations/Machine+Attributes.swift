import Checking
import Diagnostics

extension Machine {
  /// `value.name`.
  public func attribute(of value: Value, _ name: String) throws(RuntimeError) -> Value {
    switch value.boxed {
    case .foreign(let object):
      if let attribute = try object.attribute(name, in: self) { return attribute }
    case .module(let module): return try self.name(name, of: .module(module))
    case .exception(let exception):
      if let attribute = exception.attribute(name) { return attribute }
    case .function(let function) where name == "__name__": return .string(function.name)
    case .range(let range):
      switch name {
      case "start": return .int(range.start)
      case "stop": return .int(range.stop)
      case "step": return .int(range.step)
      default: break
      }
    default:
      if let method = MethodTable.methods(of: value)[name] { return .method(MethodObject(receiver: value, function: method)) }
    }
    throw missing(name, of: value)
  }

  func setAttribute(of value: Value, _ name: String, to newValue: Value) throws(RuntimeError) {
    switch value.boxed {
    case .foreign(let object):
      if try object.setAttribute(name, to: newValue, in: self) { return }
      guard try object.attribute(name, in: self) == nil else {
        throw RuntimeError(.attributeError, "\(name) of \(value.typeName.withArticle) cannot be set")
      }
      throw missing(name, of: value)
    case .module(let module): module.globals[name] = newValue
    default: throw RuntimeError(.attributeError, "\(name) of \(value.typeName.withArticle) cannot be set")
    }
  }

  private func missing(_ name: String, of value: Value) -> RuntimeError {
    var more: String?
    switch value.boxed {
    case .foreign(let object): more = object.help(forAttribute: name)
    case .native(let function): more = "\(function.name) is the function itself: call it first, \(function.name)(…)"
    default: break
    }
    let complaint = advice.noAttribute(name, of: value.typeName, known: value.attributeNames, more: more)
    return RuntimeError(complaint, at: runningExpression?.attributeSpan(name))
  }

  /// A name of a module, as `from module import name` and `module.name` read it.
  func name(_ name: String, of value: Value) throws(RuntimeError) -> Value {
    guard case .module(let module) = value else { return try attribute(of: value, name) }
    if module.globals.boundNames.contains(name), let value = module.globals[name] { return value }
    let help = nearest(to: name, among: module.globals.boundNames).map { "did you mean \($0)?" }
    throw RuntimeError(.attributeError, "module \(module.name) has no name \(name)", help: help)
  }
}

extension Value {
  /// What can follow the value's point, for completion and suggestions.
  public var attributeNames: [String] {
    switch boxed {
    case .foreign(let object): object.attributeNames
    case .module(let module): module.globals.boundNames
    case .exception(let exception): ["message", "kind", "line", "column", "source"] + exception.attributes.keys.sorted()
    case .range: ["start", "stop", "step"]
    default: MethodTable.methods(of: self).keys.sorted()
    }
  }
}
