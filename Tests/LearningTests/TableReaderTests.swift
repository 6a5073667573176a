import Tensors
import Testing

@testable import Learning

@Suite struct TableReaderTests {
  private func read(
    _ text: String, target: String? = nil, missing: MissingCells = .refuse
  ) throws(LearningError) -> Dataset {
    try Dataset(csv: Array(text.utf8), target: target, missing: missing)
  }

  @Test func `a target of words becomes class numbers in the words' order`() throws {
    let data = try read("size,kind\n1,wolf\n2,ant\n3,wolf\n", target: "kind")
    #expect(data.classes == ["ant", "wolf"])
    #expect(data.y?.dtype == .int64)
    #expect(data.y?.doubles == [1, 0, 1])
    #expect(data.x.shape == [3, 1])
    #expect(data.features == ["size"])
  }

  @Test func `the target may stand in any column`() throws {
    let data = try read("y,a,b\n1.5,2,3\n2.5,4,5\n", target: "y")
    #expect(data.x.doubles == [2, 3, 4, 5])
    #expect(data.y?.doubles == [1.5, 2.5])
    #expect(data.y?.dtype == .float32)
    #expect(data.classes.isEmpty)
  }

  @Test(arguments: [
    ([0, 1, 0, 1], true), ([0, 1, 2, 2, 1, 0], true), ([1, 2, 1, 2], false), ([0, 2, 0, 2], false), ([0, 1, 2], false),
    ([0.5, 1, 0.5, 1], false), ([-1, 0, -1, 0], false),
  ])
  func `whole numbers without a gap are class numbers`(values: [Double], areClasses: Bool) throws {
    let data = try read("x,y\n" + values.map { "1,\($0)\n" }.joined(), target: "y")
    #expect((data.y?.dtype == .int64) == areClasses)
  }

  @Test func `text columns are coded`() throws {
    #expect(try read("a,colour\n1,red\n2,blue\n3,red\n").x.doubles == [1, 1, 2, 0, 3, 1])
  }

  @Test(arguments: [
    ("a,b\n1,2\n3,\n5,6\n", "row 3, column 2 (b): the cell is missing"),
    ("a,b\n1,2\n3,NA\n5,6\n", "row 3, column 2 (b): the cell is missing"),
    ("a,b\n1,2\n3,x4\n5,6\n", "row 3, column 2 (b): 'x4' is not a number"),
    ("a,b\n1,u\n3,\n5,v\n", "row 3, column 2 (b): the cell is missing"),
    ("a,b\n\n1,2\n\n3,x\n5,6\n", "row 5, column 2 (b): 'x' is not a number"),
  ])
  func `a missing or unreadable cell is an error with row and column`(text: String, message: String) {
    #expect { try read(text) } throws: { ($0 as? LearningError)?.message == message }
  }

  @Test(arguments: [
    ("a;b\n1,5;2\n2,5;3\n", "row 2, column 1 (a): '1,5' is not written as a number"),
    ("a,b\nx,1 000\ny,2 000\n", "row 2, column 2 (b): '1 000' is not written as a number"),
    ("a,b\n1,\"1,234.5\"\n2,7\n3,\"2,000\"\n4,\"3,000\"\n", "row 2, column 2 (b): '1,234.5' is not written as a number"),
    ("a,b\n1,$5\n2,$6\n", "row 2, column 2 (b): '$5' is not written as a number"),
    ("a,b\n1,50%\n2,60 %\n", "row 2, column 2 (b): '50%' is not written as a number"),
    ("a b\n1 2\n3 4\n", "row 2, column 1 (a b): '1 2' is not written as a number"),
    ("a,b\n1,2\n1e39,3\n", "row 3, column 1 (a): 1e39 is too large for a float32"),
  ])
  func `numbers with other marks are not taken for words`(text: String, message: String) {
    #expect { try read(text) } throws: { ($0 as? LearningError)?.message == message }
  }

  @Test(arguments: ["2020-01-01", "1.2.3", "a1", "12:30", "+", "x, y"])
  func `words with digits are words`(word: String) throws {
    #expect(try read("a,b\n1,\"\(word)\"\n2,\"\(word)\"\n").x.doubles == [1, 0, 2, 0])
  }

  @Test func `rows that lack a cell can be left out`() throws {
    let data = try read("a,b\n1,2\n3,\n,6\n7,8\n", missing: .drop)
    #expect(data.x.doubles == [1, 2, 7, 8])
  }

  @Test func `the mean can stand in for a missing number`() throws {
    #expect(try read("a,b\n1,2\n3,\n5,6\n", missing: .mean).x.doubles == [1, 2, 3, 4, 5, 6])
  }

  @Test(arguments: [
    ("a,b\n1,2\n3,\n5,6\n", "b", "row 3, column 2 (b): the cell is missing, and has no mean"),
    ("a,b\n1,u\n3,\n5,v\n", "a", "row 3, column 2 (b): the cell is missing, and has no mean"),
  ])
  func `neither a target nor text has a mean`(text: String, target: String, message: String) {
    #expect { try read(text, target: target, missing: .mean) } throws: { ($0 as? LearningError)?.message == message }
  }

  @Test func `an unknown target is an error that lists the columns`() {
    #expect { try read("a,b\n1,2\n", target: "c") } throws: {
      let error = $0 as? LearningError
      return error?.message == "there is no column \"c\"" && error?.help == "its columns are a, b"
    }
  }

  @Test func `a table of which no row is left is an error`() {
    #expect { try read("a,b\n1,\n,2\n", missing: .drop) } throws: {
      ($0 as? LearningError)?.message == "every row has a missing cell, so none is left"
    }
  }
}
