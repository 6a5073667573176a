import Gradients
import Tensors

/// One forward pass: whether it belongs to training, what chance it may use, and what is to be kept of it.
public final class Pass {
  /// Whether layers that behave differently in training do so.
  public let isTraining: Bool

  /// What came by, layer by layer, if it was to be kept.
  public private(set) var trace: [Entry] = []

  private let keepsTrace: Bool
  private let seed: UInt64
  private let step: UInt64
  private var draws: UInt64 = 0

  /// What one layer made of its input.
  public struct Entry {
    public let path: String
    public let layer: Layer
    public let input: Variable
    /// Before the activation; the output where the layer has none.
    public let preactivation: Variable
    public let output: Variable
    public let activation: Activation
  }

  /// A pass outside training.
  public init(keepingTrace: Bool = false) {
    isTraining = false
    keepsTrace = keepingTrace
    seed = 0
    step = 0
  }

  /// A pass in training.
  ///
  /// What is drawn depends on the seed, the step and the place in the network, and on nothing else.
  public init(trainingWith seed: UInt64, step: Int, keepingTrace: Bool = false) {
    isTraining = true
    keepsTrace = keepingTrace
    self.seed = seed
    self.step = UInt64(step)
  }

  /// A stream for the next layer that draws; none outside training.
  func nextStream() -> RandomStream? {
    guard isTraining else { return nil }
    defer { draws += 1 }
    // The highest bit keeps these streams apart from those of the shuffling.
    return RandomStream(seed: seed, stream: 1 << 63 | step << 20 | draws)
  }

  func keep(_ entry: @autoclosure () -> Entry) {
    if keepsTrace { trace.append(entry()) }
  }
}
