extension Machine {
  /// Runs the innermost frame until it returns, and gives what it returned.
  ///
  /// Calls of bp functions by bp functions stay within this one call. An error looks for a handler in the frames that were
  /// begun since; where there is none they end, and it is thrown.
  func loop(from entryDepth: Int) throws(RuntimeError) -> Value {
    while true {
      do throws(RuntimeError) {
        return try runPlain(downTo: entryDepth)
      } catch {
        try handle(error, downTo: entryDepth)
      }
    }
  }

  /// Puts the exception where the nearest handler wants it, and lets the frame go on there.
  private func handle(_ error: RuntimeError, downTo entryDepth: Int) throws(RuntimeError) {
    let isNew = error.exception.trace.isEmpty
    locate(error.exception)
    var error = error
    if isNew, let tracer { error = tell(tracer, of: error) }
    while depth > entryDepth {
      let frame = frames[depth - 1]
      let place = frame.next - frame.code.instructions - 1
      precondition(place >= 0, "an error comes from an instruction")
      if let handler = frame.code.handlers.first(where: { $0.range.contains(place) }) {
        frame.base[handler.register] = .exception(error.exception)
        frames[depth - 1].next = frame.code.instructions + handler.target
        return
      }
      pop()
    }
    throw error
  }

  @inline(never)
  private func runPlain(downTo entryDepth: Int) throws(RuntimeError) -> Value {
    try runInstructions(downTo: entryDepth, isFollowed: false)
  }

  @inline(never)
  private func runFollowed(downTo entryDepth: Int) throws(RuntimeError) -> Value {
    try runInstructions(downTo: entryDepth, isFollowed: true)
  }

  /// The machine's one loop. Arithmetic and comparison of plain numbers, jumps, loops over ranges and lists and calls are done
  /// here; all else is in functions of its own, which keeps this one in the processor's registers. Errors leave it by
  /// throwing, with `next` of the frame telling where; so `next` is written before anything that may throw.
  ///
  /// - Parameter isFollowed: whether traps are told of here: the loop is compiled once without, so that it costs nothing to be able
  ///   to debug, and once with, where it goes on from the first trap.
  @inline(__always)
  private func runInstructions(downTo entryDepth: Int, isFollowed: Bool) throws(RuntimeError) -> Value {
    let spaces = self.spaces
    let interrupt = self.interrupt
    var frame = frames + (depth - 1)
    var next = frame.pointee.next
    var base = frame.pointee.base

    @inline(__always) func at(_ bits: UInt32) -> UnsafeMutablePointer<Value> {
      spaces[Int(bits >> 30)] + Int(bits & 0x3fff_ffff)
    }
    /// Stores a number; what was there before needs no release if it is a number itself.
    @inline(__always) func set(_ target: UnsafeMutablePointer<Value>, _ number: Value) {
      if target.pointee.isPlain { target.initialize(to: number) } else { target.pointee = number }
    }
    @inline(__always) func jump(_ target: UInt32) {
      next = frame.pointee.function._withUnsafeGuaranteedRef(\.entry) + Int(target)
    }

    run: while true {
      var instruction = next
      next += 1
      frame.pointee.next = next
      while true {
        let (a, b, c) = (instruction.pointee.a, instruction.pointee.b, instruction.pointee.c)
        switch instruction.pointee.opcode {
        case .move:
          let source = at(b)
          if case .unbound = source.pointee { throw unbound(b) }
          at(a).pointee = source.pointee
        case .take:
          at(a).pointee = (base + Int(b)).move()
          (base + Int(b)).initialize(to: .unbound)
        case .clear: at(a).pointee = .unbound
        case .delete: try delete(a)

        case .add, .updateAdd:
          switch (at(b).pointee, at(c).pointee) {
          case (.int(let x), .int(let y)):
            let (sum, overflow) = x.addingReportingOverflow(y)
            if !overflow {
              set(at(a), .int(sum))
            } else {
              try operate(instruction)
            }
          case (.float(let x), .float(let y)): set(at(a), .float(x + y))
          case (.float(let x), .int(let y)): set(at(a), .float(x + Double(y)))
          case (.int(let x), .float(let y)): set(at(a), .float(Double(x) + y))
          default: try operate(instruction)
          }
        case .subtract, .updateSubtract:
          switch (at(b).pointee, at(c).pointee) {
          case (.int(let x), .int(let y)):
            let (difference, overflow) = x.subtractingReportingOverflow(y)
            if !overflow {
              set(at(a), .int(difference))
            } else {
              try operate(instruction)
            }
          case (.float(let x), .float(let y)): set(at(a), .float(x - y))
          case (.float(let x), .int(let y)): set(at(a), .float(x - Double(y)))
          case (.int(let x), .float(let y)): set(at(a), .float(Double(x) - y))
          default: try operate(instruction)
          }
        case .multiply, .updateMultiply:
          switch (at(b).pointee, at(c).pointee) {
          case (.int(let x), .int(let y)):
            let (product, overflow) = x.multipliedReportingOverflow(by: y)
            if !overflow {
              set(at(a), .int(product))
            } else {
              try operate(instruction)
            }
          case (.float(let x), .float(let y)): set(at(a), .float(x * y))
          case (.float(let x), .int(let y)): set(at(a), .float(x * Double(y)))
          case (.int(let x), .float(let y)): set(at(a), .float(Double(x) * y))
          default: try operate(instruction)
          }
        case .divide, .updateDivide:
          switch (at(b).pointee, at(c).pointee) {
          case (.float(let x), .float(let y)) where y != 0: set(at(a), .float(x / y))
          case (.int(let x), .int(let y)) where y != 0: set(at(a), .float(Double(x) / Double(y)))
          case (.float(let x), .int(let y)) where y != 0: set(at(a), .float(x / Double(y)))
          default: try operate(instruction)
          }
        case .floorDivide:
          switch (at(b).pointee, at(c).pointee) {
          case (.int(let x), .int(let y)) where y > 0: set(at(a), .int(Arithmetic.floorQuotient(x, y)))
          default: try operate(instruction)
          }
        case .modulo:
          switch (at(b).pointee, at(c).pointee) {
          case (.int(let x), .int(let y)) where y > 0:
            let rest = x % y
            set(at(a), .int(rest < 0 ? rest + y : rest))
          default: try operate(instruction)
          }
        case .power, .matrixMultiply, .and, .or, .update, .negate, .plus, .invert: try operate(instruction)
        case .not: at(a).pointee = .bool(!(try isTrue(b)))

        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: try compare(instruction)
        case .isSame: at(a).pointee = .bool(try read(b).isIdentical(to: read(c)))
        case .isNotSame: at(a).pointee = .bool(!(try read(b).isIdentical(to: read(c))))
        case .contains: at(a).pointee = .bool(try contains(read(c), read(b)))
        case .lacks: at(a).pointee = .bool(!(try contains(read(c), read(b))))

        case .jump: jump(a)
        case .loop:
          if interrupt.isAsked { try attend() }
          jump(a)
        case .jumpIf:
          if case .bool(let truth) = at(b).pointee {
            if truth { jump(a) }
          } else if try isTrue(b) {
            jump(a)
          }
        case .jumpUnless:
          if case .bool(let truth) = at(b).pointee {
            if !truth { jump(a) }
          } else if !(try isTrue(b)) {
            jump(a)
          }
        case .unlessEqual:
          switch (at(b).pointee, at(c).pointee) {
          case (.int(let x), .int(let y)): if x != y { jump(a) }
          case (.float(let x), .float(let y)): if x != y { jump(a) }
          default: if !(try test(.equal, b, c)) { jump(a) }
          }
        case .unlessNotEqual:
          switch (at(b).pointee, at(c).pointee) {
          case (.int(let x), .int(let y)): if x == y { jump(a) }
          case (.float(let x), .float(let y)): if x == y { jump(a) }
          default: if !(try test(.notEqual, b, c)) { jump(a) }
          }
        case .unlessLess:
          switch (at(b).pointee, at(c).pointee) {
          case (.int(let x), .int(let y)): if !(x < y) { jump(a) }
          case (.float(let x), .float(let y)): if !(x < y) { jump(a) }
          default: if !(try test(.less, b, c)) { jump(a) }
          }
        case .unlessLessOrEqual:
          switch (at(b).pointee, at(c).pointee) {
          case (.int(let x), .int(let y)): if !(x <= y) { jump(a) }
          case (.float(let x), .float(let y)): if !(x <= y) { jump(a) }
          default: if !(try test(.lessOrEqual, b, c)) { jump(a) }
          }
        case .unlessGreater:
          switch (at(b).pointee, at(c).pointee) {
          case (.int(let x), .int(let y)): if !(x > y) { jump(a) }
          case (.float(let x), .float(let y)): if !(x > y) { jump(a) }
          default: if !(try test(.greater, b, c)) { jump(a) }
          }
        case .unlessGreaterOrEqual:
          switch (at(b).pointee, at(c).pointee) {
          case (.int(let x), .int(let y)): if !(x >= y) { jump(a) }
          case (.float(let x), .float(let y)): if !(x >= y) { jump(a) }
          default: if !(try test(.greaterOrEqual, b, c)) { jump(a) }
          }

        case .startLoop: try startLoop(base + Int(a), over: read(b))
        case .nextItem:
          if interrupt.isAsked { try attend() }
          let state = base + Int(a)
          switch state.pointee {
          case .int(let number):
            guard case .int(let rest) = state[1], rest > 0, case .int(let step) = state[2] else { continue run }
            (state + 1).initialize(to: .int(rest - 1))
            state.initialize(to: .int(number &+ step))
            set(at(b), .int(number))
            jump(c)
          case .list(let list):
            guard case .int(let place) = state[1], place < list.elements.count else {
              state.pointee = .unbound
              continue run
            }
            (state + 1).initialize(to: .int(place + 1))
            at(b).pointee = list.elements[place]
            jump(c)
          default: if try takeItem(state, into: at(b)) { jump(c) }
          }

        case .call:
          if interrupt.isAsked { try attend() }
          let window = base + Int(a)
          if instruction.pointee.d == 1, case .native = at(b).pointee, try callDirectly(at(b), window + 1, c) { continue run }
          window.pointee = at(b).pointee
          if case .function(let function) = window.pointee, function.plainCount == Int(instruction.pointee.d) {
            try push(.passUnretained(function), window: window)
          } else {
            if case .unbound = window.pointee { throw unbound(b) }
            guard try !callSlowly(instruction, window) else { continue run }
          }
          frame = frames + (depth - 1)
          next = frame.pointee.next
          base = frame.pointee.base
        case .callMethod:
          if interrupt.isAsked { try attend() }
          guard try !callMethod(instruction, base + Int(a)) else { continue run }
          frame = frames + (depth - 1)
          next = frame.pointee.next
          base = frame.pointee.base
        case .callLaidOut:
          if interrupt.isAsked { try attend() }
          guard try !callLaidOut(instruction, base + Int(a)) else { continue run }
          frame = frames + (depth - 1)
          next = frame.pointee.next
          base = frame.pointee.base
        case .returnValue:
          let value = try returned(a)
          pop()
          if depth == entryDepth { return value }
          frame = frames + (depth - 1)
          next = frame.pointee.next
          base = frame.pointee.base
          // The instruction before is the call, and says where its result goes.
          at((next - 1).pointee.c).pointee = value

        case .item:
          if case .list(let list) = at(b).pointee, case .int(let place) = at(c).pointee, place >= 0,
            place < list.elements.count
          {
            at(a).pointee = list.elements[place]
          } else {
            at(a).pointee = try item(of: read(b), at: read(c))
          }
        case .setItem:
          if case .list(let list) = at(a).pointee, case .int(let place) = at(b).pointee, place >= 0,
            place < list.elements.count, !at(c).pointee.isUnbound
          {
            list.elements[place] = at(c).pointee
          } else {
            _ = try read(a)
            try setItem(of: &at(a).pointee, at: read(b), to: read(c))
          }
        case .append:
          if case .list(let list) = base[Int(a)] {
            try chargeGrowth(of: list)
            list.elements.append(try read(b))
          }
        case .readCell:
          guard case .cell(let cell) = base[Int(b)], !cell.value.isUnbound else { throw unbound(b) }
          at(a).pointee = cell.value
        case .writeCell:
          if case .cell(let cell) = base[Int(a)] { cell.value = try read(b) }
        case .trap:
          guard isFollowed else {
            frame.pointee.next = instruction
            return try runFollowed(downTo: entryDepth)
          }
          instruction = try trapped(instruction)
          continue
        default: try perform(instruction)
        }
        continue run
      }
    }
  }
}
