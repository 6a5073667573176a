import Tensors

extension Operation {
  static let trigonometry = [sin, cos, tan, sinh, cosh, tanh, atan2]

  public static let sin = function("sin", "cos z", kernel: { try $0.sin() }) { try $0.x.cos() }
  public static let cos = function("cos", "−sin z", kernel: { try $0.cos() }) { try -$0.x.sin() }

  public static let tan = function("tan", "1 + tan²(z)", at: .between(-1, 1), kernel: { try $0.tan() }) {
    try $0.output.square() + 1
  }

  public static let sinh = function("sinh", "cosh z", kernel: { try $0.sinh() }) { try $0.x.cosh() }
  public static let cosh = function("cosh", "sinh z", kernel: { try $0.cosh() }) { try $0.x.sinh() }

  public static let tanh = function("tanh", "1 − tanh²(z)", kernel: { try $0.tanh() }) { try 1 - $0.output.square() }

  /// The angle of the point `(b, a)`.
  public static let atan2 = binary(
    "atan2", ["b/(a² + b²)", "−a/(a² + b²)"],
    at: [[.eitherSign(0.5, 2, [2, 3]), .eitherSign(0.5, 2, [3])], [.eitherSign(0.5, 2, []), .eitherSign(0.5, 2, [2])]],
    kernel: { try $0.atan2($1) },
    derivative: .slopes([
      { try $0.inputs[1] / ($0.x.square() + $0.inputs[1].square()) },
      { try -$0.x / ($0.x.square() + $0.inputs[1].square()) },
    ]))
}
