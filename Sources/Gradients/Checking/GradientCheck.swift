import Tensors

/// What came of comparing gradients with central differences: every entry of every argument.
public struct GradientCheck: Sendable {
  public let entries: [Entry]

  /// An entry agrees if `|gradient − difference| ≤ tolerance · max(1, |gradient|)`.
  public let tolerance: Double

  /// The operations that were at a kink, in the order in which they were run.
  public let bends: [Bend]

  /// An operation some of whose operands lie where it has no derivative.
  public struct Bend: Sendable, Equatable {
    public let operation: Operation
    /// Where in the program it stands.
    public let site: Int32
    /// How many entries are at a kink.
    public let count: Int
  }

  /// One number of one argument.
  public struct Entry: Sendable {
    /// Which argument, and where in it.
    public let argument: Int
    public let index: [Int]
    public let value: Double
    public let gradient: Double
    /// The central difference, extrapolated to step 0.
    public let difference: Double
    /// How far the extrapolation may be off.
    public let uncertainty: Double
    /// Whether the function bends here, so that it has no gradient to compare with.
    public let isKink: Bool

    /// How far the two are apart, relative to the gradient where that is larger than 1.
    public var error: Double { abs(gradient - difference) / max(1, abs(gradient)) }
  }

  /// Whether all entries agree, but for those at a kink.
  public var isOK: Bool { !comparable.contains { !($0.error <= tolerance) } }

  /// The entry whose two numbers are furthest apart.
  public var worst: Entry? { worst(1).first }

  /// The entries at which the function has no gradient.
  public var kinks: [Entry] { entries.filter(\.isKink) }

  /// The `count` entries whose numbers are furthest apart, the worst first.
  public func worst(_ count: Int) -> [Entry] {
    // A difference that is not a number is worse than any.
    let sorted = comparable.sorted { a, b in a.error.isNaN ? !b.error.isNaN : a.error > b.error }
    return Array(sorted.prefix(count))
  }

  private var comparable: [Entry] { entries.filter { !$0.isKink } }
}

/// Compares the gradients of a function's single number with central differences, in float64.
public func checkGradients(
  _ f: Differentiable, at arguments: [Tensor], tolerance: Double = 1e-6
) throws -> GradientCheck {
  let start = try arguments.map { try $0.cast(to: .float64) }
  let gradients = try gradient(of: f, at: start.map { Variable($0) })
  let bends = try f(start.map { .argument($0) }).bends()
  var entries: [GradientCheck.Entry] = []
  for (i, argument) in start.enumerated() {
    entries += try Probe(argument).entries(argument: i, gradient: gradients[i].value) { changed in
      var all = start
      all[i] = changed
      return try withoutRecording { try f(all.map { Variable($0) }).value.item() }
    }
  }
  return GradientCheck(entries: entries, tolerance: tolerance, bends: bends)
}

/// Compares the gradients of a loss in parameters with central differences. The parameters are as before when it returns.
///
/// Parameters of type float32 are widened while they are compared.
public func checkGradients(
  of loss: () throws -> Variable, in parameters: [Parameter], tolerance: Double = 1e-6
) throws -> GradientCheck {
  let before = parameters.map(\.value)
  defer { for (parameter, value) in zip(parameters, before) { parameter.value = value } }
  for parameter in parameters { parameter.value = try parameter.value.cast(to: .float64) }
  let start = try loss()
  let found = try gradients(of: start, in: parameters.map(\.variable))
  var entries: [GradientCheck.Entry] = []
  for (i, parameter) in parameters.enumerated() {
    let value = parameter.value
    defer { parameter.value = value }
    let gradient = try found[i]?.value ?? Tensor.zeros(value.shape, dtype: .float64)
    entries += try Probe(value).entries(argument: i, gradient: gradient) { changed in
      parameter.value = changed
      return try withoutRecording { try loss().value.item() }
    }
  }
  return GradientCheck(entries: entries, tolerance: tolerance, bends: try start.bends())
}
