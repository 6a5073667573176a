import Tensors

extension Operation {
  static let activations = [
    sigmoid, relu, leakyRelu, elu, selu, gelu, geluTanh, silu, softplus, softsign, mish, hardSigmoid,
  ]

  public static let sigmoid = function("sigmoid", "σ(z)(1 − σ(z))", kernel: { try $0.sigmoid() }) {
    try $0.output * (1 - $0.output)
  }

  /// `max(0, z)`, of slope 0 at 0.
  public static let relu = function(
    "relu", "1 if z > 0, else 0", at: .eitherSign(0.1, 2), kinks: [0], kernel: { try $0.relu() }
  ) { try $0.output.sign() }

  /// `z` above 0, `s·z` below.
  public static let leakyRelu = function(
    "leaky_relu", "1 if z > 0, else s", source: "Maas, Hannun & Ng 2013", at: .eitherSign(0.1, 2),
    with: [.number(0.01), .number(0.3)],
    kinks: { _ in [0] },
    kernel: { try $0.leakyRelu(slope: $1.number) }
  ) { try $0.x.greater(0).select($0.x.onesLike(), else: $0.x.full($0.attributes.number)) }

  /// `z` above 0, `s·(eᶻ − 1)` below.
  public static let elu = function(
    "elu", "1 if z > 0, else s·eᶻ", source: "Clevert, Unterthiner & Hochreiter 2016", at: .eitherSign(0.1, 2),
    with: [.number(1.5), .number(1)], kinks: { $0.number == 1 ? [] : [0] }, kernel: { try $0.elu(alpha: $1.number) }
  ) { try $0.x.greater(0).select($0.x.onesLike(), else: $0.x.minimum(0).exp() * $0.attributes.number) }

  /// `λ·z` above 0, `λα·(eᶻ − 1)` below, with λ = 1.0507 and α = 1.6733.
  public static let selu = function(
    "selu", "λ if z > 0, else λα·eᶻ", source: "Klambauer et al. 2017", at: .eitherSign(0.1, 2), kinks: [0],
    kernel: { try $0.selu() }
  ) { try $0.x.greater(0).select($0.x.full(Selu.scale), else: $0.x.minimum(0).exp() * (Selu.scale * Selu.alpha)) }

  private enum Selu {
    static let scale = 1.050_700_987_355_480_493_4
    static let alpha = 1.673_263_242_354_377_284_8
  }

  /// `z·Φ(z)`, with the normal distribution Φ.
  public static let gelu = function(
    "gelu", "Φ(z) + z·φ(z)", source: "Hendrycks & Gimpel 2016", kernel: { try $0.gelu() }
  ) {
    let below = try ($0.x * 0.707_106_781_186_547_524_4).erf() * 0.5 + 0.5
    let density = try ($0.x.square() * -0.5).exp() * 0.398_942_280_401_432_677_9
    return try below + $0.x * density
  }

  /// `½z·(1 + tanh u)` with `u = √(2/π)·(z + 0.044715z³)`.
  public static let geluTanh = function(
    "gelu_tanh", "½(1 + tanh u) + ½z(1 − tanh²u)·u′, u = √(2/π)(z + 0.044715z³)", source: "Hendrycks & Gimpel 2016",
    kernel: { try $0.geluTanh() }
  ) {
    let root = 0.797_884_560_802_865_355_9
    let square = try $0.x.square()
    let t = try ($0.x * (square * (0.044715 * root) + root)).tanh()
    let halfSlope = try square * (0.134145 * root / 2) + root / 2
    return try $0.x * (1 - t.square()) * halfSlope + (t * 0.5 + 0.5)
  }

  /// `z·σ(z)`.
  public static let silu = function(
    "silu", "σ(z)(1 + z(1 − σ(z)))", source: "Elfwing, Uchibe & Doya 2018", kernel: { try $0.silu() }
  ) {
    let s = try $0.x.sigmoid()
    return try s * ($0.x * (1 - s) + 1)
  }

  /// `ln(1 + eᶻ)`.
  public static let softplus = function("softplus", "σ(z)", kernel: { try $0.softplus() }) { try $0.x.sigmoid() }

  /// `z/(1 + |z|)`.
  public static let softsign = function(
    "softsign", "1/(1 + |z|)²", at: .eitherSign(0.1, 2), kernel: { try $0.softsign() }
  ) { try 1 / ($0.x.abs() + 1).square() }

  /// `z·tanh(ln(1 + eᶻ))`.
  public static let mish = function(
    "mish", "t + z(1 − t²)σ(z), t = tanh(ln(1 + eᶻ))", source: "Misra 2019", kernel: { try $0.mish() }
  ) {
    let t = try $0.x.softplus().tanh()
    return try t + $0.x * (1 - t.square()) * $0.x.sigmoid()
  }

  /// `min(max(z/6 + ½, 0), 1)`.
  public static let hardSigmoid = function(
    "hard_sigmoid", "1/6 if −3 < z < 3, else 0", at: .eitherSign(0.1, 2.9), kinks: [-3, 3],
    kernel: { try $0.hardSigmoid() }
  ) { try $0.x.abs().less(3).cast(to: $0.x.dtype) / 6 }
}
