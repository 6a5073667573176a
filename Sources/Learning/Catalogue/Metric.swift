import Gradients
import Tensors

/// A number that says how good predictions are: an entry of the table of metrics, or a function of the program.
public struct Metric: Sendable {
  public let name: String

  /// What it measures, as help prints it.
  public let formula: String

  /// Whether it reads classes from the prediction, for which a single output needs a threshold.
  public let isOfClasses: Bool

  private let body: Body

  private enum Body: Sendable {
    case entry(@Sendable (Reading) throws(LearningError) -> Double)
    case program(ProgramMetric)
  }

  /// A prediction and its target, and how the prediction is to be read.
  struct Reading {
    let prediction: Variable
    let target: Target
    /// The value above which a single output means class 1.
    let threshold: Double
  }

  init(
    _ name: String, formula: String, isOfClasses: Bool = false,
    _ rule: @escaping @Sendable (Reading) throws(LearningError) -> Double
  ) {
    self.name = name
    self.formula = formula
    self.isOfClasses = isOfClasses
    body = .entry(rule)
  }

  /// Any function from a prediction and a target to a number.
  public init(_ name: String, _ function: @escaping (Tensor, Tensor) throws -> Double) {
    self.name = name
    formula = "\(name)(prediction, target)"
    isOfClasses = false
    body = .program(ProgramMetric(function: function))
  }

  /// Whether it is one of the table, and no function of the program.
  var isEntry: Bool {
    if case .entry = body { true } else { false }
  }

  public func callAsFunction(
    _ prediction: Tensor, _ target: Tensor, threshold: Double = 0.5
  ) throws(LearningError) -> Double {
    switch body {
    case .entry(let rule):
      let target = Target(Variable(target), of: name)
      return try rule(Reading(prediction: Variable(prediction), target: target, threshold: threshold))
    case .program(let metric): return try outside { try metric.function(prediction, target) }
    }
  }
}

// It is made and called on the thread of the program that wrote it.
private struct ProgramMetric: @unchecked Sendable {
  let function: (Tensor, Tensor) throws -> Double
}

extension Metric {
  /// Every metric.
  public static let all: [Metric] = [accuracy, rmse, r2]

  public static func named(_ name: String) -> Metric? { all.first { $0.name == name } }

  /// The share of rows whose class is right: with several outputs the largest counts, with one whether it is above the
  /// threshold.
  public static let accuracy = Metric(
    "accuracy", formula: "right / all", isOfClasses: true
  ) { reading throws(LearningError) in
    let predicted = try reading.predictedClasses()
    let actual = try reading.actualClasses()
    guard predicted.count == actual.count else {
      throw .unmatched(by: "accuracy", prediction: reading.prediction.shape, target: reading.target.tensor.shape)
    }
    return Double(zip(predicted, actual).count { $0 == $1 }) / Double(max(1, actual.count))
  }

  /// The root of the mean squared difference.
  public static let rmse = Metric(
    "rmse", formula: "√ mean (prediction − target)²"
  ) { reading throws(LearningError) in
    try reading.squaredError().squareRoot()
  }

  /// The share of the targets' variance that is explained: 1 is perfect, 0 as good as their mean.
  public static let r2 = Metric(
    "r2", formula: "1 − Σ (prediction − target)² / Σ (target − mean)²"
  ) { reading throws(LearningError) in
    let target = try reading.target.numbers(like: reading.prediction)
    let variance = try operations { () throws(TensorError) in
      try (target - target.mean(axes: [0], keepdims: true)).square().mean().value.item()
    }
    return 1 - (try reading.squaredError()) / variance
  }
}

extension Metric.Reading {
  private var hasSeveralOutputs: Bool { prediction.shape.rank > 1 && (prediction.shape.dimensions.last ?? 1) > 1 }

  fileprivate func predictedClasses() throws(LearningError) -> [Int] {
    guard hasSeveralOutputs else { return prediction.value.doubles.map { $0 > threshold ? 1 : 0 } }
    return try operations { () throws(TensorError) in try prediction.value.argmax(axis: -1).ints() }
  }

  fileprivate func actualClasses() throws(LearningError) -> [Int] {
    let tensor = target.tensor
    guard hasSeveralOutputs else {
      let numbers = tensor.doubles
      if tensor.dtype.isFloat, !numbers.allSatisfy({ (0...1).contains($0) }) {
        throw .notClasses(by: target.asker, least: numbers.min() ?? 0, most: numbers.max() ?? 0)
      }
      return try target.binary().map { $0 > 0.5 ? 1 : 0 }
    }
    if tensor.dtype.isFloat {
      guard tensor.shape == prediction.shape else {
        throw .wrongLabels(by: target.asker, found: tensor.dtype, wanted: .classNumbers)
      }
      return try operations { () throws(TensorError) in try tensor.argmax(axis: -1).ints() }
    }
    return try operations { () throws(TensorError) in try tensor.ints() }
  }

  fileprivate func squaredError() throws(LearningError) -> Double {
    let target = try target.numbers(like: prediction)
    return try operations { () throws(TensorError) in try (prediction - target).square().mean().value.item() }
  }
}
