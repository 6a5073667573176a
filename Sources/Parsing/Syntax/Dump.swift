import Diagnostics

/// The tree as indented text, for tests and for people who look into the parser.
extension Module {
  public var dump: String {
    var dump = TreeDump()
    for statement in statements { dump.add(statement) }
    return dump.text
  }
}

private struct TreeDump {
  var text = ""
  var depth = 0

  mutating func line(_ words: String) { text += String(repeating: "  ", count: depth) + words + "\n" }

  mutating func inside(_ words: String, _ body: (inout TreeDump) -> Void) {
    line(words)
    depth += 1
    body(&self)
    depth -= 1
  }

  mutating func block(_ name: String, _ statements: [Statement]) {
    guard !statements.isEmpty else { return }
    inside(name) { dump in for statement in statements { dump.add(statement) } }
  }

  mutating func add(_ statement: Statement) {
    switch statement.kind {
    case .expression(let value): line("value \(show(value))")
    case .assignment(let targets, let value): line("set \(targets.map(show).joined(separator: " = ")) = \(show(value))")
    case .augmented(let target, let operation, let value): line("update \(show(target)) \(operation.rawValue)= \(show(value))")
    case .function(let function, let decorator):
      let mark = decorator.map { "@\($0.kind.rawValue) " } ?? ""
      let result = function.result.map { " -> " + $0.text } ?? ""
      inside("\(mark)def \(function.name)(\(show(function.parameters)))\(result)") { dump in
        if case .statements(let body) = function.body { for statement in body { dump.add(statement) } }
      }
    case .returning(let value): line(value.map { "return " + show($0) } ?? "return")
    case .conditional(let test, let body, let other):
      block("if \(show(test))", body)
      block("else", other)
    case .whileLoop(let test, let body, let other):
      block("while \(show(test))", body)
      block("else", other)
    case .forLoop(let target, let iterable, let body, let other):
      block("for \(show(target)) in \(show(iterable))", body)
      block("else", other)
    case .breaking: line("break")
    case .continuing: line("continue")
    case .pass: line("pass")
    case .assertion(let test, let message): line("assert \(show(test))" + (message.map { ", " + show($0) } ?? ""))
    case .raising(let error, let cause):
      line((["raise"] + [error.map(show), cause.map { "from " + show($0) }].compactMap(\.self)).joined(separator: " "))
    case .attempt(let body, let handlers, let other, let finally):
      block("try", body)
      for handler in handlers {
        block("except \(handler.kinds.map(show).joined(separator: ", "))\(handler.name.map { " as " + $0 } ?? "")", handler.body)
      }
      block("else", other)
      block("finally", finally)
    case .with(let items, let body):
      let heads = items.map { show($0.context) + ($0.target.map { " as " + show($0) } ?? "") }
      block("with \(heads.joined(separator: ", "))", body)
    case .deletion(let targets): line("del \(targets.map(show).joined(separator: ", "))")
    case .importing(let modules):
      line("import \(modules.map { $0.name + ($0.alias.map { " as " + $0 } ?? "") }.joined(separator: ", "))")
    case .importingNames(let module, _, let names):
      line("from \(module) import \(names.map { $0.name + ($0.alias.map { " as " + $0 } ?? "") }.joined(separator: ", "))")
    case .broken: line("broken")
    }
  }

  func show(_ parameters: [FormalParameter]) -> String {
    var words = parameters.map { parameter in
      let star = parameter.kind == .rest ? "*" : parameter.kind == .keywords ? "**" : ""
      return star + parameter.name + (parameter.shape.map { ": " + $0.text } ?? "")
        + (parameter.defaultValue.map { "=" + show($0) } ?? "")
    }
    if let first = parameters.firstIndex(where: { $0.kind == .keywordOnly }), !parameters.contains(where: { $0.kind == .rest }) {
      words.insert("*", at: first)
    }
    return words.joined(separator: ", ")
  }

  /// An expression with all its brackets.
  func show(_ expression: Expression) -> String {
    switch expression.kind {
    case .none: "None"
    case .ellipsis: "..."
    case .bool(let truth): truth ? "True" : "False"
    case .int(let number): "\(number)"
    case .float(let number): "\(number)"
    case .string(let text): "'\(text)'"
    case .formatted(let parts): "f'" + parts.map(show).joined() + "'"
    case .name(let name): name
    case .tuple(let parts): "(" + parts.map(show).joined(separator: ", ") + (parts.count == 1 ? ",)" : ")")
    case .list(let parts): "[" + parts.map(show).joined(separator: ", ") + "]"
    case .dict(let entries): "{" + entries.map(show).joined(separator: ", ") + "}"
    case .unary(let operation, let operand): "(\(operation.rawValue)\(operation == .not ? " " : "")\(show(operand)))"
    case .binary(let operation, let left, let right): "(\(show(left)) \(operation.rawValue) \(show(right)))"
    case .logical(let operation, let parts): "(" + parts.map(show).joined(separator: " \(operation.rawValue) ") + ")"
    case .comparison(let first, let rest):
      "(" + show(first) + rest.map { " \($0.comparison.rawValue) \(show($0.operand))" }.joined() + ")"
    case .conditional(let test, let value, let other): "(\(show(value)) if \(show(test)) else \(show(other)))"
    case .lambda(let function):
      if case .expression(let body) = function.body {
        "(lambda \(show(function.parameters)): \(show(body)))"
      } else {
        "lambda"
      }
    case .call(let callee, let arguments): show(callee) + "(" + arguments.map(show).joined(separator: ", ") + ")"
    case .attribute(let value, let name, _): "\(show(value)).\(name)"
    case .item(let value, let key): "\(show(value))[\(show(key))]"
    case .slice(let start, let stop, let step):
      (start.map(show) ?? "") + ":" + (stop.map(show) ?? "") + (step.map { ":" + show($0) } ?? "")
    case .starred(let value): "*" + show(value)
    case .listComprehension(let element, let clauses): "[\(show(element))\(show(clauses))]"
    case .dictComprehension(let key, let value, let clauses): "{\(show(key)): \(show(value))\(show(clauses))}"
    case .broken: "<broken>"
    }
  }

  func show(_ part: Expression.FormattedPart) -> String {
    switch part {
    case .text(let text): text
    case .value(let value, let conversion, let spec):
      "{" + show(value) + (conversion.map { "!" + $0.rawValue } ?? "") + (spec.isEmpty ? "" : ":" + spec.map(show).joined()) + "}"
    }
  }

  func show(_ entry: Expression.DictEntry) -> String {
    switch entry {
    case .pair(let key, let value): "\(show(key)): \(show(value))"
    case .spread(let other): "**" + show(other)
    }
  }

  func show(_ argument: Argument) -> String {
    switch argument.kind {
    case .positional: show(argument.value)
    case .keyword(let name): "\(name)=\(show(argument.value))"
    case .spread: "*" + show(argument.value)
    case .keywordSpread: "**" + show(argument.value)
    }
  }

  func show(_ comprehension: Comprehension) -> String {
    comprehension.clauses.map { clause in
      " for \(show(clause.target)) in \(show(clause.iterable))" + clause.conditions.map { " if " + show($0) }.joined()
    }.joined()
  }
}
