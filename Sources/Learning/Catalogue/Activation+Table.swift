import Gradients
import Tensors

extension Activation {
  /// Every activation.
  public static let all: [Activation] = [
    linear, relu, leakyRelu, elu, selu, gelu, geluTanh, silu, softplus, softsign, mish, hardSigmoid, tanh, sigmoid,
    softmax, logSoftmax,
  ]

  public static func named(_ name: String) -> Activation? { all.first { $0.name == name } }

  public static let relu = Activation("relu", "max(0, z)", start: .he, failing: .dead) { z throws(TensorError) in
    try z.relu()
  }

  public static let leakyRelu = Activation("leaky_relu", "z if z > 0, else 0.01 z", start: .he) { z throws(TensorError) in
    try z.leakyRelu()
  }

  public static let elu = Activation("elu", "z if z > 0, else eᶻ − 1", start: .he) { z throws(TensorError) in
    try z.elu()
  }

  public static let selu = Activation(
    "selu", "1.0507 z if z > 0, else 1.7581 (eᶻ − 1)", start: .lecun
  ) { z throws(TensorError) in try z.selu() }

  public static let gelu = Activation("gelu", "z Φ(z)", start: .he) { z throws(TensorError) in try z.gelu() }

  public static let geluTanh = Activation(
    "gelu_tanh", "½ z (1 + tanh(√(2/π) (z + 0.044715 z³)))"
  ) { z throws(TensorError) in try z.geluTanh() }

  public static let silu = Activation("silu", "z σ(z)", start: .he) { z throws(TensorError) in try z.silu() }

  public static let softplus = Activation("softplus", "ln(1 + eᶻ)") { z throws(TensorError) in try z.softplus() }

  public static let softsign = Activation(
    "softsign", "z / (1 + |z|)", failing: .saturated { y throws(TensorError) in try (1 - y.abs()).square() }
  ) { z throws(TensorError) in try z.softsign() }

  public static let mish = Activation("mish", "z tanh(ln(1 + eᶻ))", start: .he) { z throws(TensorError) in
    try z.mish()
  }

  public static let hardSigmoid = Activation(
    "hard_sigmoid", "min(max(z / 6 + ½, 0), 1)",
    failing: .saturated { y throws(TensorError) in try y.greater(0).logicalAnd(y.less(1)).cast(to: y.dtype) / 6 }
  ) { z throws(TensorError) in try z.hardSigmoid() }

  public static let tanh = Activation(
    "tanh", "tanh z", failing: .saturated { y throws(TensorError) in try 1 - y.square() }
  ) { z throws(TensorError) in try z.tanh() }

  public static let sigmoid = Activation(
    "sigmoid", "1 / (1 + e⁻ᶻ)", failing: .saturated { y throws(TensorError) in try y * (1 - y) }
  ) { z throws(TensorError) in try z.sigmoid() }

  /// Along the last dimension.
  public static let softmax = Activation("softmax", "eᶻ / Σ eᶻ") { z throws(TensorError) in
    try z.softmax(axis: -1)
  }

  /// Along the last dimension.
  public static let logSoftmax = Activation("log_softmax", "z − ln Σ eᶻ") { z throws(TensorError) in
    try z.logSoftmax(axis: -1)
  }
}
