import Execution
import Formats
import Gradients
import Insight
import Learning
import Tensors

/// Runs code of the engines, and words what goes wrong as an error of the language.
func engine<Result>(_ body: () throws -> Result) throws(RuntimeError) -> Result {
  do {
    return try body()
  } catch {
    throw RuntimeError(engine: error)
  }
}

extension RuntimeError {
  /// The error of the language for an error of the engines; one of the program passes through.
  init(engine error: any Error) {
    switch error {
    case let error as RuntimeError: self = error
    case let error as TensorError:
      self.init(ErrorKind(rawValue: error.category.rawValue) ?? .valueError, error.message, help: error.help)
    case let error as GradientError: self.init(gradient: error)
    case let error as LearningError: self.init(learning: error)
    case let error as ReadError: self.init(read: error)
    case let error as FileError:
      self.init(error.kind == .interrupted ? .keyboardInterrupt : .fileError, error.message, help: error.help)
      exception.parameters = ["path"]
    case let error as InsightError:
      if let inner = error.inner {
        self.init(engine: inner)
      } else {
        self.init(error.isAboutShape ? .shapeError : .valueError, error.message, help: error.help)
        exception.parameters = error.parameters
      }
    default: self.init(.exception, String(describing: error))
    }
  }

  private init(gradient error: GradientError) {
    switch error {
    case .operation(let inner): self.init(engine: inner)
    case .program(let inner): self.init(engine: inner)
    case .interrupted: self.init(.keyboardInterrupt, error.message)
    case .notScalar, .notRecorded, .notFloating:
      self.init(error.category.flatMap { ErrorKind(rawValue: $0.rawValue) } ?? .valueError, error.message, help: error.help)
      exception.parameters = ["loss", "of"]
    default:
      self.init(error.category.flatMap { ErrorKind(rawValue: $0.rawValue) } ?? .valueError, error.message, help: error.help)
    }
  }

  private init(learning error: LearningError) {
    switch error {
    case .tensor(let inner): self.init(engine: inner)
    case .gradient(let inner): self.init(engine: inner)
    case .program(let inner): self.init(engine: inner)
    default:
      self.init(
        error.category.flatMap { ErrorKind(rawValue: $0.rawValue) } ?? .valueError, error.message ?? "", help: error.help)
      exception.parameters = error.parameters
    }
  }

  private init(read error: ReadError) {
    switch error {
    case .file(let inner): self.init(engine: inner)
    case .content(let inner, _):
      // The place in the file is the message's; its kind is the inner error's.
      let kind = RuntimeError(engine: inner).kind
      self.init(kind, error.message ?? RuntimeError(engine: inner).message, help: error.help)
      exception.parameters = inner.parameters
    case .array(let inner, _):
      let kind = inner.cause.map { RuntimeError(engine: $0).kind }
      self.init(kind ?? .fileError, error.message ?? "", help: error.help)
      exception.parameters = ["path"]
    }
  }
}

extension LearningError {
  /// The parameters of builtins that it may be about.
  fileprivate var parameters: [String] {
    switch self {
    case .wrongInput, .flatInput, .scalarInput, .noRows, .wrongSize(_, _, _, _, nil), .notPlace: ["data", "x"]
    case .wrongLabels, .labelOutOfRange, .notProbability, .noTarget: ["data", "target", "y"]
    case .notClasses: ["metrics", "target"]
    case .doubled: ["loss"]
    case .unknownRate: ["optimizer"]
    case .badScheduleFactor: ["schedule"]
    case .validationFraction: ["validation"]
    case .nothingToTrain: ["net"]
    case .badFractions: ["shares"]
    case .rowsDiffer: ["y", "data"]
    case .table(let error): if case .unknownTarget = error.kind { ["target"] } else { ["path"] }
    default: []
    }
  }
}

extension InsightError {
  fileprivate var parameters: [String] {
    switch self {
    case .notReady: ["net"]
    case .notPlanar, .noTarget: ["data"]
    case .notLoss, .notReached: ["loss"]
    case .notWeight, .unfitLayer, .wrongIndex: ["weight"]
    default: []
    }
  }
}
