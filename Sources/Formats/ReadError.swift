import Learning

/// Why a file of data could not be read.
public enum ReadError: Error {
  case file(FileError)
  /// The file is there, but not what it should be.
  case content(LearningError, path: String)
  case array(ArrayFileError, path: String)
}

extension ReadError {
  public var message: String? {
    switch self {
    case .file(let error): error.message
    case .content(let error, let path): error.message.map { path + (error.hasPlace ? ", " : ": ") + $0 }
    case .array(let error, let path): path + error.message
    }
  }

  public var help: String? {
    switch self {
    case .file(let error): error.help
    case .content(let error, _): error.help
    case .array(let error, _): error.help
    }
  }
}
