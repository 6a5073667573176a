import Builtins
import Checking
import Execution
import Parsing

// What a half-written text speaks of.
extension Session {
  /// What is known of a value that a text names.
  ///
  /// - Parameter origins: what names of the text stand for that it binds itself.
  func known(_ reference: Reference, _ origins: [String: Reference] = [:]) -> Knowledge.Name? {
    guard var name = base(reference.base, origins) else { return nil }
    for link in reference.links {
      guard let next = follow(link, from: name) else { return nil }
      name = next
    }
    return name
  }

  private func base(_ base: Reference.Base, _ origins: [String: Reference]) -> Knowledge.Name? {
    switch base {
    case .unknown: return nil
    case .literal(let type): return Knowledge.Name(type: type)
    case .name(let name):
      if let origin = origins[name] {
        // A name may be bound to what it was before, as in `x = x.T`.
        var others = origins
        others[name] = nil
        if let found = known(origin, others) { return found }
      }
      if let known = knowledge.withLock({ $0.names[name] }) { return known }
      guard let signature = signatures[name] else {
        return types.contains(name) ? Knowledge.Name(type: "type", result: ResultTypes.function(name)) : nil
      }
      return Knowledge.Name(type: "function", signature: signature, result: ResultTypes.function(name))
    }
  }

  private func follow(_ link: Reference.Link, from owner: Knowledge.Name) -> Knowledge.Name? {
    switch link {
    case .attribute(let name):
      if let member = owner.members[name] { return member }
      if let method = method(name, of: owner.type) {
        return Knowledge.Name(type: "function", signature: method, result: ResultTypes.method(name, of: owner.type))
      }
      return ResultTypes.attribute(name, of: owner.type).map { Knowledge.Name(type: $0) }
    case .call:
      if ["network", "layer"].contains(owner.type) { return Knowledge.Name(type: "tensor") }
      return owner.result.map { Knowledge.Name(type: $0) }
    case .item(let key):
      if let key, let item = owner.items[key] { return item }
      if let item = owner.item.first { return item }
      return ["tensor", "str"].contains(owner.type) ? Knowledge.Name(type: owner.type) : nil
    case .slice:
      var part = Knowledge.Name(type: owner.type)
      part.item = owner.item
      return part
    }
  }

  /// How a method of a type is called.
  func method(_ name: String, of type: String) -> Signature? {
    (MethodTable.methods(ofType: type)[name]?.signature ?? Builtin.method(name, of: type)?.signature)?.asMethod
  }

  /// The attributes that every value of a type has.
  func attributeNames(ofType type: String) -> [String] {
    Workspace.attributeNames[type] ?? MethodTable.methods(ofType: type).keys.sorted()
  }

  /// Whether a name is one of the language's own functions and values.
  public func isBuiltin(_ name: String) -> Bool { builtinSet.contains(name) }

  /// The signature of the call around a place, with its function's name.
  public func signature(in text: String, at offset: Int) -> String? {
    let place = CursorPlace(text, offset)
    guard let call = place.call, !call.name.isEmpty, let signature = known(call.callee, place.origins)?.signature else {
      return nil
    }
    return call.name + signature.description
  }
}
