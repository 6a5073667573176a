import Builtins
import Execution
import Parsing

extension Session {
  /// What is known of the name at a place of a text, in bytes; of the call around it where there is no name.
  ///
  /// May be called while a source runs; then a value is described as it was before.
  ///
  /// - Parameter isWhole: whether a function's text is shown.
  public func inspect(_ text: String, at offset: Int, isWhole: Bool = false) -> HelpPage? {
    if case .command(let word, _) = SessionText(text), offset <= word.utf8.count + 1 {
      return LineCommand(rawValue: word).map { HelpPage(plain: $0.usage) }
    }
    let place = CursorPlace(text, offset, reachesBeyond: true)
    func help(_ reference: Reference) -> HelpPage? {
      self.help(for: reference, place.origins, isWhole: isWhole, mayLook: true)
    }
    let call = place.call.flatMap { help($0.callee) }
    if place.isArgumentName, let around = place.call,
      known(around.callee, place.origins)?.signature?.parameters.contains(where: { $0.name == place.word }) == true, let call
    {
      return call
    }
    let page: HelpPage? =
      switch place.kind {
      case .name: place.word.isEmpty ? nil : help(Reference(.name(place.word))) ?? helpOfWord(place.word)
      case .attribute(let owner): help(place.word.isEmpty ? owner : owner.followed(by: .attribute(place.word)))
      case .key(let owner, .some): help(owner.followed(by: .item(key: place.word)))
      case .key(let owner, nil): help(owner)
      case .module, .member, .string, .text: nil
      }
    return page ?? call
  }

  // Asked while a source runs, so not of the front that shows it now.
  private var style: TextStyle { front.textStyle.forHelp }

  private func helpOfWord(_ word: String) -> HelpPage? { Help(of: word)?.page(style: style) }

  /// The help of a value that a text names.
  ///
  /// - Parameter mayLook: whether to look at the value itself if nothing runs.
  func help(
    for reference: Reference, _ origins: [String: Reference] = [:], isWhole: Bool = false, mayLook: Bool = false
  ) -> HelpPage? {
    let style = style
    let names = reference.names
    // A name of the language that hides nothing.
    if let names, names.count == 1, origins[names[0]] == nil, !knowledge.withLock({ $0.names.keys.contains(names[0]) }) {
      return Help(of: names[0])?.page(style: style)
    }
    if mayLook, let seen = main.machine.withFloorIfFree({ seen(reference, isWhole: isWhole) }), let seen {
      return seen
    }
    if case .attribute(let name)? = reference.links.last {
      let owner = known(Reference(reference.base, reference.links.dropLast()), origins)
      if let owner, owner.members[name] == nil, let help = Help(of: name, method: owner.type) { return help.page(style: style) }
    }
    guard let known = known(reference, origins) else { return nil }
    if known.type == "function", let signature = known.signature, known.page.isEmpty {
      if let last = names?.last, let help = Help(of: last) { return help.page(style: style) }
      return HelpPage([.call((names?.last ?? "") + signature.description)], style: style)
    }
    let attributes = Array(Set(known.attributes + attributeNames(ofType: known.type)))
    return HelpPage(
      known.page + (known.signature == nil ? HelpPage.attributes(attributes, ofType: known.type) : []), style: style)
  }

  /// The help of a value of the session, by what it is now; nil where what is known of it tells as much. Only while no other
  /// thread runs a source.
  func seen(_ reference: Reference, isWhole: Bool) -> HelpPage? {
    guard case .name(let first) = reference.base, globals.boundNames.contains(first), var value = globals[first] else {
      return nil
    }
    for link in reference.links {
      switch (link, value.boxed) {
      case (.attribute(let name), .foreign(let object)):
        guard let member = workspace.members(of: object)[name] else { return nil }
        value = member
      case (.attribute(let name), .module(let module)):
        guard let member = module.globals[name] else { return nil }
        value = member
      case (.item(let key?), .dict(let dict)):
        guard let item = dict[key] else { return nil }
        value = item
      default: return nil
      }
    }
    switch value.boxed {
    case .foreign(let object):
      return HelpPage(
        workspace.details(of: object) + HelpPage.attributes(value.attributeNames, ofType: value.typeName),
        style: workspace.helpStyle)
    case .function(let function): return HelpPage(about: function, isWhole: isWhole, style: workspace.helpStyle)
    default: return nil
    }
  }
}
