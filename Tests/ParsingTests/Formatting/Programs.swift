import FoundationEssentials

/// The programs of the repository: those of the tests, of the notebooks and of the benchmarks.
enum Programs {
  /// Each with its path from the repository's root.
  static let all: [(name: String, text: String)] = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path
    return ["Tests", "notebooks"].flatMap { folder in
      ((try? FileManager.default.subpathsOfDirectory(atPath: "\(root)/\(folder)")) ?? []).filter { $0.hasSuffix(".bp") }.sorted()
        .compactMap { path in
          (try? String(contentsOfFile: "\(root)/\(folder)/\(path)", encoding: .utf8)).map { ("\(folder)/\(path)", $0) }
        }
    }
  }()
}
