import Gradients
import Tensors

/// A function of one tensor that is given from outside.
// It is made and called on the thread of the program that wrote it.
public struct Function: @unchecked Sendable {
  public let name: String
  private let body: (Variable, Pass) throws -> Variable

  public init(_ name: String, _ body: @escaping (Variable, Pass) throws -> Variable) {
    self.name = name
    self.body = body
  }

  func callAsFunction(_ x: Variable, _ pass: Pass) throws(LearningError) -> Variable {
    try outside { try body(x, pass) }
  }
}

/// Thrown where code that was given from outside would run in a trace without values: what it does may depend on them.
struct ValuesWanted: Error {}

/// Runs code that was given from outside, and keeps what it throws.
func outside<Result>(_ body: () throws -> Result) throws(LearningError) -> Result {
  if let trace = Trace.current, !trace.computes { throw .program(ValuesWanted()) }
  do {
    return try body()
  } catch let error as LearningError {
    throw error
  } catch let error as TensorError {
    throw .tensor(error)
  } catch let error as GradientError {
    throw .gradient(error)
  } catch {
    throw .program(error)
  }
}
