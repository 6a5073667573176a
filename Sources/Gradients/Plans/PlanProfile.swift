import Tensors

/// How long each instruction of a plan takes, and how long all of them.
public struct PlanProfile {
  public let program: Program
  /// Seconds of each instruction, the median of many runs.
  public let seconds: [Double]
  /// Seconds of a whole run, the median.
  public let secondsPerRun: Double
  public let runs: Int

  /// Runs a plan on what its operands hold, for a time at least and ten times at least.
  public init(_ plan: Plan, forSeconds seconds: Double = 0.2) throws(TensorError) {
    let program = plan.program
    let clock = ContinuousClock()
    func measured(_ body: () throws(TensorError) -> Void) throws(TensorError) -> Double {
      let start = clock.now
      try body()
      return (clock.now - start) / .seconds(1)
    }
    // The clock's own time, which short instructions would be charged with.
    var overhead = Double.infinity
    for _ in 0..<100 { overhead = min(overhead, try measured {}) }
    var byInstruction: [[Double]] = Array(repeating: [], count: program.instructions.count)
    var whole: [Double] = []
    let end = clock.now + .seconds(seconds)
    repeat {
      whole.append(max(0, try measured { () throws(TensorError) in try program.run() } - overhead))
      for i in byInstruction.indices {
        byInstruction[i].append(max(0, try measured { () throws(TensorError) in try program.run(i..<i + 1) } - overhead))
      }
      try Interruption.check()
    } while whole.count < 10 || (clock.now < end && whole.count < 10_000)
    self.program = program
    self.seconds = byInstruction.map(PlanProfile.median)
    secondsPerRun = PlanProfile.median(whole)
    runs = whole.count
  }

  private static func median(_ numbers: [Double]) -> Double { numbers.sorted()[numbers.count / 2] }

  /// Multiply-adds of a run.
  public var multiplyAdds: Int { program.costs.reduce(0, +) }
}
