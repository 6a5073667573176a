import Gradients
import Tensors

/// What a person did that a network, a dataset or a training cannot go along with.
public enum LearningError: Error {
  // Settings of an entry of the catalogue.
  case unknownSetting(owner: String, name: String, known: [String])
  case missingSetting(owner: String, name: String)
  case badSetting(owner: String, name: String, value: Setting, kind: Hyperparameter.Kind)
  case nesterovWithoutMomentum

  // Networks.
  case noLayers(of: String)
  case inputNotFirst
  case emptyInput(Shape)
  case nameTwice(String)
  case nameReserved(String)
  case nameInvalid(String)
  /// Another number of features, channels or positions than the weights were made for.
  case wrongSize(layer: String, of: String, expected: Int, found: Int, previous: String?)
  /// Another number of features than the program itself says.
  case declaredFeatures(layer: String, declared: Int, found: Int, previous: String?)
  case wrongInput(layer: String, expected: Shape, found: Shape)
  case scalarInput(layer: String)
  case wrongRank(layer: String, input: Shape, wanted: Form)
  case indivisible(layer: String, count: Int, of: String, setting: String, divisor: Int)
  case unfitReshape(layer: String, input: Shape, sizes: [Int])
  case windowTooLarge(layer: String, window: [Int], images: [Int])
  case nothingToNormalise(layer: String)
  case notPlace(layer: String, value: Double, count: Int)
  case unfitResidual(layer: String, input: Shape, output: Shape)
  case unfitBranches(layer: String, outputs: [Shape], isSum: Bool)
  case noLayer(String, known: [String])
  case noParameter(String, known: [String])
  case wrongWeightShape(path: String, expected: Shape, found: Shape)

  // Losses and metrics.
  case unmatched(by: String, prediction: Shape, target: Shape)
  case doubled(activation: String, layer: String?, loss: String)
  case wrongLabels(by: String, found: DType, wanted: Wanted)
  case labelOutOfRange(by: String, label: Int, row: Int, classes: Int)
  case notProbability(by: String, value: Double, row: Int)
  case lossNotScalar(Shape)
  /// A metric counts classes, but these targets are none.
  case notClasses(by: String, least: Double, most: Double)
  case lossConstant(String)
  case notBinary(by: String, value: Double, row: Int)

  // Datasets.
  case scalarRows(String)
  case rowsDiffer(x: Int, y: Int)
  case mappedRows(found: Int, expected: Int)
  case noRows(String)
  case emptyPart(of: String, rows: Int)
  case noTarget(String)
  case badFractions([Double])
  case negativeCount(String, Int)
  case differentFeatures(Int, Int)
  case notFinite(by: String, row: Int, feature: String)
  case flatInput(Shape)
  case badSetup(of: String, problem: String, help: String)
  case table(TableError)

  // Training.
  case unknownRate(String, known: [String])
  case nothingToTrain
  case nothingToEvaluate
  case validationFraction(Double)
  case badScheduleFactor(step: Int, value: Double)

  // What an operation, a backward pass or the program itself found wrong.
  case tensor(TensorError)
  case gradient(GradientError)
  case program(any Error)

  /// What a layer takes as its input.
  public enum Form: String, Sendable {
    case series = "[batch, time, features]"
    case channels = "[batch, channels, …]"
    case line = "[batch, channels, length]"
    case image = "[batch, channels, height, width]"
  }

  /// What a loss takes as its target.
  public enum Wanted: Sendable {
    case classNumbers
    case numbers
    case zeroOrOne
  }
}

extension LearningError {
  /// The kinds of error that a program can tell apart; the raw value is the name in the language.
  public enum Category: String, Sendable {
    case type = "TypeError"
    case shape = "ShapeError"
    case value = "ValueError"
    case key = "KeyError"
    case index = "IndexError"
    case file = "FileError"
  }

  /// None where the error inside tells it: of an operation, a backward pass, the program.
  public var category: Category? {
    switch self {
    case .unknownSetting, .missingSetting, .wrongLabels, .notClasses: .type
    case .wrongSize, .declaredFeatures, .wrongInput, .scalarInput, .wrongWeightShape, .unmatched, .lossNotScalar,
      .differentFeatures, .flatInput, .wrongRank, .windowTooLarge, .indivisible, .unfitReshape, .unfitResidual, .unfitBranches:
      .shape
    case .notPlace(_, let value, _) where value == value.rounded(): .index
    case .noLayer, .noParameter, .unknownRate: .key
    case .table: .file
    case .tensor, .gradient, .program: nil
    default: .value
    }
  }
}

extension LearningError {
  /// Whether the message begins with a place in a table.
  public var hasPlace: Bool {
    if case .table(let error) = self { error.row != nil } else { false }
  }
}

/// Runs operations, and says of an error that it came from one.
func operations<Result>(_ body: () throws(TensorError) -> Result) throws(LearningError) -> Result {
  do {
    return try body()
  } catch {
    throw .tensor(error)
  }
}
