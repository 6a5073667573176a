import Checking
import Execution
import Gradients
import Parsing
import Tensors

extension Workspace {
  /// What a function becomes under a decorator.
  public func decorate(_ function: FunctionObject, with decorator: String) throws(RuntimeError) -> Value {
    switch Statement.Decorator.Kind(rawValue: decorator) {
    case .customGradient: return .native(CustomGradient(function, in: self).native())
    case .compiled: return .native(CompiledFunction.native(function, in: self))
    case .layer, nil:
      throw RuntimeError(
        .nameError, "@\(decorator) is not known here",
        help: "a plain function of one tensor can stand among a network's layers, and be trained with what it captures")
    }
  }
}
