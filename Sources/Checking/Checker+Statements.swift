import Diagnostics
import Parsing

extension Checker {
  mutating func check(_ statements: [Statement]) {
    for statement in statements { check(statement) }
  }

  private mutating func check(_ statement: Statement) {
    switch statement.kind {
    case .expression(let expression): check(expression)
    case .assignment(let targets, let value):
      check(value)
      for target in targets { checkTarget(target) }
    case .augmented(let target, _, let value):
      check(target)
      check(value)
    case .function(let function, let decorator): checkFunction(function, decorator)
    case .returning(let value):
      if scopes.isEmpty {
        misplaced("return stands outside of any function", statement, "give the value a name, or put this into a def")
      }
      if let value { check(value) }
    case .conditional(let test, let body, let other):
      check(test)
      check(body)
      check(other)
    case .whileLoop(let test, let body, let other):
      check(test)
      checkLoop(body)
      check(other)
    case .forLoop(let target, let iterable, let body, let other):
      check(iterable)
      checkTarget(target)
      checkLoop(body)
      check(other)
    case .breaking:
      if loopDepth == 0 {
        misplaced("break stands outside of any loop", statement, "put it into a for or while, or leave a function by return")
      }
    case .continuing:
      if loopDepth == 0 { misplaced("continue stands outside of any loop", statement, "put it into a for or while") }
    case .assertion(let test, let message):
      check(test)
      if let message { check(message) }
    case .raising(let error, let cause):
      if let error { check(error) }
      if let cause { check(cause) }
    case .attempt(let body, let handlers, let other, let finally): checkAttempt(body, handlers, other, finally)
    case .with(let items, let body):
      for item in items {
        check(item.context)
        if let target = item.target { checkTarget(target) }
      }
      check(body)
    case .deletion(let targets): for target in targets { check(target) }
    case .importing(let modules): for module in modules { checkImport(of: module.name, [], module.span) }
    case .importingNames(let module, let span, let names): checkImport(of: module, names.map(\.name), span)
    case .pass, .broken: break
    }
  }

  private mutating func misplaced(_ message: String, _ statement: Statement, _ help: String?) {
    // A matter of grammar, so no `try` makes it better.
    diagnostics.append(Diagnostic("SyntaxError", message, at: statement.span, help: help))
  }

  private mutating func checkLoop(_ body: [Statement]) {
    loopDepth += 1
    check(body)
    loopDepth -= 1
  }

  private mutating func checkAttempt(
    _ body: [Statement], _ handlers: [Statement.Handler], _ other: [Statement], _ finally: [Statement]
  ) {
    let catches = !handlers.isEmpty
    tryDepth += catches ? 1 : 0
    check(body)
    tryDepth -= catches ? 1 : 0
    for handler in handlers {
      for kind in handler.kinds { check(kind) }
      check(handler.body)
    }
    check(other)
    check(finally)
  }

  private mutating func checkTarget(_ target: Expression) {
    switch target.kind {
    case .name(let name): noteBinding(name, target.span)
    case .tuple(let parts), .list(let parts): for part in parts { checkTarget(part) }
    case .starred(let part): checkTarget(part)
    default: check(target)
    }
  }

  private mutating func checkFunction(_ function: Function, _ decorator: Statement.Decorator?) {
    noteBinding(function.name, function.nameSpan)
    if let decorator, decorator.kind != .compiled, function.parameters.isEmpty {
      report(
        Diagnostic(
          "TypeError", "a function under @\(decorator.kind.rawValue) takes its input as its first argument", at: function.span,
          help: "def \(function.name)(x):"))
    }
    checkBody(of: function)
  }

  /// Checks the defaults where the function stands, and its body with its own names.
  mutating func checkBody(of function: Function) {
    for parameter in function.parameters { if let value = parameter.defaultValue { check(value) } }
    var names = Set(function.parameters.map(\.name))
    for parameter in function.parameters {
      for dimension in parameter.shape?.dimensions ?? [] { names.formUnion(dimension.names) }
    }
    let (loops, tries) = (loopDepth, tryDepth)
    (loopDepth, tryDepth) = (0, 0)
    switch function.body {
    case .statements(let statements):
      names.formUnion(Bindings.names(in: statements))
      scopes.append(names)
      check(statements)
    case .expression(let expression):
      scopes.append(names)
      tryDepth = tries
      check(expression)
    }
    scopes.removeLast()
    (loopDepth, tryDepth) = (loops, tries)
  }
}
