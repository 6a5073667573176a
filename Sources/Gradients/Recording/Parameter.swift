import Synchronization
import Tensors

/// A trainable tensor with an identity: all who hold it see its new value.
///
/// What was recorded before a change keeps the old value, because it holds the variable of that time.
public final class Parameter {
  public let name: String

  /// Whether gradients change it; what training writes by other ways, as running means, is in no backward pass.
  public let isTrained: Bool

  /// The place in the order in which the program made its parameters.
  public let number: Int

  /// The present value. Setting it is not recorded.
  public var value: Tensor {
    didSet {
      leaf = nil
      Trace.current?.obstruct(.change)
    }
  }

  /// Whether backward passes stop here, as under `freeze`.
  public var isFrozen = false {
    didSet { leaf = nil }
  }

  // Kept while somebody holds it: it takes itself out when it goes. A weak reference would do the same, and make every
  // count of the references to a parameter's value several times as dear.
  @exclusivity(unchecked) private var leaf: Unmanaged<Variable>?

  /// The tape that some value of the parameter is on, and where gradients go there.
  var tape: UnsafeMutableRawPointer?
  var tapePlace = ScalarID.none

  var mark = Mark()
  private var stored: Tensor?
  private var fillingPass: UInt64 = 0
  private static let made = Atomic<Int>(0)

  public init(_ value: Tensor, name: String = "", isTrained: Bool = true) {
    self.value = value
    self.name = name
    self.isTrained = isTrained
    number = Parameter.made.add(1, ordering: .relaxed).newValue
    Trace.current?.noteMaking()
  }

  /// The present value as an operand.
  public var variable: Variable {
    if let leaf { return leaf.takeUnretainedValue() }
    let made = Variable(leaf: value, parameter: self, isTracked: isTrained && !isFrozen)
    leaf = .passUnretained(made)
    return made
  }

  /// Called by a variable of this parameter that nobody holds any more.
  func forget(_ variable: Variable) {
    if let leaf, leaf.toOpaque() == Unmanaged.passUnretained(variable).toOpaque() { self.leaf = nil }
  }

  /// The place on a tape of the present value; none where the tape has it not.
  @inline(__always)
  func place(in tape: ScalarTape) -> ScalarID? {
    leaf?._withUnsafeGuaranteedRef { variable in
      variable.tape == Unmanaged.passUnretained(tape).toOpaque() ? variable.tapePlace : nil
    } ?? nil
  }

  /// What the last `backward` on this thread found; none where it did not come by.
  public var gradient: Tensor? {
    fillingPass == Recorder.current.fillingPass ? stored : nil
  }

  func fill(_ gradient: Tensor, pass: UInt64) {
    stored = gradient
    fillingPass = pass
  }
}
