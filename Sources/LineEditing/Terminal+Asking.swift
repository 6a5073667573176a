extension Terminal {
  /// How long its answers are waited for, in milliseconds.
  static let answerTime: Int32 = 300
  /// How long a lone Escape may take to become a sequence, in milliseconds.
  static let escapeTime: Int32 = 40

  /// What the terminal says of itself, for those who do not edit on it; what is typed meanwhile is lost.
  ///
  /// - Parameter questions: what it is asked.
  public func features(_ questions: String) -> TerminalFeatures {
    var features = TerminalFeatures()
    guard canEdit, !questions.isEmpty else { return features }
    raw {
      write(questions)
      var decoder = KeyDecoder()
      let clock = ContinuousClock()
      let end = clock.now + .milliseconds(Int(Self.answerTime))
      while !features.isAnswered, clock.now < end, let bytes = read(milliseconds: Self.escapeTime) {
        for case .answer(let answer) in decoder.feed(bytes) { features.take(answer) }
      }
    }
    return features
  }
}
