import Builtins
import Execution
import Testing

/// The names of the language's chapters on tensors and on differentiation: each stands for a function, and where a tensor is its
/// first argument it is a method too.
@Suite struct NameTests {
  private static let making = "zeros_like ones_like full_like one_hot"
  private static let elementwise = """
    exp expm1 log log1p log2 log10 sqrt square abs sign sin cos tan sinh cosh tanh atan2 sigmoid relu leaky_relu elu selu gelu
    gelu_tanh silu softplus softsign mish hard_sigmoid maximum minimum clip where round floor ceil isnan isfinite isclose erf
    allclose
    """
  private static let reductions = """
    sum mean var std median quantile max min argmax argmin prod norm any all logsumexp softmax log_softmax cumsum cumprod diff
    """
  private static let arranging = """
    reshape transpose flatten split repeat tile pad flip roll squeeze expand sort argsort topk gather unique bincount nonzero
    diag tril triu
    """
  private static let algebra = "dot outer trace det inv pinv solve lstsq cholesky qr svd eigh cov"
  private static let others = """
    tensor zeros ones full eye arange linspace meshgrid rand randn randint permutation choice seed precision concat stack einsum
    parameter backward grad value_and_grad jacobian hessian jvp vjp per_example no_grad freeze unfreeze check_gradients
    """
  private static let attributes = "shape size rank dtype T grad name item tolist numpy_bytes to stop_gradient"

  private static func names(_ texts: String...) -> [String] {
    texts.flatMap { $0.split(whereSeparator: \.isWhitespace).map(String.init) }
  }

  static let ofTensors = names(making, elementwise, reductions, arranging, algebra)
  static let functions = ofTensors + names(others, "stop_gradient")
  static let methods = ofTensors + names(attributes)

  @Test(arguments: functions)
  func `a name stands for a function`(name: String) {
    let outcome = run("_x = \(name)")
    #expect(outcome.error == nil)
    #expect(Builtin.named(name) != nil || CoreFunctions.table[name] != nil)
  }

  @Test(arguments: methods)
  func `a tensor has it`(name: String) {
    #expect(run("_x = tensor([[1.0, 2.0]]).\(name)").error == nil)
  }
}
