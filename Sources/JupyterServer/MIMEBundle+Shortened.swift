import JupyterWire

extension MIMEBundle {
  /// The value with the middle of a long text left out.
  var shortened: MIMEBundle {
    guard case .string(let text)? = data["text/plain"], text.utf8.count > OutputLimit.longestText else { return self }
    let half = OutputLimit.longestText / 2
    let (start, end) = (text.beginning(bytes: half), text.ending(bytes: half))
    let leftOut = text.utf8.count - start.utf8.count - end.utf8.count
    var bundle = self
    bundle.data["text/plain"] = .string(
      "\(start)\n[\(size(leftOut)) left out: write the text to a file to have all of it]\n\(end)")
    return bundle
  }
}
