extension Terminal {
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
      let end = clock.now + .milliseconds(300)
      while !features.isAnswered, clock.now < end, let bytes = read(milliseconds: 40) {
        for case .answer(let answer) in decoder.feed(bytes) { features.take(answer) }
      }
    }
    return features
  }
}
