import Execution

/// Where a running program shows things, and whom it asks: a notebook, a terminal, or a plain output.
///
/// Called on the program's thread, in order. The fronts differ in how they show, and in nothing else.
public protocol Front: AnyObject {
  /// How much a text may take, and of what.
  var textStyle: TextStyle { get }

  /// How the progress of long work is shown.
  var progressStyle: ProgressStyle { get }

  /// Writes what `print` makes.
  func write(_ text: String, toErrors: Bool)

  /// Shows a value; one with an `id` can be shown anew in its place.
  func display(_ shown: Representations, id: String?, isUpdate: Bool)

  /// Takes away what the running cell has shown, at once or when the next thing is shown.
  func clear(wait: Bool)

  /// Asks the person for a line.
  func ask(_ prompt: String, isPassword: Bool) throws(RuntimeError) -> String

  /// Shows the state of a terminal's progress line; nil ends it.
  func progressLine(_ text: String?)

  /// Where a person can move controls; nil where they keep their first values.
  var controls: (any ControlFront)? { get }
}

extension Front {
  public var controls: (any ControlFront)? { nil }
}

/// A front that draws controls; it tells the controls what a person has set.
public protocol ControlFront: AnyObject {
  /// The id under which a control is drawn; nil where there are too many.
  func model(of control: ControlObject) -> String?

  /// The id under which a function's controls are drawn, with the output beneath.
  func model(of panel: Panel) -> String?

  /// Shows what a panel's last call showed once more, where nothing is live: in the notebook's file and what is made of it.
  func leaveBehind(_ panel: Panel, isUpdate: Bool)
}

/// What a text figure or table may use.
public struct TextStyle: Equatable, Sendable {
  /// Columns.
  public var width: Int
  public var hasUnicode: Bool
  public var hasColor: Bool

  public init(width: Int = 80, hasUnicode: Bool = true, hasColor: Bool = false) {
    self.width = width
    self.hasUnicode = hasUnicode
    self.hasColor = hasColor
  }
}

public enum ProgressStyle: Equatable, Sendable {
  /// One output, updated in place, with a picture.
  case picture
  /// One line of a terminal, written over.
  case line
  /// A line now and then, some twenty in all.
  case lines
  case none
}
