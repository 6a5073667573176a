import Diagnostics
import Parsing

/// Follows the shapes that can be told through the statements of a module, and finds those that are certain not to fit.
///
/// It is sure or silent: of what runs once, in order, it keeps what is known of each name; what a branch or a loop may
/// change is forgotten, and nothing is said of a branch that may never be taken.
struct ShapeChecker {
  let knowledge: Checker.Knowledge
  /// How a function is called that is bound once at top level and has annotations.
  private(set) var functions: [String: Function] = [:]
  var names: [String: Known] = [:]
  private(set) var diagnostics: [Diagnostic] = []
  /// Above 0 where a statement may not be reached, or what it raises may be caught.
  private var doubt = 0

  static func check(_ module: Module, _ knowledge: Checker.Knowledge) -> [Diagnostic] {
    var checker = ShapeChecker(knowledge: knowledge)
    checker.run(module.statements)
    return checker.diagnostics
  }

  private init(knowledge: Checker.Knowledge) {
    self.knowledge = knowledge
    names = knowledge.values
  }

  mutating func report(_ mistake: ShapeMistake, at span: Span, arguments: [Argument] = []) {
    guard doubt == 0 else { return }
    var diagnostic = Diagnostic(mistake.kind, mistake.message, at: span, help: mistake.help)
    if let (place, label) = mistake.argument, place < arguments.count {
      diagnostic.span = arguments[place].span
      diagnostic.label = label
    }
    diagnostics.append(diagnostic)
  }

  // MARK: Statements

  private mutating func run(_ statements: [Statement]) {
    for statement in statements { run(statement) }
  }

  private mutating func run(_ statement: Statement) {
    switch statement.kind {
    case .expression(let expression): _ = known(expression)
    case .assignment(let targets, let value):
      let value = known(value)
      for target in targets { bind(target, to: value) }
    case .augmented(let target, let operation, let value): runAugmented(target, operation, value, statement.span)
    case .function(let function, let decorator):
      names[function.name] = .unknown
      functions[function.name] = decorator == nil || decorator?.kind == .compiled ? function : nil
    case .conditional(let test, let body, let other):
      _ = known(test)
      doubtfully { checker in
        checker.forget(body + other)
        checker.run(body)
        checker.forget(body + other)
        checker.run(other)
      }
      forget(body + other)
    case .whileLoop(_, let body, let other):
      forget(body + other)
      doubtfully { checker in checker.run(body) }
      forget(body + other)
    case .forLoop(let target, let iterable, let body, let other):
      _ = known(iterable)
      forget(target)
      forget(body + other)
      run(body)
      forget(target)
      forget(body + other)
    case .attempt(let body, let handlers, let other, let finally):
      let all = body + handlers.flatMap(\.body) + other + finally
      doubtfully { checker in checker.run(body) }
      forget(all)
      for handler in handlers { if let name = handler.name { names[name] = .unknown } }
    case .with(let items, let body):
      for item in items {
        _ = known(item.context)
        if let target = item.target { forget(target) }
      }
      run(body)
    case .deletion(let targets): for target in targets { forget(target) }
    case .assertion(let test, _): _ = known(test)
    case .importing(let modules): for module in modules { forget(module.boundName) }
    case .importingNames(_, _, let imported): for name in imported { forget(name.boundName) }
    case .returning, .breaking, .continuing, .pass, .raising, .broken: break
    }
  }

  private mutating func runAugmented(_ target: Expression, _ operation: BinaryOperator, _ value: Expression, _ span: Span) {
    let before = known(target)
    let result = apply(operation, before, known(value), at: span)
    guard case .name(let name) = target.kind else { return }
    names[name] = before.isTensor || result.isTensor ? result : .unknown
  }

  // MARK: Names

  private mutating func bind(_ target: Expression, to value: Known) {
    switch target.kind {
    case .name(let name):
      names[name] = value.named
      functions[name] = nil
    case .tuple(let parts), .list(let parts):
      if case .list(let values) = value, values.count == parts.count {
        for (part, value) in zip(parts, values) { bind(part, to: value) }
      } else {
        forget(target)
      }
    default: break
    }
  }

  private mutating func forget(_ name: String) {
    names[name] = .unknown
    functions[name] = nil
  }

  private mutating func forget(_ target: Expression) {
    for name in target.boundNames { forget(name) }
  }

  private mutating func forget(_ statements: [Statement]) {
    for name in Bindings.names(in: statements) { forget(name) }
  }

  /// Runs what may not be reached: nothing is said of it.
  mutating func doubtfully(_ body: (inout Self) -> Void) {
    doubt += 1
    body(&self)
    doubt -= 1
  }

  /// What is known of a name; a builtin's where nothing hides it.
  func lookUp(_ name: String) -> Known {
    if let value = names[name] { return value }
    guard let signature = knowledge.builtins[name] else { return .unknown }
    return .builtin(name, signature, knowledge.shapes[name])
  }
}
