import Diagnostics
import Execution
import Gradients
import Learning
import Tensors

/// What `profile` gives: the instructions of a plan with what they read, write, cost and take.
final class ProfileObject: ForeignObject, @unchecked Sendable {
  // Unchecked: as all values, it is touched with the floor taken.
  private let name: String
  private let profile: PlanProfile
  /// By instruction: its line in the program.
  private let lines: [Int?]

  private static let width = 60

  init(_ profile: PlanProfile, of name: String, lines: [Int?]) {
    self.profile = profile
    self.name = name
    self.lines = lines
  }

  override var typeName: String { "profile" }

  override var attributeNames: [String] {
    [
      "instructions", "instruction_seconds", "instruction_multiply_adds", "seconds", "multiply_adds", "arena_bytes",
      "constant_bytes", "runs",
    ]
  }

  override func attribute(_ name: String, in machine: Machine) throws(RuntimeError) -> Value? {
    switch name {
    case "instructions": .list(profile.program.instructions.map { .string($0.description) })
    case "instruction_seconds": .list(profile.seconds.map { .float($0) })
    case "instruction_multiply_adds": .list(profile.program.costs.map { .int($0) })
    case "seconds": .float(profile.secondsPerRun)
    case "multiply_adds": .int(profile.multiplyAdds)
    case "arena_bytes": .int(profile.program.arenaBytes)
    case "constant_bytes": .int(profile.program.constantBytes)
    case "runs": .int(profile.runs)
    default: nil
    }
  }

  override func text() throws(RuntimeError) -> String {
    let total = max(profile.seconds.reduce(0, +), .leastNonzeroMagnitude)
    var names = BufferNames()
    var rows = [ProfileObject.row("", "instruction", "line", "mult-adds", "time", "share")]
    for (i, instruction) in profile.program.instructions.enumerated() {
      let words = instruction.description.wrapped(to: 24, indent: 2).split(separator: "\n").map(String.init)
      let seconds = profile.seconds[i]
      rows.append(
        ProfileObject.row(
          "\(i + 1)", words[0], lines[i].map(String.init) ?? "", Figures.grouped(profile.program.costs[i]),
          seconds.asDuration, "\(Int((100 * seconds / total).rounded()))%"))
      rows += words.dropFirst().map { "     " + $0 }
      let places =
        instruction.reads.map { names[$0] }.joined(separator: " ") + " → "
        + instruction.writes.map { names[$0] }.joined(separator: " ")
      rows += places.wrapped(to: ProfileObject.width - 7, indent: 2).split(separator: "\n").map { "       " + $0 }
    }
    return "plan of \(name)\n" + rows.joined(separator: "\n") + "\n" + totals
  }

  private static func row(
    _ number: String, _ words: String, _ line: String, _ cost: String, _ time: String, _ share: String
  ) -> String {
    number.right(3) + "  " + words.left(24) + line.right(5) + cost.right(11) + time.right(9) + share.right(6)
  }

  private var totals: String {
    let program = profile.program
    let rate = 2 * Double(profile.multiplyAdds) / max(profile.secondsPerRun, 1e-9) / 1e9
    let count = program.instructions.count
    return """
      \(count) instruction\(count == 1 ? "" : "s"), arena \(Figures.bytes(program.arenaBytes)), \
      constants \(Figures.bytes(program.constantBytes))
      \(Figures.grouped(profile.multiplyAdds)) multiply-adds, \(profile.secondsPerRun.asDuration) a run, \
      \(Figures.significant(rate, 3)) GFLOP/s
      """
  }
}

/// Short names for the buffers of a plan, with their sizes where they come first: `a` in the arena, `s` operands and results,
/// `k` constants.
private struct BufferNames {
  private var known: [Buffer: String] = [:]
  private var counts: [Buffer.Region: Int] = [:]

  subscript(buffer: Buffer) -> String {
    mutating get {
      if let name = known[buffer] { return name }
      counts[buffer.region, default: 0] += 1
      let letter =
        switch buffer.region {
        case .arena: "a"
        case .state: "s"
        case .constants: "k"
        }
      let name = "\(letter)\(counts[buffer.region] ?? 0)"
      known[buffer] = name
      return "\(name)(\(Figures.bytes(buffer.byteCount).filter { $0 != " " }))"
    }
  }
}

extension String {
  fileprivate func left(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
  fileprivate func right(_ width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
