import Testing

@testable import Learning

@Suite struct CSVTests {
  @Test(arguments: [
    ("a,b\n1,2\n3,4\n", ["a", "b"], [["1", "2"], ["3", "4"]]),
    ("a,b\r\n1,2\r\n", ["a", "b"], [["1", "2"]]),
    ("\u{FEFF}a,b\n1,2", ["a", "b"], [["1", "2"]]),
    ("a;b\n1,5;2\n", ["a", "b"], [["1,5", "2"]]),
    ("a\tb\n1\t\n", ["a", "b"], [["1", ""]]),
    ("a,b\n1,\n", ["a", "b"], [["1", ""]]),
    ("a,b\n1,", ["a", "b"], [["1", ""]]),
    ("a,b\n\"x, y\",\"say \"\"hi\"\"\"\n", ["a", "b"], [["x, y", "say \"hi\""]]),
    ("a,b\n\"two\nlines\",2\n", ["a", "b"], [["two\nlines", "2"]]),
    (" a , b \n 1 , 2 \n", ["a", "b"], [["1", "2"]]),
    ("a,b\n\n1,2\n\n", ["a", "b"], [["1", "2"]]),
    (",b\n1,2\n", ["column1", "b"], [["1", "2"]]),
    ("größe\nß\n", ["größe"], [["ß"]]),
    ("a,b\r1,2\r3,4\r", ["a", "b"], [["1", "2"], ["3", "4"]]),
    ("name,2019,2020\nx,1,2\n", ["name", "2019", "2020"], [["x", "1", "2"]]),
  ])
  func `a table is taken apart into cells`(text: String, names: [String], rows: [[String]]) throws {
    let table = try CSVTable(bytes: Array(text.utf8))
    #expect(table.names == names)
    #expect((0..<table.rowCount).map { row in names.indices.map { table.text(row: row, column: $0) } } == rows)
  }

  @Test(arguments: [
    ("", "row 1: the table is empty"),
    ("a,b\n", "row 2: the table has no rows below its names"),
    ("1,2\n3,4\n", "row 1: the first row holds numbers, where the columns' names should be"),
    ("5.1,3.5,setosa\n4.9,3,setosa\n", "row 1: the first row holds numbers, where the columns' names should be"),
    ("a\n1,2\n", "row 2: has 2 cells, but there is 1 column"),
    ("a,a\n1,2\n", "row 1, column 2 (a): another column has this name too"),
    ("a,b\n1,2\n3\n", "row 3: has 1 cell, but there are 2 columns"),
    ("a,b\n1,2,3\n", "row 2: has 3 cells, but there are 2 columns"),
    ("a,b\n\"x\n,2\n3,4\n", "row 2, column 1: a quote is opened here and never closed"),
    ("a,b\n1,\"x\"y\n", "row 2, column 2: there is text after the closing quote"),
    ("a,b\n\"x\ny\",2\n3\n", "row 4: has 1 cell, but there are 2 columns"),
  ])
  func `a broken table is an error with its place`(text: String, message: String) {
    #expect { try CSVTable(bytes: Array(text.utf8)) } throws: { ($0 as? TableError)?.message == message }
  }

  @Test(arguments: [[UInt8]([0x61, 0x0A, 0xFF, 0x0A]), [0x61, 0x0A, 0x31, 0x00, 0x0A]])
  func `what is no text is refused with its row`(bytes: [UInt8]) {
    #expect { try CSVTable(bytes: bytes) } throws: { ($0 as? TableError)?.message == "row 2: this is not UTF-8 text" }
  }

  @Test(arguments: [
    ("12", 12), ("-0.5", -0.5), ("+3", 3), (".5", 0.5), ("5.", 5), ("1e3", 1000), ("-1.25E-2", -0.0125),
    ("1234567890123456768", 1_234_567_890_123_456_768), ("0.1", 0.1), ("1.7976931348623157e308", 1.7976931348623157e308),
    ("", nil), ("-", nil), (".", nil), ("1e", nil), ("0x10", nil), ("nan", nil), ("inf", nil), ("1 2", nil), ("1e999", nil),
    ("--1", nil), ("1.2.3", nil), ("e5", nil),
  ])
  func `numbers are read exactly and nothing else is`(text: String, value: Double?) {
    #expect(Decimal.parse(Array(text.utf8), 0..<text.utf8.count) == value)
  }
}
