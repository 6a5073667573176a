import Parsing

/// The names that statements bind in their own function or module, once for each time that they do.
enum Bindings {
  static func names(in statements: [Statement]) -> [String] {
    var names: [String] = []
    collect(statements, into: &names)
    return names
  }

  /// The names that `del` unbinds: a builtin, or nothing, shows in their place.
  static func deleted(in statements: [Statement]) -> [String] {
    statements.flatMap { statement -> [String] in
      switch statement.kind {
      case .deletion(let targets): targets.flatMap(\.boundNames)
      case .conditional(_, let body, let other), .whileLoop(_, let body, let other), .forLoop(_, _, let body, let other):
        deleted(in: body) + deleted(in: other)
      case .attempt(let body, let handlers, let other, let finally):
        deleted(in: body) + handlers.flatMap { ($0.name.map { [$0] } ?? []) + deleted(in: $0.body) } + deleted(in: other)
          + deleted(in: finally)
      case .with(_, let body): deleted(in: body)
      default: []
      }
    }
  }

  private static func collect(_ statements: [Statement], into names: inout [String]) {
    for statement in statements {
      switch statement.kind {
      case .assignment(let targets, _): names += targets.flatMap(\.boundNames)
      case .augmented(let target, _, _): names += target.boundNames
      case .function(let function, _): names.append(function.name)
      case .conditional(_, let body, let other), .whileLoop(_, let body, let other):
        collect(body, into: &names)
        collect(other, into: &names)
      case .forLoop(let target, _, let body, let other):
        names += target.boundNames
        collect(body, into: &names)
        collect(other, into: &names)
      case .attempt(let body, let handlers, let other, let finally):
        collect(body, into: &names)
        for handler in handlers {
          if let name = handler.name { names.append(name) }
          collect(handler.body, into: &names)
        }
        collect(other, into: &names)
        collect(finally, into: &names)
      case .with(let items, let body):
        names += items.compactMap(\.target).flatMap(\.boundNames)
        collect(body, into: &names)
      case .importing(let modules): names += modules.map(\.boundName)
      case .importingNames(_, _, let imported): names += imported.map(\.boundName)
      default: break
      }
    }
  }
}
