import Builtins
import Parsing

extension Session {
  /// What is known of the name at a place of a text, in bytes; of the call around it where there is no name.
  ///
  /// May be called while a source runs.
  public func inspect(_ text: String, at offset: Int) -> HelpPage? {
    if case .command(let word, _) = SessionText(text), offset <= word.utf8.count + 1 {
      return LineCommand(rawValue: word).map { HelpPage(plain: $0.usage) }
    }
    let place = CursorPlace(text, offset, reachesBeyond: true)
    if place.isArgumentName, let call = place.call, let page = help(for: call.name),
      signature(of: call.name)?.parameters.contains(where: { $0.name == place.word }) == true
    {
      return page
    }
    let page: HelpPage? =
      switch place.kind {
      case .name: place.word.isEmpty ? nil : help(for: place.word)
      case .attribute(let path) where !path.isEmpty:
        help(for: (path + [place.word]).filter { !$0.isEmpty }.joined(separator: "."))
      case .attribute, .module, .text: nil
      }
    return page ?? place.call.flatMap { help(for: $0.name) }
  }

  /// The help of a dotted name.
  func help(for name: String) -> HelpPage? {
    let path = name.split(separator: ".").map(String.init)
    // Asked while a source runs, so not of who runs it now.
    let width = Workspace.helpWidth(on: main.speaker.front)
    if let known = known(path) {
      return Help.page(
        of: known.text, isCode: known.signature != nil, type: known.type, attributes: known.attributes, width: width)
    }
    guard let last = path.last else { return nil }
    guard path.count > 1 else { return Help(of: name)?.page(width: width) }
    guard let owner = known(Array(path.dropLast())) else { return nil }
    return Help(of: last, method: owner.type)?.page(width: width)
  }
}
