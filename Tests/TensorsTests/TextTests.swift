import Tensors
import Testing

@Suite struct TextTests {
  @Test(arguments: [
    (0.1, "0.1"), (1, "1.0"), (1.0 / 3, "0.33333334"), (1e20, "1e+20"), (-2.5e-6, "-2.5e-06"), (.nan, "nan"), (.infinity, "inf"),
  ])
  func `a scalar is the shortest decimal that gives it back`(value: Double, text: String) throws {
    #expect(try Tensor(value).description == text)
  }

  @Test func `a scalar's text is that of its own type`() throws {
    #expect(try Tensor(1.0 / 3, dtype: .float64).description == "0.3333333333333333")
    #expect(try Tensor(3, dtype: .int64).description == "3")
    #expect(try Tensor(1, dtype: .bool).description == "True")
  }

  @Test func `columns line up`() throws {
    #expect(try Tensor([1, -20.5, 3.14159, 0], shape: [2, 2]).description == "[[  1.0000, -20.5000],\n [  3.1416,   0.0000]]")
    #expect(try Tensor([1, -20, 300]).description == "[  1, -20, 300]")
    #expect(try Tensor([true, false]).description == "[ True, False]")
    #expect(try Tensor([1, .nan, -.infinity] as [Double]).description == "[1.0000,    nan,   -inf]")
  }

  @Test func `sizes that differ widely are written with powers of ten`() throws {
    #expect(try Tensor([1.0, 123_456.0]).description == "[1.0000e+00, 1.2346e+05]")
    #expect(try Tensor([1.0, 99_999.0]).description == "[    1.0000, 99999.0000]")
    #expect(try Tensor([1e-5, 2e-5]).description == "[1.0000e-05, 2.0000e-05]")
    #expect(try Tensor([0.0, 1e-5]).description == "[0.0000e+00, 1.0000e-05]")
  }

  @Test func `matrices in a stack are parted by a blank line`() throws {
    #expect(try Tensor.arange(0, 8).reshape([2, 2, 2]).description == "[[[0, 1],\n  [2, 3]],\n\n [[4, 5],\n  [6, 7]]]")
  }

  @Test func `nothing has brackets still`() throws {
    #expect(try Tensor.zeros([0]).description == "[]")
    #expect(try Tensor.zeros([2, 0]).description == "[[],\n []]")
    #expect(try Tensor.zeros([0, 2]).description == "[]")
  }

  @Test func `beyond 1000 elements the first and last three of each dimension are shown`() throws {
    #expect(
      try Tensor.arange(0, 1001).description == "[   0,    1,    2, ...,  998,  999, 1000]")
    #expect(
      try Tensor.arange(0, 2000).reshape([2, 1000]).description
        == "[[   0,    1,    2, ...,  997,  998,  999],\n [1000, 1001, 1002, ..., 1997, 1998, 1999]]")
    let rows = try Tensor.zeros([1000, 2], dtype: .int64).description
    #expect(rows == "[[0, 0],\n [0, 0],\n [0, 0],\n ...,\n [0, 0],\n [0, 0],\n [0, 0]]")
  }

  @Test func `long rows are broken before the eightieth column`() throws {
    let text = try Tensor.arange(100, 150).description
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(text.hasPrefix("[100, 101,"))
    #expect(text.split(separator: "\n")[1].hasPrefix(" 1"))
  }
}
