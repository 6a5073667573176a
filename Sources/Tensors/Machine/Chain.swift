import CKernels

/// Elementwise steps that follow each other over the same entries, run block by block, so that what is between them stays
/// in the nearest cache.
///
/// Values are numbered: the inputs first, then the results of the steps.
public struct Chain: Sendable {
  /// Entries that each step works on.
  public var count: Int
  /// The float type of all that is computed; bools are 0 and 1 within.
  public var dtype: DType
  public var inputs: [Input] = []
  public var steps: [Step] = []
  public var outputs: [Output] = []

  public init(count: Int, dtype: DType) {
    self.count = count
    self.dtype = dtype
  }

  /// An operand: entry `i` is its element `(i / inner) % buffer.count`.
  public struct Input: Hashable, Sendable {
    public var buffer: Buffer
    public var inner: Int

    public init(_ buffer: Buffer, inner: Int = 1) {
      self.buffer = buffer
      self.inner = inner
    }
  }

  public struct Step: Hashable, Sendable {
    public var function: Function
    /// Numbers of values.
    public var operands: [Int]

    public init(_ function: Function, _ operands: [Int]) {
      self.function = function
      self.operands = operands
    }
  }

  /// What a step does.
  public enum Function: Hashable, Sendable {
    case unary(UnaryOperation, parameter: Double)
    case binary(BinaryOperation)
    case compare(Comparison)
    /// The second where the first is not 0, else the third.
    case select
    case and, or, not, isNaN, isFinite, copy
    /// `a b + c`, `c − a b` and `a b + c d`.
    case multiplyAdd, subtractProduct, addProducts
    /// `a / (√b + c)`.
    case rootQuotient
    /// `sign(a) b`.
    case signProduct
  }

  /// What is kept of a value.
  public struct Output: Hashable, Sendable {
    /// The value's number.
    public var value: Int
    public var buffer: Buffer
    public var kind: Kind

    public init(_ value: Int, to buffer: Buffer, _ kind: Kind = .entries) {
      self.value = value
      self.buffer = buffer
      self.kind = kind
    }

    public enum Kind: Hashable, Sendable {
      /// Each entry.
      case entries
      /// One number: the sum of the entries, or of their squares, in double precision and in the entries' order.
      case sum, sumOfSquares
    }
  }
}
