import Formats
import Tensors
import Testing

@Suite struct ReadArraysTests {
  private static let numbers: [Double] = [0, 1, 2.5, -3, 100, 0.125]

  @Test(arguments: ArrayFixture.names.filter { $0.hasSuffix("_little.npy") || $0.hasSuffix("_big.npy") })
  func `every type of number is read in either order of bytes`(name: String) throws {
    let array = try readNpy(ArrayFixture.path(name))
    let kind = name.prefix(1)
    let (dtype, expected): (DType, [Double]) =
      switch kind {
      case "f": (name.hasPrefix("f8") ? .float64 : .float32, Self.numbers)
      case "i": (.int64, Self.numbers.map { $0.rounded(.towardZero) })
      case "u": (.int64, Self.numbers.map { $0.magnitude.rounded(.towardZero) })
      default: (.bool, Self.numbers.map { $0 == 0 ? 0 : 1 })
      }
    #expect(array.dtype == dtype)
    #expect(array.shape == [2, 3])
    #expect(array.doubles == expected)
  }

  @Test func `there are files of every type`() { #expect(ArrayFixture.names.count { $0.contains("_") } >= 18) }

  @Test(arguments: ["columns.npy", "version2.npy", "version3.npy"])
  func `every order and version gives the same`(name: String) throws {
    let array = try readNpy(ArrayFixture.path(name))
    #expect(array.shape == [2, 3])
    #expect(array.doubles == Self.numbers)
  }

  @Test func `shapes are kept`() throws {
    #expect(try readNpy(ArrayFixture.path("scalar.npy")).shape == [])
    #expect(try readNpy(ArrayFixture.path("empty.npy")).shape == [0, 3])
    let cube = try readNpy(ArrayFixture.path("cube.npy"))
    #expect(cube.shape == [2, 3, 4])
    #expect(cube.doubles == (0..<24).map(Double.init))
  }

  @Test func `archives give their arrays by name`() throws {
    let stored = try readNpz(ArrayFixture.path("stored.npz"))
    #expect(stored.map(\.name) == ["a", "b", "läng"])
    #expect(stored[0].array.doubles == Self.numbers)
    #expect(stored[1].array.doubles == [0, 1, 2])
    #expect(stored[2].array.dtype == .bool)
    let deflated = try readNpz(ArrayFixture.path("deflated.npz"))
    #expect(deflated[0].array.doubles == Self.numbers)
    #expect(deflated[1].array.shape == [50, 40])
    #expect(try readNpz(ArrayFixture.path("zip64.npz")).map(\.array.count) == [6, 3])
    #expect(try readNpz(ArrayFixture.path("none.npz")).isEmpty)
  }

  @Test func `the records of large archives are followed`() throws {
    var bytes = try FileContents.read(ArrayFixture.path("zip64.npz"))
    // The plain record's count and place of the directory, as they stand where 16 and 32 bits do not hold them.
    bytes.replaceSubrange(bytes.count - 14..<bytes.count - 10, with: [0xFF, 0xFF, 0xFF, 0xFF])
    bytes.replaceSubrange(bytes.count - 6..<bytes.count - 2, with: [0xFF, 0xFF, 0xFF, 0xFF])
    let arrays = try withFile(bytes) { try readNpz($0) }
    #expect(arrays.map(\.name) == ["a", "b"])
  }

  @Test func `memory is counted before it is taken, and given back`() throws {
    let before = MemoryBudget.used
    for name in ArrayFixture.names { _ = try? ArrayFixture.arrays(at: ArrayFixture.path(name), of: name) }
    // Other tests run beside this one: what leaked would be at least the files' size.
    #expect(MemoryBudget.used - before < 1 << 20)
  }

  @Test(arguments: DType.allCases)
  func `what is written is read again, to the bit`(dtype: DType) throws {
    for shape in [[], [3], [2, 3], [0, 2], [1, 1, 4]] as [Shape] {
      let x = try Tensor((0..<shape.count).map { Double($0) - 1.5 }, shape: shape, dtype: dtype)
      let bytes = Array(npy(x).joined())
      #expect((bytes.count - shape.count * dtype.width) % 64 == 0)
      let y = try withFile(bytes) { try readNpy($0) }
      #expect(y.shape == x.shape && y.dtype == x.dtype && y.bytes == x.bytes)
    }
  }

  @Test func `NumPy's own bytes are written`() throws {
    let array = try readNpy(ArrayFixture.path("f4_little.npy"))
    #expect(try Array(npy(array).joined()) == FileContents.read(ArrayFixture.path("f4_little.npy")))
  }
}
