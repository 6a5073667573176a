import Builtins
import Checking
import Execution
import Parsing

extension Session {
  /// What could stand at a place of a text, in bytes; the most fitting first.
  ///
  /// May be called while a source runs.
  public func complete(_ text: String, at offset: Int) -> Completions {
    if let commands = commands(text, offset) { return commands }
    let place = CursorPlace(text, offset)
    let candidates: [Completions.Candidate]
    switch place.kind {
    case .name: candidates = names(place)
    case .attribute(let owner): candidates = known(owner, place.origins).map(attributes) ?? []
    case .module(let folders): candidates = moduleNames(within: folders)
    case .member(let module): candidates = members(ofModule: module)
    case .key(let owner, let quote):
      candidates = keys(of: owner, place, quote: quote, isClosed: text.hasQuote(behind: place.wordRange.upperBound))
    case .string(let quote): return texts(place, quote: quote)
    case .text: candidates = []
    }
    return Completions(replaced: place.wordRange, candidates: candidates.fitting(place.word))
  }

  /// The line commands, where the text is the beginning of one.
  private func commands(_ text: String, _ offset: Int) -> Completions? {
    let word = text.utf8.prefix(max(0, offset))
    if case .command(let command, _) = SessionText(text), LineCommand(rawValue: command)?.takesPath == true,
      let blank = word.lastIndex(of: UInt8(ascii: " "))
    {
      return paths(String(text[text.index(after: blank)..<word.endIndex]), endingAt: word.count)
    }
    guard word.first == UInt8(ascii: "%"), !word.contains(where: { $0 <= UInt8(ascii: " ") }) else { return nil }
    let candidates = LineCommand.allCases.map {
      Completions.Candidate("%\($0.rawValue)", kind: "command", signature: $0.arguments)
    }
    return Completions(
      replaced: 0..<word.count, candidates: candidates.filter { $0.text.utf8.starts(with: word) })
  }

  private func attributes(of owner: Knowledge.Name) -> [Completions.Candidate] {
    // What the value holds stands before what all of its type have.
    let held = owner.members.map { Completions.Candidate($0.key, $0.value) }.inOrder
    let names = Set(owner.attributes + attributeNames(ofType: owner.type)).subtracting(owner.members.keys)
    let others = names.sorted().map { name in
      if let signature = method(name, of: owner.type) {
        return Completions.Candidate(name, kind: "function", signature: signature.description)
      }
      return Completions.Candidate(name, kind: "property", facts: ResultTypes.attribute(name, of: owner.type) ?? "")
    }
    return held + others
  }

  /// Arguments of the call and what fits there, then the person's own names, then the language's.
  private func names(_ place: CursorPlace) -> [Completions.Candidate] {
    var first: [Completions.Candidate] = []
    if let call = place.call, call.beginsValue, let signature = known(call.callee, place.origins)?.signature {
      if call.takesName { first = arguments(of: signature, call) }
      if let wanted = signature.wanted(by: call) { first += values(of: wanted, quote: nil) }
    }
    let bound = place.boundNames.filter { $0 != place.word }.map { name in
      known(Reference(.name(name)), place.origins).map { Completions.Candidate(name, $0) }
        ?? Completions.Candidate(name, kind: "name")
    }
    return first + bound + knowledge.withLock { $0.candidates } + builtinCandidates
      + ReservedWords.usable.map { Completions.Candidate($0, kind: "keyword") }
  }

  private func arguments(of signature: Signature, _ call: CursorCall) -> [Completions.Candidate] {
    signature.parameters.enumerated().filter { place, parameter in
      (parameter.kind == .plain || parameter.kind == .keywordOnly) && !call.given.contains(parameter.name)
        // Those before it have been given by their places.
        && (place >= call.position || parameter.kind == .keywordOnly)
    }.map { _, parameter in
      Completions.Candidate(
        parameter.name + "=", kind: "parameter", signature: parameter.defaultText.map { "= \($0)" } ?? "",
        facts: parameter.about ?? parameter.wants.shown)
    }
  }

  /// What the table says an argument may be: a fixed choice of texts, names of functions.
  private func values(of wanted: Wanted, quote: String?) -> [Completions.Candidate] {
    let texts = wanted.choices.map { Completions.Candidate(quote == nil ? "\"\($0)\"" : $0, kind: "str") }
    guard quote == nil else { return texts }
    return texts + wanted.names.map { Completions.Candidate($0, kind: "function", signature: signatures[$0]?.description ?? "") }
  }

  private func keys(
    of owner: Reference, _ place: CursorPlace, quote: String?, isClosed: Bool
  ) -> [Completions.Candidate] {
    let known = known(owner, place.origins)
    let found = known?.keys ?? []
    let sign = quote ?? "\""
    let keys = found.filter { !$0.contains(sign) && !$0.contains("\\") && !$0.contains("\n") }.map { key in
      Completions.Candidate(
        (quote == nil ? sign : "") + key + (isClosed ? "" : sign + "]"),
        kind: known?.items[key]?.type ?? known?.item.first?.type ?? "str",
        facts: known?.items[key]?.facts ?? "")
    }
    return quote == nil ? keys + names(place) : keys
  }

  /// What stands in a text that is an argument: one of a fixed choice, or a file.
  private func texts(_ place: CursorPlace, quote: String) -> Completions {
    let none = Completions(replaced: place.wordRange, candidates: [])
    guard let call = place.call, call.beginsValue, let signature = known(call.callee, place.origins)?.signature,
      let wanted = signature.wanted(by: call), wanted.fits(type: "str")
    else { return none }
    if wanted.isPath { return paths(place.word, endingAt: place.wordRange.upperBound) }
    return Completions(replaced: place.wordRange, candidates: values(of: wanted, quote: quote).fitting(place.word))
  }
}

extension Signature {
  /// What the argument at the cursor, or an item of the list that it is, has to be.
  fileprivate func wanted(by call: CursorCall) -> Wanted? {
    let positional = parameters.filter { $0.kind == .plain || $0.kind == .positionalOnly || $0.kind == .rest }
    let parameter =
      if let name = call.argument {
        parameters.first { $0.name == name }
      } else if call.position < positional.count {
        positional[call.position]
      } else {
        positional.last { $0.kind == .rest }
      }
    guard let wanted = parameter?.wants else { return nil }
    return call.isInList ? wanted.items.first : wanted
  }
}

extension Wanted {
  /// For a menu: `a network`; nothing where anything will do.
  fileprivate var shown: String { types == nil ? "" : noun }
}

extension String {
  /// Whether a quotation mark stands at a byte.
  fileprivate func hasQuote(behind offset: Int) -> Bool {
    let next = utf8.dropFirst(offset).first
    return next == UInt8(ascii: "\"") || next == UInt8(ascii: "'")
  }
}
