import JupyterWire

/// Something that `bpsh doctor` has looked at.
struct Finding: Equatable {
  enum Level: String {
    case ok, warning, failure
  }

  var level: Level
  /// What was looked at.
  var subject: String
  /// How it is.
  var state: String
  /// What to do about it.
  var advice: String?

  static func ok(_ subject: String, _ state: String) -> Finding { Finding(level: .ok, subject: subject, state: state) }

  static func warning(_ subject: String, _ state: String, _ advice: String) -> Finding {
    Finding(level: .warning, subject: subject, state: state, advice: advice)
  }

  static func failure(_ subject: String, _ state: String, _ advice: String) -> Finding {
    Finding(level: .failure, subject: subject, state: state, advice: advice)
  }

  var json: JSON {
    var object: JSON.Object = [
      "subject": .string(subject), "level": .string(level.rawValue), "state": .string(state),
    ]
    if let advice { object.append("advice", .string(advice)) }
    return .object(object)
  }
}
