import Tensors

/// What a training did, step by step and epoch by epoch.
public final class Run {
  /// One entry a step.
  public var loss: [Double] { Array(losses) }
  /// The optimiser's rate times the schedule's factor, one entry a step.
  public var learningRate: [Double] { Array(rates) }

  var losses = StepSeries()
  var rates = StepSeries()

  /// The mean of the steps' losses, one entry an epoch.
  public var epochLoss: [Double] { (0..<epochs).map { division.meanLoss(ofEpoch: $0, losses) } }
  /// One entry an epoch; empty without validation data.
  public internal(set) var validationLoss: [Double] = []
  /// By name, one entry an epoch: on the validation data if there is any, else on the training data.
  public internal(set) var metrics: [(name: String, values: [Double])] = []
  /// By name, one entry an epoch.
  public internal(set) var trainingMetrics: [(name: String, values: [Double])] = []

  /// Completed steps and epochs.
  public var steps: Int { losses.count }
  public internal(set) var epochs = 0

  /// What steps an epoch has.
  let division: EpochDivision

  init(_ division: EpochDivision) {
    self.division = division
  }

  /// In seconds, from the first step to the last epoch's end.
  public internal(set) var seconds = 0.0
  /// The median step, in seconds.
  public internal(set) var secondsPerStep = 0.0
  /// Rows that went through a step, for each second of the whole run.
  public internal(set) var samplesPerSecond = 0.0

  /// The network after the epoch with the lowest loss, on the validation data if there is any.
  public internal(set) var best: Network?
  /// That epoch, counted from 1; 0 before the first ends.
  public internal(set) var bestEpoch = 0

  public internal(set) var stopped = Stopped.running
  /// Of the weights at the end.
  public internal(set) var hash = ""

  /// The share of steps whose gradients were clipped.
  public internal(set) var clippedShare = 0.0

  /// The steps, counted from 1, whose series by layer were kept.
  public var recordedSteps: [Int] { record.steps }
  public internal(set) var record = LayerRecord()

  /// Why training ended.
  public enum Stopped {
    /// It has not ended yet.
    case running
    case finished
    case patience
    case interrupted
    case notFinite(NonFinite)

    /// As the language says it.
    public var text: String {
      switch self {
      case .running: "running"
      case .finished: "finished"
      case .patience: "patience"
      case .interrupted: "interrupted"
      case .notFinite: "not finite"
      }
    }
  }
}

extension Run {
  /// By layer, one entry for each recorded step: the norm of the gradient of its weights.
  public var gradientNorm: [(layer: String, values: [Double])] { record.gradientNorm.all }
  /// The size of the update beside that of the weights.
  public var updateRatio: [(layer: String, values: [Double])] { record.updateRatio.all }
  /// The share of outputs where the activation's slope is below 0.05, of layers whose activation flattens.
  public var saturated: [(layer: String, values: [Double])] { record.saturated.all }
  /// The share of units that gave 0 for the whole batch, of layers whose activation can do so.
  public var dead: [(layer: String, values: [Double])] { record.dead.all }
}
