import JupyterWire

/// A notebook of nbformat 4, with every field that its file has, in order.
struct Notebook {
  var cells: [Cell]
  /// All but the cells.
  private var content: JSON.Object
  /// The blanks by which the file is indented.
  private let indent: Int

  private static let format = (major: 4, minor: 5)

  init(parsing bytes: [UInt8]) throws(NotebookError) {
    guard String(validating: bytes, as: UTF8.self) != nil else { throw NotebookError("it is not a text in UTF-8") }
    let json: JSON
    do throws(JSONError) {
      json = try JSON(parsing: bytes)
    } catch {
      throw NotebookError("it is not JSON: \(error.description)")
    }
    guard case .object(let object) = json, let major = object["nbformat"]?.integer else {
      throw NotebookError("it has no nbformat", help: "a notebook is a file that Jupyter has written")
    }
    guard major >= Self.format.major else {
      throw NotebookError(
        "it is of nbformat \(major)", help: "jupyter nbconvert --to notebook --inplace FILE brings it up to date")
    }
    guard major == Self.format.major else {
      throw NotebookError("it is of nbformat \(major), newer than this bpsh", help: "save it as nbformat 4")
    }
    guard let cells = object["cells"]?.array else { throw NotebookError("it has no list of cells") }
    content = object
    self.cells = []
    for (i, cell) in cells.enumerated() {
      guard let cell = Cell(cell) else { throw NotebookError("its cell \(i + 1) is none of nbformat 4") }
      self.cells.append(cell)
    }
    if content["metadata"]?.object == nil { content["metadata"] = [:] }
    indent = Self.indent(of: bytes)
  }

  /// Jupyter indents by one blank; editors may do as they like.
  private static func indent(of bytes: [UInt8]) -> Int {
    guard let line = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return 1 }
    let blanks = bytes[(line + 1)...].prefix { $0 == UInt8(ascii: " ") }.count
    return (1...8).contains(blanks) ? blanks : 1
  }

  /// The kernel that it is for; nil where it says nothing.
  var kernel: String? { content["metadata"]?["kernelspec"]?["name"]?.string }

  /// The language that it says its cells are in; nil where it says nothing.
  var language: String? {
    content["metadata"]?["kernelspec"]?["language"]?.string ?? content["metadata"]?["language_info"]?["name"]?.string
  }

  /// Notes who has run it.
  mutating func note(kernel: JSON, language: JSON) {
    guard var metadata = content["metadata"]?.object else { return }
    if metadata["kernelspec"] == nil { metadata["kernelspec"] = kernel }
    metadata["language_info"] = language
    content["metadata"] = .object(metadata)
  }

  /// The file's content, as nbformat 4.5.
  var bytes: [UInt8] {
    var object = content
    var ids = CellIDs()
    object["cells"] = .array(cells.enumerated().map { .object($1.identified(ids.next($1, at: $0))) })
    // One that is newer than ours in small things stays what it is.
    object["nbformat_minor"] = .integer(max(object["nbformat_minor"]?.integer ?? 0, Self.format.minor))
    return JSON.object(object).laidOut(indent: indent) + [UInt8(ascii: "\n")]
  }
}

/// What keeps a file from being run as a notebook.
struct NotebookError: Error, Equatable {
  /// A sentence about `it`, the file.
  var reason: String
  var help: String?

  init(_ reason: String, help: String? = nil) {
    self.reason = reason
    self.help = help
  }
}

/// Gives cells the names that nbformat 4.5 asks for: those that they have, where they are good, else names made from their text.
private struct CellIDs {
  private var taken: Set<String> = []

  mutating func next(_ cell: Notebook.Cell, at index: Int) -> String {
    if let id = cell.id, Self.isValid(id), taken.insert(id).inserted { return id }
    var salt = index
    while true {
      // From the text and the place, so that the same notebook gives the same file.
      let id = Self.digits(of: "\(salt)\n\(cell.source)")
      if taken.insert(id).inserted { return id }
      salt += 1 << 20
    }
  }

  private static func isValid(_ id: String) -> Bool {
    (1...64).contains(id.utf8.count)
      && id.unicodeScalars.allSatisfy { $0.isASCII && ($0.properties.isAlphabetic || "0123456789-_".unicodeScalars.contains($0)) }
  }

  /// Eight hexadecimal digits (the hash FNV-1a).
  private static func digits(of text: String) -> String {
    let hash = text.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    let digits = String(UInt32(truncatingIfNeeded: hash ^ hash >> 32), radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
