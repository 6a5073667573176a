/// What is wrong with a table, and where.
public struct TableError: Error, Equatable, Sendable {
  public enum Kind: Equatable, Sendable {
    /// The text is not UTF-8.
    case notText
    /// There is no row, or none below the names.
    case empty
    /// The first row has numbers where the columns' names should be.
    case noNames
    case nameTwice
    case wrongCellCount(found: Int, expected: Int)
    case openQuote
    case textAfterQuote
    case missing
    /// A number column has a cell that is none.
    case unreadable(String)
    /// The cells are numbers for a person, with other marks: `1,5`, `1 000`, `50%`.
    case marked(String)
    /// A number that the type of the data cannot hold.
    case tooLarge(String)
    /// A mean was asked for in a column of text, or for the target.
    case noMean
    case unknownTarget(names: [String])
    /// There is no column but the target.
    case noFeatures
    /// Every row had a missing cell.
    case nothingLeft
  }

  public var kind: Kind
  /// The line of the file, counted from 1 as in an editor.
  public var row: Int?
  /// The cell within the row, counted from 1.
  public var column: Int?
  /// The column's name.
  public var name: String?

  init(_ kind: Kind, row: Int? = nil, column: Int? = nil, name: String? = nil) {
    self.kind = kind
    self.row = row
    self.column = column
    self.name = name
  }
}

extension TableError {
  public var message: String { place.isEmpty ? what : "\(place): \(what)" }

  private var place: String {
    guard let row else { return "" }
    guard let column else { return "row \(row)" }
    guard let name else { return "row \(row), column \(column)" }
    return "row \(row), column \(column) (\(name))"
  }

  private var what: String {
    switch kind {
    case .notText: "this is not UTF-8 text"
    case .empty: row == 1 ? "the table is empty" : "the table has no rows below its names"
    case .noNames: "the first row holds numbers, where the columns' names should be"
    case .marked(let text): "'\(text.prefix(40))' is not written as a number"
    case .tooLarge(let text): "\(text.prefix(40)) is too large for a float32"
    case .nameTwice: "another column has this name too"
    case .wrongCellCount(let found, let expected):
      "has \(found) \(found == 1 ? "cell" : "cells"), but there \(expected == 1 ? "is 1 column" : "are \(expected) columns")"
    case .openQuote: "a quote is opened here and never closed"
    case .textAfterQuote: "there is text after the closing quote"
    case .missing: "the cell is missing"
    case .unreadable(let text): "'\(text.prefix(40))' is not a number"
    case .noMean: "the cell is missing, and has no mean"
    case .unknownTarget: "there is no column \"\(name ?? "")\""
    case .noFeatures: "the table has no column but the target"
    case .nothingLeft: "every row has a missing cell, so none is left"
    }
  }

  public var help: String? {
    switch kind {
    case .notText: "save the file as UTF-8"
    case .empty: nil
    case .noNames: "add a first row with a name for each column"
    case .nameTwice: "give each column a name of its own"
    case .wrongCellCount: "quote a cell that contains a comma: \"a, b\""
    case .openQuote: "close the quote; a quote inside a quoted cell is doubled: \"\""
    case .textAfterQuote: "a quote inside a quoted cell is doubled: \"\""
    case .missing: "missing=\"drop\" leaves such rows out, missing=\"mean\" puts the column's mean there"
    case .unreadable: "most of this column are numbers; mend the cell, or leave it empty and use missing="
    case .marked: "numbers are written as 1234.5: with a point, without blanks, commas and units"
    case .tooLarge: "scale the column, or begin the program with precision(\"float64\")"
    case .noMean: "missing=\"drop\" leaves such rows out"
    case .unknownTarget(let names): "its columns are \(names.joined(separator: ", "))"
    case .noFeatures: "a dataset needs at least one column to predict from"
    case .nothingLeft: "missing=\"mean\" puts the column's mean there"
    }
  }
}
