import Diagnostics
import Parsing

extension FunctionCompiler {
  /// Assigns a value that was computed to a target.
  ///
  /// - Parameter source: what it was computed from, where that is one expression.
  func assign(_ value: Operand, to target: Expression, from source: Expression? = nil) {
    let span = target.span
    scratch {
      switch target.kind {
      case .name(let name): write(name, from: value, at: span)
      case .tuple(let parts), .list(let parts): unpack(value, into: parts, from: source, at: span)
      case .starred(let part): assign(value, to: part)
      case .item, .attribute:
        let path = preparePath(target)
        store(value, through: path, at: span)
      default: break
      }
    }
  }

  private func unpack(_ value: Operand, into parts: [Expression], from source: Expression?, at span: Span) {
    guard parts.count < UInt16.max else { return fail("a value cannot be unpacked into \(parts.count) names") }
    let star = parts.firstIndex { if case .starred = $0.kind { true } else { false } }
    let window = builder.takeRegisters(parts.count)
    builder.emit(
      Instruction(
        .unpack, a: UInt32(window), b: value.bits, c: UInt32(star.map { $0 + 1 } ?? 0), d: parts.count), at: span)
    if let source { builder.keep(source) }
    for (place, part) in parts.enumerated() { assign(.register(window + place), to: part) }
  }

  /// The operand into which a loop puts its items, followed by the code that takes them from there to the target.
  func compileItemTarget(_ target: Expression) -> Operand {
    if case .name(let name) = target.kind, let direct = directTarget(name) {
      noteBinding(name, at: target.span)
      return direct
    }
    // The register stays taken: the loop writes it anew at each turn.
    let item = builder.takeRegister()
    assign(item, to: target)
    return item
  }

  // MARK: Items and attributes

  /// A target like `net.dense1.weight[0, 1]` whose parts were computed: its root, the steps, and the keys in a row of registers
  /// with room for the value behind them.
  struct PreparedPath {
    var root: Operand
    var steps: [AssignmentPath.Step]
    var startsInCell: Bool
    var window: Int
    var target: Expression
    var keyCount: Int { steps.count { $0 == .item } }
  }

  func preparePath(_ target: Expression) -> PreparedPath {
    var steps: [AssignmentPath.Step] = []
    var keys: [Expression] = []
    var holder = target
    walk: while true {
      switch holder.kind {
      case .item(let container, let key):
        steps.append(.item)
        keys.append(key)
        holder = container
      case .attribute(let value, let name, _):
        steps.append(.attribute(name))
        holder = value
      default: break walk
      }
    }
    let (root, startsInCell) = root(holder)
    let window = builder.takeRegisters(keys.count + 1)
    for (place, key) in keys.reversed().enumerated() { compile(key, into: .register(window + place)) }
    return PreparedPath(root: root, steps: steps.reversed(), startsInCell: startsInCell, window: window, target: target)
  }

  private func root(_ holder: Expression) -> (Operand, startsInCell: Bool) {
    guard case .name(let name) = holder.kind else { return (compile(holder), false) }
    switch place(of: name) {
    case .register(let register): return (.register(register), false)
    case .global(let place): return (.global(place), false)
    case .cell(let cell): return (.register(cell), true)
    }
  }

  func store(_ value: Operand, through path: PreparedPath, at span: Span) {
    if path.steps == [.item], !path.startsInCell {
      builder.emit(.setItem, path.root, .register(path.window), value, at: span)
      return
    }
    move(value, to: .register(path.window + path.keyCount), at: span)
    let place = builder.path(AssignmentPath(steps: path.steps, startsInCell: path.startsInCell))
    builder.emit(Instruction(.assignPath, a: path.root.bits, b: UInt32(path.window), c: UInt32(place)), at: span)
    builder.keep(path.target)
  }

  /// Reads what a prepared path leads to; the keys stay in their registers.
  func load(_ path: PreparedPath, at span: Span) -> Operand {
    let value = builder.takeRegister()
    var holder = path.root
    if path.startsInCell {
      builder.emit(.readCell, value, path.root, at: span)
      holder = value
    }
    var key = path.window
    for step in path.steps {
      switch step {
      case .item:
        builder.emit(.item, value, holder, .register(key), at: span)
        key += 1
      case .attribute(let name): builder.emit(.attribute, value, holder, builder.constant(.string(name)), at: span)
      }
      holder = value
    }
    return value
  }

  func compileAugmented(_ target: Expression, _ operation: BinaryOperator, _ value: Expression, at span: Span) {
    scratch {
      if case .name(let name) = target.kind {
        updateName(name, target, operation, value, at: span)
      } else {
        let path = preparePath(target)
        let current = load(path, at: span)
        update(current, operation, with: compile(value), at: span)
        builder.keep(Expression(.binary(operation, target, value), span))
        store(current, through: path, at: span)
      }
    }
  }

  private func updateName(_ name: String, _ whole: Expression, _ operation: BinaryOperator, _ value: Expression, at span: Span) {
    if let target = directTarget(name) {
      update(target, operation, with: compile(value), at: span)
      builder.keep(Expression(.binary(operation, whole, value), span))
    } else {
      let current = read(name, at: span)
      update(current, operation, with: compile(value), at: span)
      builder.keep(Expression(.binary(operation, whole, value), span))
      write(name, from: current, at: span)
    }
  }

  private func update(_ target: Operand, _ operation: BinaryOperator, with value: Operand, at span: Span) {
    switch operation {
    case .add: builder.emit(.updateAdd, target, target, value, at: span)
    case .subtract: builder.emit(.updateSubtract, target, target, value, at: span)
    case .multiply: builder.emit(.updateMultiply, target, target, value, at: span)
    case .divide: builder.emit(.updateDivide, target, target, value, at: span)
    default:
      let number = BinaryOperation.allCases.firstIndex(of: operation) ?? 0
      builder.emit(Instruction(.update, a: target.bits, b: value.bits, c: UInt32(number)), at: span)
    }
  }

  // MARK: Deletion

  func compileDeletion(of target: Expression) {
    scratch {
      switch target.kind {
      case .name(let name): unbind(name, at: target.span, isCertain: false)
      case .item(let container, let key):
        let holder = compile(container)
        builder.emit(.deleteItem, holder, compile(key), at: target.span)
      case .tuple(let parts), .list(let parts): parts.forEach { compileDeletion(of: $0) }
      default: break
      }
    }
  }
}
