import Tensors

extension LearningError {
  /// What happened, with the values; none where the error inside tells it.
  public var message: String? {
    switch self {
    case .unknownSetting(let owner, let name, _): "\(owner) has no argument \(name)"
    case .missingSetting(let owner, let name): "\(owner) needs \(name)"
    case .badSetting(let owner, let name, let value, let kind): "\(owner) wants \(kind) as \(name), but gets \(value)"
    case .nesterovWithoutMomentum: "sgd: nesterov=True needs momentum above 0"

    case .noLayers: "a network needs at least one layer"
    case .inputNotFirst: "input must be the first layer of a network"
    case .nameTwice(let name): "two layers of the network are named \(name)"
    case .nameReserved(let name): "a layer cannot be named \(name): every network has an attribute of that name"
    case .emptyInput(let shape): "an example of shape \(shape) holds no numbers"
    case .nameInvalid(let name): "'\(name)' cannot be the name of a layer or network"
    case .wrongFeatures(let layer, let expected, let found, _), .declaredFeatures(let layer, let expected, let found, _):
      "\(layer) expects \(expected) features but receives \(found)"
    case .wrongInput(let layer, let expected, let found):
      "\(layer) expects examples of shape \(expected) but receives \(found)"
    case .scalarInput(let layer): "\(layer) expects rows of numbers but receives a single number"
    case .noLayer(let name, _): "the network has no layer \(name)"
    case .noParameter(let path, _): "the network has no weight \(path)"
    case .wrongWeightShape(let path, let expected, let found): "\(path) has shape \(expected), but the new value has \(found)"

    case .unmatched(let by, let prediction, let target): "\(by) cannot pair predictions \(prediction) with targets \(target)"
    case .doubled(let activation, let layer, let loss):
      "\(loss) applies \(activation) itself, but \(layer.map { "\($0) applies it too" } ?? "the prediction is its result")"
    case .wrongLabels(let by, let found, let wanted): "\(by) takes \(wanted.text) as targets, but got \(found)"
    case .labelOutOfRange(let by, let label, let row, let classes):
      "\(by): the label of row \(row) is \(label), but the network has \(classes) \(classes == 1 ? "output" : "outputs")"
    case .notProbability(let by, let value, let row):
      "\(by) takes targets from 0 to 1, but that of row \(row) is \(Figures.significant(value, 6))"
    case .notClasses(let by, let least, let most):
      "\(by) counts classes, but these targets are numbers from \(Figures.significant(least, 4)) to \(Figures.significant(most, 4))"
    case .lossNotScalar(let shape): "a loss must be a single number, but this one has shape \(shape)"
    case .lossConstant(let name): "the loss \(name) does not depend on the weights, so it has no gradient"
    case .notBinary(let by, let value, let row):
      "\(by) of a single output takes 0 and 1 as targets, but that of row \(row) is \(Figures.significant(value, 6))"

    case .rowsDiffer(let x, let y): "x has \(x) rows, but y has \(y)"
    case .scalarRows(let name): "\(name) is a single number, where a dataset has one row for each example"
    case .mappedRows(let found, let expected): "map: the function gave \(found) rows for \(expected)"
    case .noRows(let name): "\(name) has no rows"
    case .emptyPart(let owner, let rows): "\(owner): of \(rows) \(rows == 1 ? "row" : "rows") one part would get none"
    case .negativeCount(let owner, let count): "\(owner): a number of rows is at least 0, but is \(count)"
    case .noTarget(let name): "\(name) has no y to learn from"
    case .badFractions(let shares):
      "split needs a share between 0 and 1, or several that sum to 1, but got \(shares.count == 1 ? "\(shares[0])" : "\(shares)")"
    case .differentFeatures(let first, let other): "the first dataset has \(first) features, but another has \(other)"
    case .notFinite(let by, let row, let feature):
      "\(by): \(feature) of row \(row) is not finite"
    case .flatInput(let shape): "training needs one row of numbers for each example, but x has shape \(shape)"
    case .badSetup(let owner, let problem, _): "\(owner): \(problem)"
    case .table(let error): error.message

    case .unknownRate(let name, _): "rates: the network has no layer or weight \(name)"
    case .nothingToTrain: "the network has no weights that could be trained"
    case .nothingToEvaluate: "evaluate needs a loss or metrics"
    case .validationFraction(let share): "validation must be a share between 0 and 1, or a dataset, but is \(share)"
    case .badScheduleFactor(let step, let value):
      "the schedule gives \(value) at step \(step), where a factor of at least 0 is needed"

    case .tensor(let error): error.message
    case .gradient, .program: nil
    }
  }

  /// How to mend it, where there is something to say.
  public var help: String? {
    switch self {
    case .unknownSetting(_, _, let known): known.isEmpty ? "it takes none" : "it takes \(known.joined(separator: ", "))"
    case .missingSetting(let owner, let name): "\(owner)(\(name)=…)"
    case .badSetting(_, let name, _, let kind): "give \(name) \(kind)"
    case .wrongWeightShape(_, let expected, _): "its shape is given by the layer: \(expected)"
    case .nesterovWithoutMomentum: "sgd(0.1, momentum=0.9, nesterov=True)"
    case .noLayers: "network(dense(8, relu), dense(1))"
    case .inputNotFirst, .emptyInput: "network(input(4), dense(3))"
    case .rowsDiffer: "give both the same number of rows"
    case .noRows: "a dataset to learn from needs at least one row"
    case .emptyPart: "give it more rows, or ask for larger shares"
    case .scalarRows: "dataset([[1.0, 2.0], [3.0, 4.0]], [0, 1])"
    case .mappedRows: "the function gets all of x at once, and keeps its rows: lambda x: x / 16"
    case .notFinite: "look for missing values: isfinite(data.x)"
    case .nothingToEvaluate: "evaluate(net, data, loss=mse, metrics=[accuracy])"
    case .lossConstant: "compute it from the prediction with tensor operations: lambda p, t: mean((p - t) ** 2)"
    case .notBinary: "for more classes give the network one output for each"
    case .differentFeatures: "standardize datasets of the same columns together"
    case .validationFraction: "validation=0.2 holds a fifth out"
    case .badScheduleFactor: "a schedule gives a factor on the rate for each step: lambda step: 0.99 ** step"
    case .nameTwice, .nameReserved: "choose another name="
    case .nameInvalid: "use letters, digits and _, beginning with a letter"
    case .wrongFeatures(_, _, let found, let previous?): "\(previous) gives it \(found); change one of the two"
    case .wrongFeatures: "a layer keeps the size of its first input; make a new network for another"
    case .wrongInput(_, _, let found):
      "write input(\(found.dimensions.map(String.init).joined(separator: ", "))), which is the shape of one example, or leave it out"
    case .declaredFeatures(_, let declared, _, let previous):
      "drop input=\(declared)" + (previous.map { ", or give \($0) \(declared) units" } ?? "")
    case .scalarInput: "give it a list of rows: net([[1.0, 2.0]])"
    case .noLayer(_, let known), .noParameter(_, let known), .unknownRate(_, let known):
      known.isEmpty ? nil : "it has \(known.joined(separator: ", "))"
    case .unmatched(_, let prediction, let target): unmatchedHelp(prediction, target)
    case .doubled(let activation, _, _):
      "leave \(activation) out of the network; apply it to a prediction where probabilities are wanted"
    case .wrongLabels(_, _, let wanted): wanted.help
    case .labelOutOfRange(_, let label, _, let classes):
      classes == 1
        ? "with one output use binary_cross_entropy"
        : label < 0
          ? "class numbers count from 0" : "give the last layer as many units as there are classes; class numbers count from 0"
    case .notClasses: "for a regression: metrics=[r2] or metrics=[rmse]"
    case .notProbability: "scale the targets, or use mse"
    case .noTarget: "name the column to predict: read_csv(path, target=\"…\"), or dataset(x, y)"
    case .flatInput: "one number for each example makes a column: x.reshape(-1, 1)"
    case .badFractions: "split(0.8) or split([0.7, 0.1, 0.2])"
    case .lossNotScalar: "end it with mean(…)"
    case .nothingToTrain: "unfreeze a layer, or add one with weights"
    case .badSetup(_, _, let help): help
    case .table(let error): error.help
    case .tensor(let error): error.help
    default: nil
    }
  }

  private func unmatchedHelp(_ prediction: Shape, _ target: Shape) -> String {
    if prediction.rank == 2, target.rank == 1, prediction.dimensions.first == target.dimensions.first {
      return "the last layer gives \(prediction[1]) numbers a row; dense(1) gives one"
    }
    return "both need the same shape; only [n] and [n, 1] are matched row by row"
  }
}

extension LearningError.Wanted {
  fileprivate var text: String {
    switch self {
    case .classNumbers: "class numbers, or a row of probabilities for each example,"
    case .numbers: "numbers"
    case .zeroOrOne: "0 and 1"
    }
  }

  fileprivate var help: String {
    switch self {
    case .classNumbers: "for a regression use mse; class numbers are whole: y.to(\"int64\")"
    case .numbers: "for class numbers use cross_entropy; for a regression y.to(\"float32\")"
    case .zeroOrOne: "for more than two classes use cross_entropy"
    }
  }
}
