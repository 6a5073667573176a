import Checking
import Learning

extension Parameter {
  /// The parameter through which a hyper-parameter is set.
  init(_ hyperparameter: Hyperparameter) {
    self.init(
      hyperparameter.name, hyperparameter.isPositional ? .plain : .keywordOnly,
      defaultText: hyperparameter.isRequired ? nil : hyperparameter.fallback?.description ?? "None",
      wants: Wanted(hyperparameter.kind), about: hyperparameter.help)
  }
}

extension Signature {
  /// The hyper-parameters of an entry, after those that stand before them.
  static func parameters(
    _ hyperparameters: [Hyperparameter], after first: [Parameter] = [], before rest: [Parameter] = []
  ) -> [Parameter] {
    first + hyperparameters.map(Parameter.init) + rest
  }
}

extension [Hyperparameter] {
  /// One sentence for each, for help.
  var help: String {
    map { "\($0.name): \($0.help)." }.joined(separator: " ")
  }
}
