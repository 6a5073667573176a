import Tensors

extension LearningError {
  /// What happened, with the values; none where the error inside tells it.
  public var message: String? {
    switch self {
    case .unknownSetting(let owner, let name, _): "\(owner) has no argument \(name)"
    case .missingSetting(let owner, let name): "\(owner) needs \(name)"
    case .badSetting(let owner, let name, let value, let kind) where kind.isBeyond(value):
      "\(owner) gets \(value) as \(name), which is larger than \(kind.most)"
    case .badSetting(let owner, let name, let value, let kind): "\(owner) wants \(kind) as \(name), but gets \(value)"
    case .nesterovWithoutMomentum: "sgd: nesterov=True needs momentum above 0"

    case .noLayers(let owner): "\(owner) needs at least one layer"
    case .inputNotFirst: "input must be the first layer of a network"
    case .nameTwice(let name): "two layers of the network are named \(name)"
    case .nameReserved(let name): "a layer cannot be named \(name): every network has an attribute of that name"
    case .emptyInput(let shape): "an example of shape \(shape) holds no numbers"
    case .nameInvalid(let name): "'\(name)' cannot be the name of a layer or network"
    case .wrongSize(let layer, let noun, let expected, let found, _):
      "\(layer) expects \(noun == "positions" ? "at most " : "")\(expected) \(noun) but receives \(found)"
    case .declaredFeatures(let layer, let expected, let found, _): "\(layer) expects \(expected) features but receives \(found)"
    case .wrongInput(let layer, let expected, let found):
      "\(layer) expects examples of shape \(expected) but receives \(found)"
    case .scalarInput(let layer): "\(layer) expects rows of numbers but receives a single number"
    case .wrongRank(let layer, let input, let wanted):
      "\(layer) expects \(wanted.rawValue) but receives \(input.batched)"
    case .indivisible(let layer, let count, let noun, let setting, let divisor):
      "\(layer) cannot divide \(count) \(noun) evenly among \(divisor) \(setting)"
    case .unfitReshape(let layer, let input, let sizes):
      "\(layer) cannot make [\(sizes.map(String.init).joined(separator: ", "))] of \(input), which holds \(input.count) numbers"
    case .windowTooLarge(let layer, let window, let images):
      "\(layer) slides a window of \(sides(window)) over images of \(sides(images))"
    case .nothingToNormalise(let layer): "\(layer) cannot take mean and variance of a single row"
    case .notPlace(let layer, let value, let count):
      value == value.rounded()
        ? "\(layer) has rows 0 to \(count - 1), but is asked for row \(Figures.significant(value, 17))"
        : "\(layer) takes whole numbers, but gets \(Figures.significant(value, 6))"
    case .unfitResidual(let layer, let input, let output):
      "\(layer) cannot add its input \(input.batched) to the output \(output.batched) of its layers"
    case .unfitBranches(let layer, let outputs, let isSum):
      "\(layer) cannot \(isSum ? "add" : "join") the outputs \(outputs.map(\.batched).joined(separator: ", ")) of its layers"
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
    case .badSetting(_, let name, let value, let kind) where kind.isBeyond(value): "give \(name) a smaller number"
    case .badSetting(_, let name, _, let kind): "give \(name) \(kind)"
    case .wrongWeightShape(_, let expected, _): "its shape is given by the layer: \(expected)"
    case .nesterovWithoutMomentum: "sgd(0.1, momentum=0.9, nesterov=True)"
    case .noLayers(let owner): "\(owner == "a network" ? "network" : owner)(dense(8, relu), dense(8))"
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
    case .wrongSize(_, "positions", _, let found, _): "positional(\(found)) has room for \(found) points in time"
    case .wrongSize(_, _, _, let found, let previous?): "\(previous) gives it \(found); change one of the two"
    case .wrongSize: "a layer keeps the size of its first input; make a new network for another"
    case .wrongRank(_, _, let wanted): wanted.help
    case .indivisible(_, let count, _, let setting, _):
      "\(setting)= must divide \(count): \((1...max(1, count)).filter { count % $0 == 0 }.map(String.init).joined(separator: ", "))"
    case .unfitReshape(_, let input, _): "the sizes are those of one example and must multiply to \(input.count)"
    case .windowTooLarge: "choose a smaller size=, or padding=\"same\"; did pooling before make the images small?"
    case .nothingToNormalise: "choose batch= so that the last batch has two rows or more, or use layer_norm()"
    case .notPlace(_, let value, _):
      value != value.rounded()
        ? "an embedding's input are class numbers or words as numbers: x.to(\"int64\")"
        : value < 0 ? "rows count from 0" : "embedding(\(Int(min(value, 1e15)) + 1), …) has that row"
    case .unfitResidual(_, let input, _):
      "the last layer within has to give \(input.batched)\(input.rank == 1 ? ": dense(\(input[0]))" : "")"
    case .unfitBranches(_, _, let isSum):
      isSum
        ? "give all of them the same shape, or use join=\"concat\""
        : "they may differ in the last dimension, of images in the channels"
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

  private func sides(_ sizes: [Int]) -> String { sizes.map(String.init).joined(separator: " × ") }

  private func unmatchedHelp(_ prediction: Shape, _ target: Shape) -> String {
    if prediction.rank == 2, target.rank == 1, prediction.dimensions.first == target.dimensions.first {
      return "the last layer gives \(prediction[1]) numbers a row; dense(1) gives one"
    }
    return "both need the same shape; only [n] and [n, 1] are matched row by row"
  }
}

extension Shape {
  /// The shape of a batch of such examples.
  fileprivate var batched: String { "[" + (["batch"] + dimensions.map(String.init)).joined(separator: ", ") + "]" }
}

extension LearningError.Form {
  fileprivate var help: String {
    switch self {
    case .series: "reshape(time, features) makes series of rows; an embedding makes them of class numbers"
    case .line: "reshape(channels, length) makes lines of rows"
    case .channels, .image: "reshape(1, 28, 28) makes images of rows, of one channel each"
    }
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
