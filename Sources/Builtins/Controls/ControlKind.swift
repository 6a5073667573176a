/// What a person can set with a control, and within which limits.
public enum ControlKind: Equatable, Sendable {
  case wholeSlider(low: Int, high: Int, step: Int)
  case slider(low: Double, high: Double, step: Double)
  /// Equal ways along it are equal factors.
  case logSlider(low: Double, high: Double)
  /// One of several; as a menu, or as buttons side by side.
  case choice(labels: [String], isMenu: Bool)
  case checkbox
  case textField
  case wholeField
  case numberField
  case button

  /// Whether a person may set this here; what a page sends is not trusted to keep to the limits.
  func allows(_ setting: ControlSetting) -> Bool {
    switch (self, setting) {
    case (.wholeSlider(let low, let high, _), .whole(let value)): low <= value && value <= high
    case (.slider(let low, let high, _), .number(let value)): low <= value && value <= high
    // Powers of ten may miss an end by their last bits.
    case (.logSlider(let low, let high), .number(let value)): low * (1 - 1e-9) <= value && value <= high * (1 + 1e-9)
    case (.choice(let labels, _), .whole(let place)): labels.indices.contains(place)
    case (.checkbox, .flag), (.wholeField, .whole): true
    case (.textField, .text(let text)): text.utf8.count <= Self.longestText
    case (.numberField, .number(let value)): value.isFinite
    default: false
    }
  }

  /// In bytes of UTF-8.
  static let longestText = 100_000
}

/// How a control stands.
public enum ControlSetting: Equatable, Sendable {
  /// A whole number; of a choice the place of what is chosen, of a button how often it was pressed.
  case whole(Int)
  case number(Double)
  case flag(Bool)
  case text(String)
}
