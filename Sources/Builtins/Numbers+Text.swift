import Learning

// How numbers stand in sentences.
extension Double {
  /// Four significant figures.
  var short: String { Figures.significant(self, 4) }

  /// Seconds, in the unit that reads best.
  var asDuration: String {
    switch self {
    case ..<1e-3: "\(Figures.significant(self * 1e6, 3)) µs"
    case ..<1: "\(Figures.significant(self * 1e3, 3)) ms"
    case ..<120: "\(Figures.significant(self, 3)) s"
    case ..<7200: "\(Int(self) / 60) min \(Int(self) % 60) s"
    default: "\(Int(self) / 3600) h \(Int(self) / 60 % 60) min"
    }
  }
}
