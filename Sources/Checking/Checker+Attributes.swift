import Diagnostics
import Parsing

// What follows a point: attributes of values whose type is certain, names of Python's libraries, and imports.
extension Checker {
  /// - Parameter path: the names behind the innermost value, as `["random", "randn"]` in `np.random.randn`.
  mutating func checkAttribute(_ value: Expression, _ name: String, _ nameSpan: Span, _ path: [String]) {
    switch value.kind {
    case .name(let root): use(root, value.span, path: path)
    case .attribute(let inner, let before, let beforeSpan): checkAttribute(inner, before, beforeSpan, [before] + path)
    default: check(value)
    }
    guard let type = given(value)?.type else { return }
    let advice = knowledge.advice
    // Some values have attributes that only running tells, such as a network's layers.
    let known = advice.attributeNames[type]
    guard known.map({ !$0.contains(name) }) ?? (advice.attributes[type]?[name] != nil) else { return }
    report(advice.noAttribute(name, of: type, known: known ?? []), at: nameSpan)
  }

  mutating func checkImport(of module: String, _ names: [String], _ span: Span) {
    guard !knowledge.hasModule(module),
      let complaint = knowledge.advice.module(module, imported: names, builtins: knowledge.given)
    else { return }
    report(complaint, at: span)
  }

  /// The type of a name that only top level binds, and only once.
  func topType(of name: String) -> String? {
    // In a notebook a later cell may bind the name anew before a function is called.
    guard topTypes[name] != nil, scopes.isEmpty || knowledge.isWhole,
      !comprehensions.contains(where: { $0.contains(name) }), !scopes.contains(where: { $0.contains(name) })
    else { return nil }
    return topTypes[name]?.type
  }

  /// The help where a name hides a builtin; nil where it hides none.
  func hidingHelp(_ expression: Expression) -> String? {
    guard case .name(let name) = expression.kind, knowledge.builtins[name] != nil, topType(of: name) != nil,
      let span = topTypes[name]?.span
    else { return nil }
    return Complaint.hiding(name, at: "line \(span.start.line)", isTop: true)
  }

  /// Refuses to call a name that is certain to be no function.
  mutating func checkCallable(_ name: String, _ callee: Expression, hasArguments: Bool) {
    guard let type = topType(of: name), !["function", "type", "network", "layer"].contains(type) else { return }
    report(
      .notCallable(name, type, help: hidingHelp(callee) ?? Complaint.calling(type, name, hasArguments: hasArguments)),
      at: callee.span)
  }

  mutating func learnTypes(_ statements: [Statement]) {
    for statement in statements {
      switch statement.kind {
      case .assignment(let targets, let value):
        guard targets.count == 1, case .name(let name) = targets[0].kind, topBindings[name] == 1,
          !knowledge.names.contains(name), let type = given(value)?.type
        else { continue }
        topTypes[name] = (type, targets[0].span)
      case .forLoop(_, _, let body, let other), .whileLoop(_, let body, let other), .conditional(_, let body, let other):
        learnTypes(body)
        learnTypes(other)
      case .with(_, let body): learnTypes(body)
      default: break
      }
    }
  }
}
