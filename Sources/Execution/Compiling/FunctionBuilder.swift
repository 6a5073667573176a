import Checking
import Diagnostics
import Parsing

/// Collects the instructions of one function while it is compiled: registers, constants, jumps, handlers.
struct FunctionBuilder {
  var draft: CodeDraft
  private var constants: [ConstantKey: Int] = [:]
  private var methods: [String: Int] = [:]
  /// The first register that no variable and no intermediate value uses.
  private(set) var nextRegister: Int

  init(name: String, signature: Signature, variables: [String]) {
    draft = CodeDraft(signature: signature)
    draft.name = name
    draft.registerNames = variables
    draft.registerCount = variables.count
    nextRegister = variables.count
  }

  // MARK: Registers

  /// Takes a row of registers for intermediate values; they are given back with `release(to:)`.
  mutating func takeRegisters(_ count: Int = 1) -> Int {
    let first = nextRegister
    nextRegister += count
    draft.registerCount = max(draft.registerCount, nextRegister)
    return first
  }

  mutating func takeRegister() -> Operand { .register(takeRegisters()) }

  /// Gives back all registers taken since `nextRegister` had this value.
  mutating func release(to mark: Int) {
    nextRegister = mark
  }

  // MARK: Instructions

  /// The place of the instruction that comes next.
  var here: Int { draft.instructions.count }

  @discardableResult
  mutating func emit(
    _ opcode: Opcode, _ a: Operand = .register(0), _ b: Operand = .register(0), _ c: Operand = .register(0), d: Int = 0,
    at span: Span
  ) -> Int {
    emit(Instruction(opcode, a: a.bits, b: b.bits, c: c.bits, d: d), at: span)
  }

  @discardableResult
  mutating func emit(_ instruction: Instruction, at span: Span) -> Int {
    draft.instructions.append(instruction)
    draft.spans.append(span)
    return here - 1
  }

  /// Keeps what the last instruction was compiled from, for its errors.
  mutating func keep(_ expression: Expression) { draft.expressions[here - 1] = expression }

  /// Notes that a statement begins at the next instruction.
  mutating func mark(_ span: Span, _ kind: StatementMark.Kind = .start) {
    draft.marks.append(StatementMark(place: here, span: span, kind: kind))
  }

  /// Points the jumps at an instruction, the next one if none is named.
  mutating func land(_ jumps: [Int], at target: Int? = nil) {
    for jump in jumps { draft.instructions[jump].a = UInt32(target ?? here) }
  }

  // MARK: Tables

  mutating func constant(_ value: Value) -> Operand {
    guard let key = ConstantKey(value) else {
      draft.constants.append(value)
      return .constant(draft.constants.count - 1)
    }
    if let place = constants[key] { return .constant(place) }
    constants[key] = draft.constants.count
    draft.constants.append(value)
    return .constant(draft.constants.count - 1)
  }

  mutating func method(_ name: String) -> Int {
    if let place = methods[name] { return place }
    methods[name] = draft.methods.count
    draft.methods.append(MethodName(name))
    return draft.methods.count - 1
  }

  mutating func layout(_ layout: CallLayout) -> Int {
    draft.layouts.append(layout)
    return draft.layouts.count - 1
  }

  mutating func path(_ path: AssignmentPath) -> Int {
    draft.paths.append(path)
    return draft.paths.count - 1
  }

  mutating func code(_ code: Code) -> Int {
    draft.codes.append(code)
    return draft.codes.count - 1
  }

  /// Has the errors of a stretch of instructions caught. Inner stretches are told first.
  mutating func handle(_ range: Range<Int>, target: Int, register: Int, catches: Handler.Catches = .nothing) {
    guard !range.isEmpty else { return }
    draft.handlers.append(Handler(range: range, target: target, register: register, catches: catches))
  }
}

/// Tells constants apart by type and bits: `1`, `1.0` and `True` are three.
private enum ConstantKey: Hashable {
  case none, unbound, ellipsis
  case bool(Bool)
  case int(Int)
  case float(UInt64)
  case string(StringObject)

  init?(_ value: Value) {
    switch value {
    case .none: self = .none
    case .unbound: self = .unbound
    case .ellipsis: self = .ellipsis
    case .bool(let truth): self = .bool(truth)
    case .int(let number): self = .int(number)
    case .float(let number): self = .float(number.bitPattern)
    case .string(let text): self = .string(text)
    default: return nil
    }
  }
}
