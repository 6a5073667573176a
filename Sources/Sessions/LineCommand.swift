import Diagnostics

/// The commands that begin with a per cent sign.
enum LineCommand: String, CaseIterable {
  case time, timeit, who, hist, reset, load, save, run, help

  var needsText: Bool {
    switch self {
    case .time, .timeit, .load, .save, .run: true
    case .who, .hist, .reset, .help: false
    }
  }

  /// Whether the name of a file stands behind it.
  var takesPath: Bool { arguments == "FILE" }

  /// What stands behind it.
  var arguments: String {
    switch self {
    case .time, .timeit: "CODE"
    case .load, .run: "FILE"
    case .save: "[-f] FILE"
    case .hist: "[TEXT]"
    case .help: "[NAME]"
    case .who, .reset: ""
    }
  }

  var usage: String {
    let summary =
      switch self {
      case .time: "runs it and says how long it took"
      case .timeit: "runs it many times and says how long a turn takes"
      case .who: "the names that are bound"
      case .hist: "what was entered so far, or what of it has TEXT in it"
      case .reset: "forgets all names"
      case .load: "puts a file's text into the next cell"
      case .save: "writes what ran without an error to a file; -f in place of one that is there"
      case .run: "runs a file in this scope"
      case .help: "what there is"
      }
    return "%\(rawValue)\(arguments.isEmpty ? "" : " \(arguments)"): \(summary)"
  }

  static func listing(width: Int) -> String { allCases.map { $0.usage.wrapped(to: width, indent: 4) }.joined(separator: "\n") }
}

/// A duration in the unit that reads best.
struct Measured {
  let text: String

  init(_ duration: Duration) {
    let seconds = duration / .seconds(1)
    let (factor, unit): (Double, String) =
      switch seconds {
      case ..<1e-6: (1e9, "ns")
      case ..<1e-3: (1e6, "µs")
      case ..<1: (1e3, "ms")
      default: (1, "s")
      }
    let tenths = (seconds * factor * 10).rounded()
    text = "\(tenths / 10) \(unit)"
  }
}
