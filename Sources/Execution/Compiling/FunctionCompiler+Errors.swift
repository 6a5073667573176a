import Diagnostics
import Parsing

extension FunctionCompiler {
  func compileRaise(_ error: Expression?, _ cause: Expression?, at span: Span) {
    if let error {
      let value = compile(error)
      cause.map { _ = compile($0) }
      builder.emit(.raise, .register(0), value, at: span)
      return
    }
    for case .handler(let exception) in enclosures.reversed() {
      builder.emit(.reraise, exception, at: span)
      return
    }
    builder.emit(.raise, .register(0), builder.constant(Value.none), at: span)
  }

  func compileAttempt(
    _ body: [Statement], _ handlers: [Statement.Handler], _ other: [Statement], finally: [Statement], at span: Span
  ) {
    guard !finally.isEmpty else { return compileHandled(body, handlers, other, at: span) }
    compileGuarded(at: span) {
      if handlers.isEmpty { compile(body) } else { compileHandled(body, handlers, other, at: span) }
    } end: {
      compile(finally)
    }
  }

  private func compileHandled(_ body: [Statement], _ handlers: [Statement.Handler], _ other: [Statement], at span: Span) {
    let exception = builder.takeRegister()
    let start = builder.here
    compile(body)
    // An interrupt that the last statement let pass, as a training does, still belongs to the body.
    builder.land([builder.emit(.loop, at: body.last?.span ?? span)])
    let covered = start..<builder.here
    // Errors of the `else` block are not those of the body.
    compile(other)
    var toEnd = [builder.emit(.jump, at: span)]
    builder.handle(
      covered, target: builder.here, register: exception.place, catches: .kinds(handlers.map(\.kinds)))
    for handler in handlers {
      builder.mark(handler.header)
      let toNext = compileTest(handler, exception)
      compile(handler, exception)
      toEnd.append(builder.emit(.jump, at: handler.span))
      builder.land(toNext)
    }
    builder.emit(.reraise, exception, at: span)
    builder.land(toEnd)
  }

  /// The jumps taken when a handler does not take the exception.
  private func compileTest(_ handler: Statement.Handler, _ exception: Operand) -> [Int] {
    guard !handler.kinds.isEmpty else { return [] }
    return scratch {
      let result = builder.takeRegister()
      var toBody: [Int] = []
      for kind in handler.kinds {
        builder.emit(.matches, result, exception, compile(kind), at: kind.span)
        toBody.append(builder.emit(.jumpIf, .register(0), result, at: kind.span))
      }
      let toNext = builder.emit(.jump, at: handler.span)
      builder.land(toBody)
      return [toNext]
    }
  }

  private func compile(_ handler: Statement.Handler, _ exception: Operand) {
    enclosures.append(.handler(exception: exception))
    if let name = handler.name {
      let span = handler.nameSpan ?? handler.span
      scratch {
        let copy = builder.takeRegister()
        builder.emit(.move, copy, exception, at: span)
        write(name, from: copy, at: span)
      }
      // However the block is left, the name is unbound behind it.
      compileGuarded(at: span) {
        compile(handler.body)
      } end: {
        unbind(name, at: span, isCertain: true)
      }
    } else {
      compile(handler.body)
    }
    enclosures.removeLast()
  }

  func compileWith(_ items: ArraySlice<Statement.WithItem>, _ body: [Statement], at span: Span) {
    guard let item = items.first else { return compile(body) }
    let context = builder.takeRegister()
    let span = item.context.span
    compile(item.context, into: context)
    scratch {
      let entered = builder.takeRegister()
      builder.emit(.enter, entered, context, at: span)
      if let target = item.target { assign(entered, to: target) }
    }
    compileGuarded(at: span) {
      compileWith(items.dropFirst(), body, at: span)
    } end: {
      builder.emit(.exit, .register(0), context, at: span)
    }
  }

  /// Compiles a block and its end, which runs however the block is left. The end stands in the code once: a register says where
  /// to go on behind it.
  private func compileGuarded(at span: Span, _ body: () -> Void, end: () -> Void) {
    let (selector, carried) = (builder.takeRegister(), builder.takeRegister())
    enclosures.append(.finally(Enclosure.Finally(selector: selector, carried: carried)))
    let start = builder.here
    body()
    let covered = start..<builder.here
    guard case .finally(let finally)? = enclosures.popLast() else { return }
    builder.emit(.move, selector, builder.constant(.int(0)), at: span)
    let toEnd = builder.emit(.jump, at: span)
    builder.handle(covered, target: builder.here, register: carried.place)
    builder.emit(.move, selector, builder.constant(.int(1)), at: span)
    builder.land(finally.entries + [toEnd])
    scratch(end)
    let toRaise = builder.emit(.unlessNotEqual, .register(0), selector, builder.constant(.int(1)), at: span)
    for (place, exit) in finally.exits.enumerated() {
      let toNext = builder.emit(.unlessEqual, .register(0), selector, builder.constant(.int(place + 2)), at: span)
      if case .returning = exit { leave(by: .returning(carried), at: span) } else { leave(by: exit, at: span) }
      builder.land([toNext])
    }
    let toRest = builder.emit(.jump, at: span)
    builder.land([toRaise])
    builder.emit(.reraise, carried, at: span)
    builder.land([toRest])
  }
}
