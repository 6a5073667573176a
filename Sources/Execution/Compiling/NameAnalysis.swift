import Parsing

/// Which names are a function's own, as Python decides it: what is bound anywhere in a function is its own all through.
struct FunctionNames {
  /// Bound in the body, in the order in which they are met; without the parameters.
  var bound: [String] = []
  /// Read in the function or in functions within it, and bound in neither.
  var free: Set<String> = []
  /// Those of the function's own that functions within it read.
  var captured: Set<String> = []
}

/// Walks functions once, inner ones first, and remembers what it found.
final class NameAnalysis {
  private var known: [Int: FunctionNames] = [:]

  func names(of function: Function) -> FunctionNames {
    if let names = known[function.id] { return names }
    var walk = NameWalk(self)
    for parameter in function.parameters {
      for dimension in parameter.shape?.dimensions ?? [] { for name in dimension.names { walk.bind(name) } }
    }
    switch function.body {
    case .statements(let statements): walk.visit(statements)
    case .expression(let expression): walk.visit(expression)
    }
    let names = walk.result(parameters: function.parameters.map(\.name))
    known[function.id] = names
    return names
  }

  /// The comprehension's own names that functions within it read.
  func captured(in clauses: Comprehension, results: [Expression]) -> Set<String> {
    var walk = NameWalk(self)
    for clause in clauses.clauses {
      walk.visit(clause.iterable)
      clause.conditions.forEach { walk.visit($0) }
    }
    results.forEach { walk.visit($0) }
    return walk.readWithin
  }
}

/// One function's walk over its tree.
private struct NameWalk {
  private let analysis: NameAnalysis
  private var bound: [String] = []
  private var boundSet: Set<String> = []
  private var read: Set<String> = []
  /// Read by functions within.
  private(set) var readWithin: Set<String> = []
  /// Names of the comprehensions that one is in.
  private var own: [Set<String>] = []

  init(_ analysis: NameAnalysis) {
    self.analysis = analysis
  }

  func result(parameters: [String]) -> FunctionNames {
    let all = boundSet.union(parameters)
    return FunctionNames(
      bound: bound.filter { !parameters.contains($0) }, free: read.union(readWithin).subtracting(all),
      captured: readWithin.intersection(all))
  }

  mutating func bind(_ name: String) {
    if own.contains(where: { $0.contains(name) }) { return }
    if boundSet.insert(name).inserted { bound.append(name) }
  }

  private mutating func use(_ name: String) {
    if !own.contains(where: { $0.contains(name) }) { read.insert(name) }
  }

  mutating func visit(_ statements: [Statement]) { for statement in statements { visit(statement) } }

  private mutating func visit(_ statement: Statement) {
    switch statement.kind {
    case .expression(let expression): visit(expression)
    case .assignment(let targets, let value):
      visit(value)
      targets.forEach { assign($0) }
    case .augmented(let target, _, let value):
      visit(target)
      visit(value)
      assign(target)
    case .function(let function, _):
      visit(function)
      bind(function.name)
    case .returning(let value): value.map { visit($0) }
    case .conditional(let test, let body, let other), .whileLoop(let test, let body, let other):
      visit(test)
      visit(body)
      visit(other)
    case .forLoop(let target, let iterable, let body, let other):
      visit(iterable)
      assign(target)
      visit(body)
      visit(other)
    case .assertion(let test, let message):
      visit(test)
      message.map { visit($0) }
    case .raising(let error, let cause):
      error.map { visit($0) }
      cause.map { visit($0) }
    case .attempt(let body, let handlers, let other, let finally):
      visit(body)
      for handler in handlers {
        handler.kinds.forEach { visit($0) }
        handler.name.map { bind($0) }
        visit(handler.body)
      }
      visit(other)
      visit(finally)
    case .with(let items, let body):
      for item in items {
        visit(item.context)
        item.target.map { assign($0) }
      }
      visit(body)
    case .deletion(let targets): targets.forEach { assign($0) }
    case .importing(let modules): modules.forEach { bind($0.boundName) }
    case .importingNames(_, _, let names): names.forEach { bind($0.boundName) }
    case .breaking, .continuing, .pass, .broken: break
    }
  }

  /// Binds the names in a target, and visits what it is made of otherwise.
  private mutating func assign(_ target: Expression) {
    switch target.kind {
    case .name(let name): bind(name)
    case .tuple(let parts), .list(let parts): parts.forEach { assign($0) }
    case .starred(let part): assign(part)
    default: visit(target)
    }
  }

  private mutating func visit(_ function: Function) {
    for parameter in function.parameters { parameter.defaultValue.map { visit($0) } }
    for name in analysis.names(of: function).free where !own.contains(where: { $0.contains(name) }) { readWithin.insert(name) }
  }

  mutating func visit(_ expression: Expression) {
    switch expression.kind {
    case .none, .ellipsis, .bool, .int, .float, .string, .broken: break
    case .name(let name): use(name)
    case .formatted(let parts): visit(parts)
    case .tuple(let parts), .list(let parts), .logical(_, let parts): parts.forEach { visit($0) }
    case .dict(let entries):
      for entry in entries {
        switch entry {
        case .pair(let key, let value):
          visit(key)
          visit(value)
        case .spread(let other): visit(other)
        }
      }
    case .unary(_, let operand), .attribute(let operand, _, _), .starred(let operand): visit(operand)
    case .binary(_, let left, let right), .item(let left, let right):
      visit(left)
      visit(right)
    case .comparison(let first, let rest):
      visit(first)
      rest.forEach { visit($0.operand) }
    case .conditional(let test, let value, let other):
      visit(test)
      visit(value)
      visit(other)
    case .lambda(let function): visit(function)
    case .call(let callee, let arguments):
      visit(callee)
      arguments.forEach { visit($0.value) }
    case .slice(let start, let stop, let step):
      for part in [start, stop, step] { part.map { visit($0) } }
    case .listComprehension(let element, let clauses): visit(clauses, results: [element])
    case .dictComprehension(let key, let value, let clauses): visit(clauses, results: [key, value])
    }
  }

  private mutating func visit(_ parts: [Expression.FormattedPart]) {
    for case .value(let value, _, let spec) in parts {
      visit(value)
      visit(spec)
    }
  }

  private mutating func visit(_ comprehension: Comprehension, results: [Expression]) {
    // The first iterable is read outside.
    comprehension.clauses.first.map { visit($0.iterable) }
    own.append(Set(comprehension.clauses.flatMap { $0.target.boundNames }))
    for (place, clause) in comprehension.clauses.enumerated() {
      if place > 0 { visit(clause.iterable) }
      assign(clause.target)
      clause.conditions.forEach { visit($0) }
    }
    results.forEach { visit($0) }
    own.removeLast()
  }
}
