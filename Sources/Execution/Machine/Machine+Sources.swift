import Checking
import Diagnostics
import Parsing

// What the source says of the instruction that runs: looked up only when it has failed.
extension Machine {
  /// What the instruction that runs was compiled from, where that is kept.
  var runningExpression: Expression? {
    guard depth > 0 else { return nil }
    let frame = frames[depth - 1]
    return frame.code.expressions[frame.next - frame.code.instructions - 1]
  }

  /// A call as it is written.
  struct CallSource {
    var callee: Expression
    var arguments: [Argument]
    /// Whether it is a method's: the value before the point is the first argument.
    var hasReceiver: Bool

    /// The argument of a parameter; `position` counts the parameters that take arguments by position.
    func argument(_ name: String, position: Int?) -> Expression? {
      for argument in arguments {
        if case .keyword(name) = argument.kind { return argument.value }
      }
      guard let position else { return nil }
      if hasReceiver, position == 0 {
        if case .attribute(let receiver, _, _) = callee.kind { return receiver }
      }
      let place = position - (hasReceiver ? 1 : 0)
      let leading = arguments.prefix { $0.kind == .positional }
      return leading.indices.contains(place) ? leading[place].value : nil
    }

    func keyword(_ name: String) -> Argument? { arguments.last { $0.kind == .keyword(name) } }
  }

  /// The call that runs, if it is one of a function of this name.
  func callSource(of function: String) -> CallSource? {
    guard case .call(let callee, let arguments)? = runningExpression?.kind else { return nil }
    switch callee.kind {
    case .name(let name):
      guard name == function || value(named: name)?.calledName == function else { return nil }
      return CallSource(callee: callee, arguments: arguments, hasReceiver: false)
    case .attribute(let value, let name, _):
      guard name == function else { return nil }
      var isModule = false
      if case .name(let root) = value.kind, case .module? = self.value(named: root) { isModule = true }
      return CallSource(callee: callee, arguments: arguments, hasReceiver: !isModule)
    case .lambda: return CallSource(callee: callee, arguments: arguments, hasReceiver: false)
    default: return nil
    }
  }

  /// The value of a name in the frame that runs; builtins too.
  func value(named name: String) -> Value? {
    guard depth > 0 else { return nil }
    let frame = frames[depth - 1]
    guard let register = frame.code.registerNames.firstIndex(of: name) else { return frame.globals[name] }
    if case .cell(let cell) = frame.base[register] { return cell.value }
    return frame.base[register]
  }

  /// Where a name was bound that hides a builtin; nil where it hides none.
  func hiding(of name: String) -> Span? {
    guard depth > 0 else { return nil }
    let frame = frames[depth - 1]
    guard frame.globals.hasBuiltin(name) else { return nil }
    if let span = frame.code.hidings[name] { return span }
    guard !frame.code.registerNames.contains(name), frame.globals.boundNames.contains(name) else { return nil }
    return frame.globals.hidings[name]
  }

  /// The help where an error comes from a hidden builtin; nil where the expression is none.
  func hidingHelp(_ expression: Expression?) -> String? {
    guard case .name(let name)? = expression?.kind, let span = hiding(of: name) else { return nil }
    let isTop = frames[depth - 1].code.hidings[name] == nil
    return Complaint.hiding(name, at: place(of: span), isTop: isTop)
  }

  /// `line 4`, or with the source's name where it is another than the one that runs.
  func place(of span: Span) -> String {
    let isHere = depth > 0 && self.span(of: frames[depth - 1])?.source === span.source
    return isHere ? "line \(span.start.line)" : "\(span.source.name):\(span.start.line)"
  }

  /// Why a value may be None: a function without its return, or an attribute that nothing has filled yet.
  func helpForNone(_ expression: Expression?) -> String? {
    guard let expression, depth > 0 else { return nil }
    switch expression.kind {
    case .attribute(let value, let name, _):
      return advice.absent[name].map { "\(expression.span.text) is None: \($0.replacing("…", with: value.span.text))" }
    case .call(let callee, _):
      guard case .name(let name) = callee.kind, case .function(let function)? = value(named: name),
        !function.code.resultNote.returnsValue
      else { return nil }
      return "\(name) returns nothing: end it with return \(function.code.resultNote.lastName ?? "…")"
    case .name(let name): return helpForNone(frames[depth - 1].code.resultNote.calls[name])
    default: return nil
    }
  }
}

extension Value {
  /// The name that a function is called by in errors.
  var calledName: String? {
    switch self {
    case .function(let function): function.name
    case .native(let function): function.name
    case .method(let method): method.function.name
    case .type(let type): type.name
    default: nil
    }
  }
}

extension Expression {
  /// An item of a list that is written out, found by its places in nested lists; nil where they lead to none.
  func item(at path: some Sequence<Int>) -> Expression? {
    var item = self
    for place in path {
      switch item.kind {
      case .list(let parts), .tuple(let parts):
        guard parts.indices.contains(place) else { return nil }
        item = parts[place]
      default: return nil
      }
    }
    return item
  }

  /// The attribute of a name within a row of attributes and items.
  func attributeSpan(_ name: String) -> Span? {
    switch kind {
    case .attribute(let value, let found, let span): found == name ? span : value.attributeSpan(name)
    case .item(let value, _): value.attributeSpan(name)
    case .call(let callee, _): callee.attributeSpan(name)
    default: nil
    }
  }
}
