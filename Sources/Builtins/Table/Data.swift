import Checking
import Execution
import Formats
import Gradients
import Learning
import Tensors

extension Builtin {
  static let data: [Builtin] = tables + makers + sets + methods

  private static let tables: [Builtin] =
    BundledTable.allCases.map { table in
      Builtin(
        "load_\(table.rawValue)", [], .data, "The bundled table \(table.about), as a dataset.",
        example: "print(len(load_\(table.rawValue)()))\n# \(table.rows)"
      ) { _, workspace throws(RuntimeError) in
        try engine { .foreign(DatasetObject(try table.load(), in: workspace)) }
      }
    }

  private static let makers: [Builtin] = [
    Builtin(
      "make_xor", [], .data,
      "The exclusive or: the four corners of the unit square, 1 where just one coordinate is 1; y holds 0 and 1.",
      example: "print(make_xor().y)\n# [0, 1, 1, 0]"
    ) { _, workspace throws(RuntimeError) in try engine { .foreign(DatasetObject(try .xor(), in: workspace)) } },
    made(
      "make_spirals", 300, [.optional("classes", "3", .whole(atLeast: 1)), .named("noise", "0.05", .notNegative)],
      "Spiral arms around the origin, one for each class; noise is the standard deviation of what is added to each coordinate."
    ) { call, count, stream throws(RuntimeError) in
      let (classes, noise) = (try call.int(1, default: 3), try call.float(2, default: 0.05))
      return try engine { try .spirals(count, classes: classes, noise: noise, from: stream) }
    },
    made("make_moons", 200, [.named("noise", "0.1", .notNegative)], "Two half circles that reach into each other.") {
      call, count, stream throws(RuntimeError) in
      let noise = try call.float(1, default: 0.1)
      return try engine { try .moons(count, noise: noise, from: stream) }
    },
    made(
      "make_circles", 200, [.named("noise", "0.05", .notNegative), .named("factor", "0.5", .number)],
      "A circle around a smaller one, whose radius is factor."
    ) { call, count, stream throws(RuntimeError) in
      let (noise, factor) = (try call.float(1, default: 0.05), try call.float(2, default: 0.5))
      return try engine { try .circles(count, noise: noise, factor: factor, from: stream) }
    },
    made(
      "make_blobs", 300,
      [
        .optional("classes", "3", .whole(atLeast: 1)), .named("features", "2", .whole(atLeast: 1)),
        .named("spread", "1.0", .notNegative),
      ],
      "Clouds of points around random centres; spread is the standard deviation around a centre."
    ) { call, count, stream throws(RuntimeError) in
      let (classes, features) = (try call.int(1, default: 3), try call.int(2, default: 2))
      let spread = try call.float(3, default: 1)
      return try engine { try .blobs(count, classes: classes, features: features, spread: spread, from: stream) }
    },
  ]

  private static let sets: [Builtin] = [
    Builtin(
      "dataset", [.required("x", .tensor), .optional("y", "None", .tensor)], .data,
      "Examples to learn from: rows of inputs and what is to be predicted for each. A list of whole numbers as y is taken for class numbers if these are 0, 1, … without a gap and each stands for two rows on average; any other list is a regression's.",
      example: "data = dataset([[1.0, 2.0], [3.0, 4.0]], [0.5, 1.5])\nprint(len(data), data.x.shape)\n# 2 (2, 2)"
    ) { call, workspace throws(RuntimeError) in
      let x = try call.tensor(0, in: workspace)
      let y = call.has(1) ? try workspace.labels(call[1]) : nil
      return try engine { .foreign(DatasetObject(try Dataset(x: x, y: y), in: workspace)) }
    },
    Builtin(
      "read_csv",
      [
        .required("path", .path), .named("target", "None", .text),
        .named("missing", "\"error\"", .text(oneOf: ["error", "drop", "mean"])),
      ], .data,
      "A table of comma-separated values as a dataset; the first row names the columns. target is the column to predict. A missing or unreadable cell is an error, or missing=\"drop\" leaves its row out, or missing=\"mean\" takes the column's mean.",
      example:
        "write_text(\"t.csv\", \"a,b,kind\\n1,2,x\\n3,4,y\\n\")\nprint(read_csv(\"t.csv\", target=\"kind\").classes)\n# ['x', 'y']"
    ) { call, workspace throws(RuntimeError) in
      let path = try call.string(0)
      let target = call.has(1) ? try call.string(1) : nil
      let word = try call.string(2, default: "error")
      let missing = MissingCells(rawValue: word) ?? .refuse
      let data = try workspace.file(path) { try readCSV($0, target: target, missing: missing) }
      return .foreign(DatasetObject(data, in: workspace))
    },
    Builtin(
      "standardize", [.required("data", .dataset), .rest("others", .dataset)], .data,
      "Brings each feature of the first dataset to mean 0 and variance 1, and does the very same to the others. Gives as many datasets as it gets.",
      example:
        "a, b = load_iris().split(0.8, seed=1)\na, b = standardize(a, b)\nprint(allclose(a.x.mean(axis=0), zeros(4), atol=1e-5))\n# True"
    ) { call, workspace throws(RuntimeError) in
      var sets = [try call.dataset(0, in: workspace)]
      for (i, value) in call.rest(1).enumerated() {
        guard let set = try workspace.dataset(value) else { throw call.wrong(1, rest: i) }
        sets.append(set)
      }
      let scaled = try engine { [sets] in try Dataset.standardize(sets) }
      let values = scaled.map { Value.foreign(DatasetObject($0, in: workspace)) }
      return values.count == 1 ? values[0] : .list(values)
    },
  ]

  private static let methods: [Builtin] = [
    method(
      "split", [.required("shares", .shares), .named("seed", "None", .seed)],
      "Parts drawn at random, of a share and the rest, or of several shares that sum to 1.",
      example: "a, b = load_iris().split(0.8, seed=1)\nprint(len(a), len(b))\n# 120 30"
    ) { data, call, workspace throws(RuntimeError) in
      var shares: [Double] = []
      switch call[1] {
      case .list, .tuple, .range, .foreign(is TensorObject): shares = try workspace.numbers(call[1]).doubles
      default: shares = [try call.float(1)]
      }
      let stream = workspace.stream(seed: try call.seed(2))
      let parts = try engine { [shares] in try data.split(shares, from: stream) }
      return .list(parts.map { .foreign(DatasetObject($0, in: workspace)) })
    },
    method(
      "shuffle", [.named("seed", "None", .seed)], "The rows in random order, as a new dataset.",
      example: "print(len(load_iris().shuffle(seed=1)))\n# 150"
    ) { data, call, workspace throws(RuntimeError) in
      let stream = workspace.stream(seed: try call.seed(1))
      return try engine { .foreign(DatasetObject(try data.shuffled(from: stream), in: workspace)) }
    },
    method(
      "batches", [.required("size", .whole(atLeast: 1))],
      "The rows in order, some at a time, as pairs of inputs and targets; the last may have fewer.",
      example: "print(len(load_iris().batches(32)))\n# 5"
    ) { data, call, workspace throws(RuntimeError) in
      try DatasetObject(data, in: workspace).batches(try call.int(1))
    },
    method(
      "sample", [.required("count", .whole(atLeast: 0)), .named("seed", "None", .seed)],
      "Different rows in random order, as a new dataset.",
      example: "print(len(load_iris().sample(10, seed=1)))\n# 10"
    ) { data, call, workspace throws(RuntimeError) in
      let (count, stream) = (try call.int(1), workspace.stream(seed: try call.seed(2)))
      return try engine { .foreign(DatasetObject(try data.sample(count, from: stream), in: workspace)) }
    },
    method(
      "take", [.required("count", .whole(atLeast: 0))], "The first rows, as a new dataset.",
      example: "print(load_iris().take(2).y)\n# [0, 0]"
    ) { data, call, workspace throws(RuntimeError) in
      let count = try call.int(1)
      return try engine { .foreign(DatasetObject(try data.take(count), in: workspace)) }
    },
    method(
      "map", [.required("f", .function)], "The same rows with f of their inputs, all at once.",
      example: "print(make_xor().map(lambda x: x * 2).x.max())\n# 2.0"
    ) { data, call, workspace throws(RuntimeError) in
      let (f, machine) = (call[1], call.machine)
      return try engine {
        let mapped = try data.map { x in try workspace.variable(machine.call(f, workspace.value(x))).value }
        return .foreign(DatasetObject(mapped, in: workspace))
      }
    },
    method(
      "describe", [], "Rows, classes and, column by column, mean, standard deviation, smallest and largest value.",
      example: "print(\"setosa\" in load_iris().describe())\n# True"
    ) { data, _, _ throws(RuntimeError) in .foreign(TableObject(try engine { try data.describe().text })) },
  ]

  private typealias Method =
    @Sendable (Dataset, Call, Workspace) throws(RuntimeError) -> Value

  private static func method(
    _ name: String, _ parameters: [Checking.Parameter], _ help: String, example: String, _ body: @escaping Method
  ) -> Builtin {
    Builtin(name, [.required("data", .dataset)] + parameters, .data, help, example: example, of: "dataset") {
      call, workspace throws(RuntimeError) in
      let data = try call.foreign(0, DatasetObject.self).dataset
      return try body(data, call, workspace)
    }
  }

  private typealias Maker =
    @Sendable (Call, Int, RandomStream) throws(RuntimeError) -> Dataset

  private static func made(
    _ name: String, _ count: Int, _ parameters: [Checking.Parameter], _ help: String, _ make: @escaping Maker
  ) -> Builtin {
    Builtin(
      name, [.optional("n", "\(count)", .whole(atLeast: 1))] + parameters + [.named("seed", "None", .seed)], .data,
      "\(help) n rows in all.", example: "print(len(\(name)(60, seed=1)))\n# 60"
    ) { call, workspace throws(RuntimeError) in
      let (n, stream) = (try call.int(0, default: count), workspace.stream(seed: try call.seed(1 + parameters.count)))
      return .foreign(DatasetObject(try make(call, n, stream), in: workspace))
    }
  }
}

extension BundledTable {
  fileprivate var about: String {
    switch self {
    case .iris: "of 150 irises, 4 measures in cm, 3 species"
    case .wine: "of 178 wines, 13 chemical measures, 3 cultivars"
    case .breastCancer: "of 569 breast tumours, 30 measures of cell nuclei, malignant or benign"
    case .diabetes: "of 442 patients, 10 measures, the disease's progression after a year"
    case .digits: "of 1,797 handwritten digits, 8 × 8 grey levels from 0 to 16"
    }
  }

  fileprivate var rows: Int {
    switch self {
    case .iris: 150
    case .wine: 178
    case .breastCancer: 569
    case .diabetes: 442
    case .digits: 1797
    }
  }
}
