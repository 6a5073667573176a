import Tensors

/// A tensor and, where a gradient can flow through it, how it was computed.
///
/// A variable never changes its value. It is tracked if it is a parameter's value, an argument that a function is
/// differentiated in, or was recorded: computed from a tracked one.
public final class Variable {
  /// The value for what changes no result: kernels, shapes, checks.
  public let data: Tensor

  /// The value. Reading that of something traced decides something outside the trace, which so learns of it.
  public var value: Tensor {
    if traced != .nowhere || parameter != nil { Recorder.current.trace?.noteRead(of: self) }
    return data
  }

  /// Where the value stands in the trace that it was computed under.
  var traced = Trace.Place.nowhere

  /// Whether a gradient can flow to this variable.
  public let isTracked: Bool

  /// What was done to `inputs`; none for a constant, a parameter's value or an argument.
  public var operation: Operation? { recorded }

  /// The settings of the operation.
  public private(set) var attributes: Attributes

  /// The operands of the operation.
  public private(set) var inputs: Inputs

  /// Where in the program the operation stands: what `Recorder.site` was.
  public let site: Int32

  /// The parameter whose value this is.
  public let parameter: Parameter?

  // Operations are immortal entries of the table, so a node need not count its reference.
  private unowned(unsafe) let recorded: Operation?

  private var ownMark = Mark()

  // Every value that a parameter had counts as the parameter, so they share its mark.
  var mark: Mark {
    get { parameter?.mark ?? ownMark }
    set {
      if let parameter { parameter.mark = newValue } else { ownMark = newValue }
    }
  }

  private var stored: Tensor?
  private var fillingPass: UInt64 = 0

  /// The tape that holds this variable as a start of differentiation, and its number there.
  @exclusivity(unchecked) var tape: UnsafeMutableRawPointer?
  @exclusivity(unchecked) var tapePlace = ScalarID.none

  /// A constant.
  public init(_ value: Tensor) {
    data = value
    isTracked = false
    recorded = nil
    attributes = .none
    inputs = .none
    site = Recorder.noSite
    parameter = nil
  }

  /// A start of differentiation: an argument, or the present value of a parameter.
  init(leaf value: Tensor, parameter: Parameter? = nil, isTracked: Bool = true) {
    data = value
    self.isTracked = isTracked
    recorded = nil
    attributes = .none
    inputs = .none
    site = Recorder.noSite
    self.parameter = parameter
  }

  /// The recorded result of an operation.
  init(_ value: Tensor, recorded operation: Operation, inputs: Inputs, attributes: Attributes, site: Int32) {
    data = value
    isTracked = true
    recorded = operation
    self.attributes = attributes
    self.inputs = inputs
    self.site = site
    parameter = nil
  }

  /// What the last `backward` on this thread found for this variable; none where it did not come by.
  public var gradient: Tensor? {
    if let parameter { return parameter.gradient }
    return fillingPass == Recorder.current.fillingPass ? stored : nil
  }

  func fill(_ gradient: Tensor, pass: UInt64) {
    stored = gradient
    fillingPass = pass
  }

  // A chain of a million recorded operations is taken apart here link by link, since releasing the last one alone
  // would release each of the others from within the one before it.
  deinit {
    parameter?.forget(self)
    guard recorded != nil else { return }
    var pending: [Variable] = []
    letGo(into: &pending)
    while var variable = pending.popLast() {
      if isKnownUniquelyReferenced(&variable) { variable.letGo(into: &pending) }
    }
  }

  /// Hands over the operands, then drops a rule of the program's own, which may hold them too.
  private func letGo(into pending: inout [Variable]) {
    Variable.take(&inputs, into: &pending)
    if case .rule = attributes { attributes = .none }
  }

  private static func take(_ inputs: inout Inputs, into pending: inout [Variable]) {
    switch inputs {
    case .none: return
    case .one(let a):
      if a.recorded != nil { pending.append(a) }
    case .two(let a, let b):
      if a.recorded != nil { pending.append(a) }
      if b.recorded != nil { pending.append(b) }
    case .many(let all):
      for a in all where a.recorded != nil { pending.append(a) }
    }
    inputs = .none
  }
}

extension Variable {
  public var shape: Shape { data.shape }
  public var dtype: DType { data.dtype }

  /// The same value, constant in every backward pass.
  public func stopGradient() -> Variable { keepingTrace(Variable(data)) }

  /// An argument to differentiate in: tracked, and computed from nothing.
  public static func argument(_ value: Tensor) -> Variable { Variable(leaf: value) }

  /// The same value as an argument to differentiate in.
  func asArgument() -> Variable { keepingTrace(Variable(leaf: data)) }

  private func keepingTrace(_ other: Variable) -> Variable {
    other.traced = traced
    return other
  }
}
