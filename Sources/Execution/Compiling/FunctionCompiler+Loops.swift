import Diagnostics
import Parsing

extension FunctionCompiler {
  func compileWhile(_ test: Expression, _ body: [Statement], _ other: [Statement], at span: Span) {
    let start = builder.here
    let toOther = compileJumps(test, when: false)
    enclosures.append(.loop(Enclosure.Loop()))
    compile(body)
    let loop = closeLoop()
    builder.land(loop.continues, at: start)
    builder.land([builder.emit(.loop, at: test.span)], at: start)
    builder.land(toOther)
    compile(other)
    builder.land(loop.breaks)
  }

  func compileFor(_ target: Expression, _ iterable: Expression, _ body: [Statement], _ other: [Statement], at span: Span) {
    let state = builder.takeRegisters(3)
    scratch { builder.emit(.startLoop, .register(state), compile(iterable), at: iterable.span) }
    let toNext = builder.emit(.jump, at: span)
    let start = builder.here
    let item = compileItemTarget(target)
    enclosures.append(.loop(Enclosure.Loop()))
    compile(body)
    let loop = closeLoop()
    builder.land(loop.continues + [toNext])
    builder.mark(span.start(through: iterable.span), .turn)
    builder.emit(Instruction(.nextItem, a: UInt32(state), b: item.bits, c: UInt32(start)), at: iterable.span)
    compile(other)
    builder.land(loop.breaks)
  }

  private func closeLoop() -> Enclosure.Loop {
    guard case .loop(let loop)? = enclosures.popLast() else { return Enclosure.Loop() }
    return loop
  }

  func compileReturn(_ value: Expression?, at span: Span) {
    if value != nil { builder.draft.resultNote.returnsValue = true }
    scratch {
      let hasResultShape = builder.draft.shapes?.result != nil
      let result = value.map { compile($0) } ?? builder.constant(Value.none)
      if hasResultShape { builder.emit(.checkResult, .register(0), result, at: value?.span ?? span) }
      leave(by: .returning(result), at: span)
    }
  }
}

/// What a statement stands in that jumps out of it must heed.
enum Enclosure {
  /// A loop: its jumps are landed when it ends.
  struct Loop {
    var breaks: [Int] = []
    var continues: [Int] = []
  }

  /// A block whose end must run however it is left.
  struct Finally {
    /// Says how the block was left: 0 by its end, 1 by an error, from 2 on by `exits`.
    var selector: Operand
    /// The error, or the value to be returned.
    var carried: Operand
    var exits: [Exit] = []
    /// Jumps to the end block.
    var entries: [Int] = []
  }

  case loop(Loop)
  case finally(Finally)
  /// An `except` block, with the exception that `raise` alone raises again.
  case handler(exception: Operand)

  /// A way out of a block.
  enum Exit {
    case breaking
    case continuing
    case returning(Operand)
  }
}

extension FunctionCompiler {
  /// Leaves the enclosing blocks: up to a loop, or the whole function. The innermost `finally` on the way runs first; what
  /// follows it goes on from there.
  func leave(by exit: Enclosure.Exit, at span: Span) {
    for place in enclosures.indices.reversed() {
      switch (enclosures[place], exit) {
      case (.finally(var finally), _):
        if case .returning(let value) = exit, value != finally.carried {
          builder.emit(.move, finally.carried, value, at: span)
        }
        finally.exits.append(exit)
        builder.emit(.move, finally.selector, builder.constant(.int(finally.exits.count + 1)), at: span)
        finally.entries.append(builder.emit(.jump, at: span))
        enclosures[place] = .finally(finally)
        return
      case (.loop(var loop), .breaking):
        loop.breaks.append(builder.emit(.jump, at: span))
        enclosures[place] = .loop(loop)
        return
      case (.loop(var loop), .continuing):
        loop.continues.append(builder.emit(.loop, at: span))
        enclosures[place] = .loop(loop)
        return
      default: continue
      }
    }
    if case .returning(let value) = exit { builder.emit(.returnValue, value, at: span) }
  }
}
