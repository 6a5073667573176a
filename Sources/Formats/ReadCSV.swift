import Learning

/// Reads a table of comma-separated values as a dataset.
///
/// - Parameters:
///   - path: of a file in UTF-8 whose first row names the columns.
///   - target: the column to be predicted, if there is one.
public func readCSV(
  _ path: String, target: String? = nil, missing: MissingCells = .refuse
) throws(ReadError) -> Dataset {
  let bytes: [UInt8]
  do {
    bytes = try FileContents.read(path)
  } catch {
    throw .file(error)
  }
  do {
    return try Dataset(csv: bytes, target: target, missing: missing, name: name(of: path))
  } catch {
    throw .content(error, path: path)
  }
}

/// The last part of a path, without its ending.
private func name(of path: String) -> String {
  let file = path.split(separator: "/").last.map(String.init) ?? path
  guard let dot = file.lastIndex(of: "."), dot > file.startIndex else { return file }
  return String(file[..<dot])
}
