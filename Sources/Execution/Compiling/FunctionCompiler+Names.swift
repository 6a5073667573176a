import Diagnostics
import Parsing

extension FunctionCompiler {
  /// The operand that holds a name's value; the value in a cell is read into a register first.
  func read(_ name: String, at span: Span) -> Operand {
    switch place(of: name) {
    case .register(let register): return .register(register)
    case .global(let place): return .global(place)
    case .cell(let cell):
      let target = builder.takeRegister()
      builder.emit(.readCell, target, .register(cell), at: span)
      return target
    }
  }

  /// The operand into which a name's value may be computed directly; nil for cells.
  func directTarget(_ name: String) -> Operand? {
    switch place(of: name) {
    case .register(let register): .register(register)
    case .global(let place): .global(place)
    case .cell: nil
    }
  }

  func write(_ name: String, from value: Operand, at span: Span) {
    noteBinding(name, at: span)
    switch place(of: name) {
    case .register(let register): move(value, to: .register(register), at: span)
    case .global(let place): move(value, to: .global(place), at: span)
    case .cell(let cell): builder.emit(.writeCell, .register(cell), value, at: span)
    }
  }

  /// Copies a value; an intermediate one is taken from its register, so that it has one holder.
  func move(_ value: Operand, to target: Operand, at span: Span) {
    if value == target { return }
    builder.emit(isTemporary(value) ? .take : .move, target, value, at: span)
  }

  /// Computes a value and binds it to a name.
  func bind(_ name: String, to value: Expression, at span: Span) {
    defer { noteBinding(name, to: value, at: span) }
    scratch {
      if let target = directTarget(name), !value.mayWriteEarly {
        compile(value, into: target)
      } else {
        write(name, from: compile(value), at: span)
      }
    }
  }

  /// Keeps what errors tell of a name: where it hides a builtin, which call it is the result of.
  func noteBinding(_ name: String, to value: Expression? = nil, at span: Span) {
    builder.draft.resultNote.lastName = name
    builder.draft.resultNote.calls[name] = nil
    if let value, case .call = value.kind { builder.draft.resultNote.calls[name] = value }
    guard globals.hasBuiltin(name) else { return }
    if case .global = place(of: name) {
      globals.noteHiding(of: name, at: span)
    } else if builder.draft.hidings[name] == nil {
      builder.draft.hidings[name] = span
    }
  }

  func unbind(_ name: String, at span: Span, isCertain: Bool) {
    switch place(of: name) {
    case .register(let register): builder.emit(isCertain ? .clear : .delete, .register(register), at: span)
    case .global(let place): builder.emit(isCertain ? .restore : .delete, .global(place), at: span)
    case .cell(let cell): builder.emit(.clearCell, .register(cell), d: isCertain ? 1 : 0, at: span)
    }
  }
}

extension Expression {
  /// Whether its target is written before all of its parts are read, so that it must not be computed into a name in use.
  var mayWriteEarly: Bool {
    switch kind {
    case .logical: true
    case .comparison(_, let rest): rest.count > 1
    case .conditional(_, let value, let other): value.mayWriteEarly || other.mayWriteEarly
    default: false
    }
  }
}
