import Diagnostics
import Testing

@Suite struct NearestTests {
  static let known = ["relu", "selu", "epochs", "optimizer", "weight", "x", "accuracy"]

  @Test(arguments: [
    ("rleu", "relu"), ("epoch", "epochs"), ("optimiser", "optimizer"), ("wieght", "weight"), ("Weight", "weight"),
    ("acuracy", "accuracy"), ("seluu", "selu"),
  ])
  func `a slip suggests the word that was meant`(typed: String, meant: String) {
    #expect(nearest(to: typed, among: Self.known) == meant)
  }

  @Test(arguments: ["", "zzz", "batch", "y", "accumulate"])
  func `nothing near suggests nothing`(typed: String) {
    #expect(nearest(to: typed, among: Self.known) == nil)
  }

  @Test func `a word does not suggest itself, and of equally near ones the first in the alphabet comes`() {
    #expect(nearest(to: "relu", among: ["relu"]) == nil)
    #expect(nearest(to: "relu", among: ["selu", "gelu", "telu"]) == "gelu")
  }
}
