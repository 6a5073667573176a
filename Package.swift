// swift-tools-version: 6.2
import PackageDescription

/// Every floor of the house, from the bottom up, with the floors it may import.
///
/// A target imports only what stands here; `make build` lets the compiler check it.
let floors: [(name: String, imports: [String])] = [
  ("Threads", []),
  ("Diagnostics", []),
  ("Parsing", ["Diagnostics"]),
  ("Checking", ["Diagnostics", "Parsing"]),
  ("Execution", ["Diagnostics", "Parsing", "Checking"]),
  ("Tensors", ["CKernels"]),
  ("Gradients", ["Tensors"]),
  ("Learning", ["Tensors", "Gradients"]),
  ("Plotting", ["Diagnostics"]),
  ("Insight", ["Tensors", "Gradients", "Learning", "Plotting"]),
  ("Formats", ["Tensors", "Learning", "Plotting", "CZlib"]),
  (
    "Builtins",
    [
      "Diagnostics", "Parsing", "Checking", "Execution", "Tensors", "Gradients", "Learning", "Plotting",
      "Insight", "Formats",
    ]
  ),
  ("Sessions", ["Threads", "Diagnostics", "Parsing", "Checking", "Execution", "Formats", "Builtins"]),
  ("JupyterWire", ["CSodium"]),
  ("JupyterServer", ["Threads", "JupyterWire", "CZeroMQ"]),
  ("LineEditing", []),
  ("Pictures", ["CPictures", "CZlib"]),
  (
    "Commands",
    [
      "Diagnostics", "Parsing", "Checking", "Execution", "Tensors", "Plotting", "Formats", "Builtins", "Sessions",
      "JupyterWire", "JupyterServer", "LineEditing", "Pictures",
    ]
  ),
]

/// C code that tests of these floors need besides.
let testSupport = ["Learning": ["CAllocations"], "Execution": ["BigStack"], "Sessions": ["BigStack"]]

let settings: [SwiftSetting] = [.treatAllWarnings(as: .error)]

func dependencies(_ names: [String]) -> [Target.Dependency] {
  names.map { .target(name: $0) }
}

let package = Package(
  name: "bp",
  products: [.executable(name: "bpsh", targets: ["bpsh"])],
  targets: [
    .target(name: "CKernels"),
    .target(name: "CPictures"),
    .target(name: "CAllocations", path: "Tests/CAllocations"),
    .target(name: "BigStack", path: "Tests/BigStack", swiftSettings: settings),
    .systemLibrary(name: "CZeroMQ"),
    .systemLibrary(name: "CSodium"),
    .systemLibrary(name: "CZlib"),
    .executableTarget(name: "bpsh", dependencies: ["Commands"], swiftSettings: settings),
  ]
    + floors.map {
      .target(name: $0.name, dependencies: dependencies($0.imports), swiftSettings: settings)
    }
    + floors.map {
      .testTarget(
        name: $0.name + "Tests",
        dependencies: dependencies([$0.name] + $0.imports + testSupport[$0.name, default: []]),
        swiftSettings: settings)
    },
  swiftLanguageModes: [.v6]
)
