import FoundationEssentials
import Gradients
import Tensors

@testable import Learning

/// What PyTorch made of a dense network; `Tests/Fixtures/make_fixtures.py` wrote it.
struct Fixture<Case: Decodable>: Decodable {
  let weights: [String: [Double]]
  let data: [String: [Double]]
  let classes: [Int]
  let cases: [Case]

  static func read(_ name: String) throws -> Fixture { try readFixture(name) }

  /// The network 4-5-3 with the fixture's weights, in float64.
  func network(_ activation: Activation) throws -> Network {
    let network = try Network(
      [.input([4]), .dense(5, activation), .dense(3)], stream: RandomStream(seed: 0), dtype: .float64)
    for (path, parameter) in network.parameters {
      try network.assign(Tensor(weights[path] ?? [], shape: parameter.value.shape, dtype: .float64), to: path)
    }
    return network
  }

  func x() throws -> Tensor { try matrix("x", columns: 4) }

  func target(_ name: String) throws -> Tensor {
    name == "classes" ? try Tensor(classes) : try matrix(name, columns: 3)
  }

  private func matrix(_ name: String, columns: Int) throws -> Tensor {
    let values = data[name] ?? []
    return try Tensor(values, shape: Shape([values.count / columns, columns]), dtype: .float64)
  }
}

func readFixture<Content: Decodable>(_ name: String) throws -> Content {
  let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  return try JSONDecoder().decode(Content.self, from: Data(contentsOf: tests.appending(path: "Fixtures/" + name)))
}

/// The setting of a fixture's case.
enum FixtureSetting: Decodable {
  case number(Double)
  case flag(Bool)
  case text(String)
  case sizes([Int])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let sizes = try? container.decode([Int].self) {
      self = .sizes(sizes)
    } else {
      self = .number(try container.decode(Double.self))
    }
  }

  var setting: Setting {
    switch self {
    case .number(let value): Int(exactly: value).map { .integer($0) } ?? .number(value)
    case .flag(let value): .flag(value)
    case .text(let text): Activation.named(text).map { .activation($0) } ?? .text(text)
    case .sizes(let sizes): .sizes(sizes)
    }
  }
}

/// The largest difference of two lists of numbers; infinite if one is longer or a difference is not a number.
func distance(_ a: [Double], _ b: [Double]) -> Double {
  guard a.count == b.count else { return .infinity }
  let differences = zip(a, b).map { abs($0 - $1) }
  return differences.contains(where: \.isNaN) ? .infinity : differences.max() ?? 0
}
