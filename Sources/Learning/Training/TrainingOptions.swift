import Gradients
import Tensors

/// How a network is trained.
public struct TrainingOptions {
  public var loss: Loss
  public var optimizer: Optimizer
  public var epochs = 20
  /// Rows in a step; the last step of an epoch may have fewer.
  public var batch = 64
  public var validation = Validation.none
  public var metrics: [Metric] = []
  /// A factor on all rates, by the step from 0.
  public var schedule: ((Int) throws -> Double)?
  /// The largest norm that all gradients together may have.
  public var clip: Double?
  /// The largest size that an entry of a gradient may have.
  public var clipValue: Double?
  /// Whether the rows are drawn in a new order each epoch.
  public var shuffle = true
  /// All that training draws depends on this and on nothing else.
  public var seed: UInt64 = 0
  /// After how many epochs without a better loss training ends and goes back to the best weights.
  public var patience: Int?
  /// Whether norms, ratios and shares are kept layer by layer.
  public var record = true

  public enum Validation {
    case none
    /// The share of the data that is held out.
    case fraction(Double)
    case dataset(Dataset)
  }

  public init(loss: Loss, optimizer: Optimizer) {
    self.loss = loss
    self.optimizer = optimizer
  }
}

/// What training asks of and tells its surroundings, between its steps.
public struct TrainingObserver {
  /// Told after those steps and epochs that it wants to hear of.
  public var report: (TrainingProgress) -> Void
  /// Asked after each step and each epoch whether it wants to hear of it.
  public var isDue: (_ isEpochEnd: Bool) -> Bool
  /// Asked before each step; true ends training there.
  public var isInterrupted: () -> Bool
  /// Whether an error that the program's own loss or layer threw is such an interrupt.
  public var isInterruption: (any Error) -> Bool
  /// Told, once a training at most, that its steps are not compiled and what is in the way.
  public var runsUncompiled: (Trace.Reason) -> Void
  /// Tells where in the program it runs; where there is none, the place of the last operation serves.
  public var presentSite: (() -> Int32)?
  /// Begins to note what functions of the program read from outside of them. What it gives ends that when it is first asked, and
  /// tells from then on whether all of it is as it was before.
  public var watching: (() -> () -> Bool)?
  /// Asked before each step; true lets others see the weights as they are now, in `pause`.
  ///
  /// Training goes on with its own weights: what others write into the network meanwhile does not last.
  public var isPauseDue: () -> Bool = { false }
  public var pause: (_ run: Run) -> Void = { _ in }

  public init(
    report: @escaping (TrainingProgress) -> Void = { _ in }, isDue: @escaping (Bool) -> Bool = { _ in true },
    isInterrupted: @escaping () -> Bool = { false },
    isInterruption: @escaping (any Error) -> Bool = { _ in false },
    runsUncompiled: @escaping (Trace.Reason) -> Void = { _ in }, presentSite: (() -> Int32)? = nil,
    watching: (() -> () -> Bool)? = nil
  ) {
    self.report = report
    self.isDue = isDue
    self.isInterrupted = isInterrupted
    self.isInterruption = isInterruption
    self.runsUncompiled = runsUncompiled
    self.presentSite = presentSite
    self.watching = watching
  }
}

/// Where training stands.
public struct TrainingProgress {
  /// The run so far, with its losses and metrics.
  public let run: Run
  /// Counted from 1.
  public let epoch: Int
  public let epochs: Int
  /// Steps done and to be done, over all epochs.
  public let step: Int
  public let steps: Int
  /// Whether an epoch has just ended, with its metrics.
  public let isEpochEnd: Bool
  /// The loss of the last step.
  public let loss: Double
  /// The loss of the constant prediction that is best for the training data; none for a loss of the program.
  public let constantLoss: Double?
  public let samplesPerSecond: Double
  /// In seconds, if the rest goes as the steps so far.
  public let timeLeft: Double
}
