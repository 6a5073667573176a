import Tensors
import Testing

@testable import Learning

@Suite struct SummaryTests {
  @Test func `a summary has shapes, parameters, multiply-adds and memory`() throws {
    let network = try Network(
      [.input([64]), .dense(128, .relu), .dropout(0.2), .dense(10)], stream: RandomStream(seed: 0))
    #expect(
      network.summary().text == """
        layer     output        parameters  multiply-adds
        input1    [batch, 64]            0              0
        dense1    [batch, 128]       8,320          8,192
        dropout1  [batch, 128]           0              0
        dense2    [batch, 10]        1,290          1,280
        total                        9,610          9,472
        memory: weights 37.5 KiB, results 1.29 KiB an example
        """)
    #expect(network.layers.map(\.description) == ["input(64)", "dense(128, relu)", "dropout(0.2)", "dense(10)"])
  }

  @Test func `what is not known yet is a question mark`() throws {
    let network = try Network([.dense(8), .dense(1, bias: false)], stream: RandomStream(seed: 0))
    #expect(
      network.summary().text == """
        layer   output  parameters  multiply-adds
        dense1  ?                ?              ?
        dense2  ?                ?              ?
        total                    ?              ?
        known after the first call, or with input(...) first
        """)
  }

  @Test(arguments: [(9.9996e29, "1e+30"), (9.994e29, "9.994e+29"), (0.99996, "1"), (999.96, "1000"), (-9.99996e-7, "-1e-6")])
  func `rounding carries into the next power of ten`(value: Double, text: String) {
    #expect(Figures.significant(value, 4) == text)
  }
}
