import Tensors

/// The number of a node of a tape: its chunk's slot and its place there.
public typealias ScalarID = UInt32

extension ScalarID {
  /// Of no node.
  public static let none = ScalarID.max
}

/// One number of a tape: a result with its operands, a start of differentiation, or a constant.
struct ScalarNode: BitwiseCopyable {
  var value: Double
  /// The gradient, while a sweep runs. Of a constant that the program wrote as a number: that number, before it took a type.
  var gradient: Double = 0
  /// The operands. Of a start of differentiation `a` is its number, and `b` the start that gradients go to in its place: the one
  /// for an earlier value of the same parameter.
  var a: ScalarID = .none
  var b: ScalarID = .none
  /// The node that the gradient is, where it is recorded.
  var gradientID: ScalarID = .none
  /// The sweep that reached the node last.
  var stamp: UInt32 = 0
  var site: Int32 = Recorder.noSite
  /// The place of the result's kernel in the tape's table.
  var kernel: UInt16 = 0
  var kind: Kind
  var marks: Marks = []

  /// What a node is; all of a tape are of one of the two types of floats.
  enum Kind: UInt8 {
    case result, leaf, constant
    /// Constants that the program wrote as numbers.
    case wholeNumber, number, truth
  }

  /// What a sweep knows of a node that it reached.
  struct Marks: OptionSet {
    var rawValue: UInt8
    static let target = Marks(rawValue: 1)
    static let needed = Marks(rawValue: 2)
    static let hasGradient = Marks(rawValue: 4)
    /// Of float64; all others are of float32.
    static let isDouble = Marks(rawValue: 8)
    /// Of a gradient that can itself be differentiated.
    static let gradientIsTracked = Marks(rawValue: 16)
  }

  var isDouble: Bool { marks.contains(.isDouble) }
}

/// A number while it is computed with: a node, or a constant that is no node yet.
struct ScalarRegister {
  var value: Double
  var id: ScalarID = .none
  /// Whether a gradient can flow to it.
  var isTracked = false
}

/// An operand on its way into an operation: a node, or a constant that is no node yet.
public struct ScalarOperand {
  public var value: Double
  /// `none` for a constant that is no node yet.
  public var id: ScalarID
  var kind: ScalarNode.Kind
  /// The number as the program wrote it.
  var written: Double
  var isDouble: Bool

  /// A number of the program, which takes the type of what it meets.
  public static func number(_ number: Double) -> ScalarOperand {
    ScalarOperand(value: number, id: .none, kind: .number, written: number, isDouble: false)
  }

  /// A whole number; none where a double does not hold it.
  public static func whole(_ number: Int) -> ScalarOperand? {
    guard number.magnitude <= 1 << 53 else { return nil }
    return ScalarOperand(value: Double(number), id: .none, kind: .wholeNumber, written: Double(number), isDouble: false)
  }

  public static func truth(_ truth: Bool) -> ScalarOperand {
    ScalarOperand(value: truth ? 1 : 0, id: .none, kind: .truth, written: truth ? 1 : 0, isDouble: false)
  }

  static func constant(_ value: Double, isDouble: Bool) -> ScalarOperand {
    ScalarOperand(value: value, id: .none, kind: .constant, written: value, isDouble: isDouble)
  }

  /// The number and its node, as kernels take it.
  @inline(__always)
  var register: ScalarRegister { ScalarRegister(value: value, id: id, isTracked: isTracked) }

  static func node(_ id: ScalarID, _ node: ScalarNode) -> ScalarOperand {
    ScalarOperand(value: node.value, id: id, kind: node.kind, written: 0, isDouble: node.isDouble)
  }

  /// Whether a gradient can flow to it.
  @inline(__always)
  public var isTracked: Bool { kind.rawValue <= ScalarNode.Kind.leaf.rawValue }

  /// The value as a tensor of rank 0.
  public var tensor: Tensor { Tensor(single: value, isDouble ? .float64 : .float32) }
}
