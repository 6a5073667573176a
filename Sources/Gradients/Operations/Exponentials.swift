import Tensors

extension Operation {
  static let exponentials = [exp, expm1, log, log1p, log2, log10, erf]

  public static let exp = function("exp", "eᶻ", kernel: { try $0.exp() }) { $0.output }

  public static let expm1 = function("expm1", "eᶻ", kernel: { try $0.expm1() }) { try $0.output + 1 }

  public static let log = function("log", "1/z", at: .between(0.3, 3), kernel: { try $0.log() }) { try 1 / $0.x }

  public static let log1p = function("log1p", "1/(1 + z)", at: .between(-0.6, 2), kernel: { try $0.log1p() }) {
    try 1 / ($0.x + 1)
  }

  public static let log2 = function("log2", "1/(z·ln 2)", at: .between(0.3, 3), kernel: { try $0.log2() }) {
    try 1 / ($0.x * 0.693_147_180_559_945_309_4)
  }

  public static let log10 = function("log10", "1/(z·ln 10)", at: .between(0.3, 3), kernel: { try $0.log10() }) {
    try 1 / ($0.x * 2.302_585_092_994_045_684_0)
  }

  public static let erf = function("erf", "(2/√π)·e^(−z²)", kernel: { try $0.erf() }) {
    try (-$0.x.square()).exp() * 1.128_379_167_095_512_573_9
  }
}
