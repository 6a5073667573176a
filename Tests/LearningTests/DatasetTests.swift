import Tensors
import Testing

@testable import Learning

@Suite struct DatasetTests {
  @Test(arguments: [
    (BundledTable.iris, [150, 4], ["setosa", "versicolor", "virginica"]),
    (.wine, [178, 13], ["class_0", "class_1", "class_2"]),
    (.breastCancer, [569, 30], ["benign", "malignant"]),
    (.diabetes, [442, 10], []),
    (.digits, [1797, 64], (0..<10).map(String.init)),
  ])
  func `the bundled tables have their size and classes`(table: BundledTable, shape: [Int], classes: [String]) throws {
    let data = try table.load()
    #expect(data.x.shape.dimensions == shape)
    #expect(data.classes == classes)
    #expect(data.y?.dtype == (classes.isEmpty ? .float32 : .int64))
    #expect(data.features.count == shape[1])
  }

  @Test func `digits are images of 8 by 8 with grey levels up to 16`() throws {
    let data = try BundledTable.digits.load()
    #expect(try data.images()?.shape == [1797, 8, 8])
    #expect(data.x.doubles.max() == 16)
    #expect(try data.take(3).y?.ints() == [0, 1, 2])
    #expect(try BundledTable.iris.load().images() == nil)
  }

  @Test func `a split holds every row once`() throws {
    let data = try Dataset(x: Tensor((0..<10).map(Double.init), shape: [10, 1]))
    let parts = try data.split([0.7, 0.1, 0.2], from: RandomStream(seed: 1))
    #expect(parts.map(\.count) == [7, 1, 2])
    #expect(parts.flatMap(\.x.doubles).sorted() == (0..<10).map(Double.init))
    #expect(try data.split([0.8], from: RandomStream(seed: 1)).map(\.count) == [8, 2])
    #expect(try data.split([0.8], from: RandomStream(seed: 1))[0].x.doubles == parts[0].x.doubles + parts[1].x.doubles)
  }

  @Test(arguments: [[0.0], [1], [0.5, 0.6], [-0.5, 1.5], [.nan], []])
  func `shares that make no whole are refused`(shares: [Double]) throws {
    let data = try Dataset.xor()
    #expect(throws: LearningError.self) { try data.split(shares, from: RandomStream(seed: 1)) }
  }

  @Test func `batches come in order and the last may be smaller`() throws {
    let data = try Dataset(x: Tensor((0..<5).map(Double.init), shape: [5, 1]), y: Tensor([0, 1, 2, 3, 4]))
    let batches = try data.batches(2)
    #expect(batches.map(\.x.doubles) == [[0, 1], [2, 3], [4]])
    #expect(batches.map { $0.y?.doubles } == [[0, 1], [2, 3], [4]])
  }

  @Test func `x and y stay together when shuffled`() throws {
    let data = try Dataset(x: Tensor((0..<9).map(Double.init), shape: [9, 1]), y: Tensor(Array(0..<9)))
    let shuffled = try data.shuffled(from: RandomStream(seed: 3))
    #expect(shuffled.x.doubles == shuffled.y?.doubles)
    #expect(shuffled.x.doubles != data.x.doubles)
    #expect(try shuffled.x.doubles == data.shuffled(from: RandomStream(seed: 3)).x.doubles)
  }

  @Test func `standardize takes its statistics from the first dataset`() throws {
    let train = try Dataset(x: Tensor([1, 5, 3, 5], shape: [2, 2]))
    let test = try Dataset(x: Tensor([2, 6], shape: [1, 2]))
    let scaled = try Dataset.standardize([train, test])
    #expect(scaled[0].x.doubles == [-1, 0, 1, 0])
    #expect(scaled[1].x.doubles == [0, 1])
    #expect(scaled[0].features == train.features)
  }

  @Test func `what is made by a formula has its rows and classes`() throws {
    let stream = RandomStream(seed: 5)
    #expect(try Dataset.xor().y?.doubles == [0, 1, 1, 0])
    for data in try [
      Dataset.spirals(100, classes: 3, from: stream), .moons(100, from: stream), .circles(100, from: stream),
      .blobs(100, classes: 4, from: stream),
    ] {
      #expect(data.x.shape == [100, 2])
      #expect(data.y?.dtype == .int64)
      #expect(data.x.doubles.allSatisfy { $0.isFinite })
    }
    #expect(try Dataset.spirals(100, classes: 3, from: stream).describe().classes.map(\.rows) == [33, 33, 34])
    #expect(try Dataset.moons(from: stream).x.doubles == Dataset.moons(from: stream).x.doubles)
  }

  @Test func `points of a circle are spread over all of it`() throws {
    let data = try Dataset.circles(8, noise: 0, from: RandomStream(seed: 0))
    let expected = [1.0, 0, 0, 1, -1, 0, 0, -1, 0.5, 0, 0, 0.5, -0.5, 0, 0, -0.5]
    #expect(distance(data.x.doubles, expected) < 1e-6)
  }

  @Test func `spirals and moons begin and end where they should`() throws {
    let stream = RandomStream(seed: 0)
    let spirals = try Dataset.spirals(6, classes: 2, noise: 0, from: stream).x.doubles
    #expect(distance(spirals, [0.05, 0, -0.525, 0, 1, 0, -0.05, 0, 0.525, 0, -1, 0]) < 1e-6)
    let moons = try Dataset.moons(6, noise: 0, from: stream).x.doubles
    #expect(distance(moons, [1, 0, 0, 1, -1, 0, 0, 0.5, 1, -0.5, 2, 0.5]) < 1e-6)
  }

  @Test func `noise has the deviation that was asked for`() throws {
    let (plain, noisy) = try (
      Dataset.spirals(20_000, noise: 0, from: RandomStream(seed: 3)),
      Dataset.spirals(20_000, noise: 0.3, from: RandomStream(seed: 3))
    )
    let noise = zip(noisy.x.doubles, plain.x.doubles).map { $0 - $1 }
    let mean = noise.reduce(0, +) / 40_000
    let deviation = (noise.reduce(0) { $0 + $1 * $1 } / 40_000).squareRoot()
    #expect(abs(mean) < 0.006 && abs(deviation - 0.3) < 0.005)
  }

  @Test func `rows of x and y must agree`() {
    #expect { try Dataset(x: Tensor([1, 2], shape: [2, 1]), y: Tensor([1])) } throws: {
      ($0 as? LearningError)?.message == "x has 2 rows, but y has 1"
    }
  }

  @Test func `a description fits sixty columns`() throws {
    for table in BundledTable.allCases {
      let text = try table.load().describe().text
      #expect(text.split(separator: "\n").allSatisfy { $0.count <= 60 }, Comment(rawValue: text))
    }
    #expect(
      try BundledTable.iris.load().describe().text == """
        iris: 150 rows of 4
        classes: setosa 50 versicolor 50 virginica 50
                       mean     std  min  max
        sepal_length  5.843  0.8253  4.3  7.9
        sepal_width   3.057  0.4344    2  4.4
        petal_length  3.758   1.759    1  6.9
        petal_width   1.199  0.7597  0.1  2.5
        """)
  }
}
