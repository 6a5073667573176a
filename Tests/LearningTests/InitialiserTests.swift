import Tensors
import Testing

@testable import Learning

@Suite struct InitialiserTests {
  private let fans = Fans(incoming: 50, outgoing: 100)

  private func draw(_ initialiser: Initialiser) throws -> [Double] {
    var stream = RandomStream(seed: 1)
    return try initialiser.draw([50, 100], fans: fans, dtype: .float64, from: &stream).doubles
  }

  private static let variances: [(kind: String, settings: [String: Double], variance: Double)] = [
    ("zeros_init", [:], 0), ("ones_init", [:], 0), ("constant", ["c": 3], 0), ("normal", ["std": 0.3], 0.09),
    ("uniform", ["limit": 0.5], 0.25 / 3), ("xavier", [:], 2.0 / 150), ("xavier_normal", [:], 2.0 / 150),
    ("he", [:], 2.0 / 50), ("he_uniform", [:], 2.0 / 50), ("lecun", [:], 1.0 / 50), ("orthogonal", [:], 1.0 / 100),
  ]

  @Test(arguments: variances)
  func `weights have the variance that the formula promises`(
    kind: String, settings: [String: Double], variance: Double
  ) throws {
    let kind = try #require(InitialiserKind.named(kind))
    let initialiser = try Initialiser(kind, settings.mapValues { .number($0) })
    let (_, deviation) = Dataset.columnStatistics(try draw(initialiser), width: 1)
    #expect(abs(deviation[0] * deviation[0] - variance) <= 0.06 * variance)
  }

  @Test func `every initialiser is looked at`() {
    #expect(Set(InitialiserTests.variances.map(\.kind)) == Set(InitialiserKind.all.map(\.name)))
  }

  @Test func `uniform ones keep their limit`() throws {
    #expect(try draw(.xavier).allSatisfy { abs($0) <= (6.0 / 150).squareRoot() })
    #expect(try draw(.heUniform).allSatisfy { abs($0) <= (6.0 / 50).squareRoot() })
  }

  @Test(arguments: [[3, 5], [5, 3], [4, 4], [1, 6]] as [Shape])
  func `orthogonal rows or columns have length 1`(shape: Shape) throws {
    var stream = RandomStream(seed: 1)
    let w = try Initialiser.orthogonal.draw(shape, dtype: .float64, from: &stream)
    let isWide = shape[0] <= shape[1]
    let product = try Tensor.matmul(w, w, transposeA: !isWide, transposeB: isWide)
    #expect(distance(product.doubles, try Tensor.eye(min(shape[0], shape[1]), dtype: .float64).doubles) < 1e-12)
  }

  @Test func `both types start with the same numbers`() throws {
    var (a, b) = (RandomStream(seed: 1), RandomStream(seed: 1))
    let single = try Initialiser.he.draw([3, 3], dtype: .float32, from: &a)
    let double = try Initialiser.he.draw([3, 3], dtype: .float64, from: &b)
    #expect(single.doubles == double.doubles.map { Double(Float($0)) })
  }
}
