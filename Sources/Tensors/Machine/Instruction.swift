/// One piece of work of a program, as data: what it reads and writes lies in buffers.
public enum Instruction: Sendable {
  case chain(Chain)
  case product(Product)
  /// Sums over the middle one of three dimensions: `[outer, length, inner]` to `[outer, inner]`.
  case sum(Buffer, into: Buffer, outer: Int, length: Int, inner: Int)
  /// A function of each row.
  case rows(RowFunction, Buffer, into: Buffer, rows: Int, columns: Int)
  /// One entry of each row's log-softmax, and the gradient in the rows.
  case softmaxLoss(SoftmaxLoss)
  case copy(Copy)
  /// The same number everywhere.
  case fill(Buffer, Double)
  case gather(Gather)
  /// The same elements in another type.
  case convert(Buffer, into: Buffer)
  /// A one in each row at the place that a whole number names, zeros elsewhere.
  case oneHot(places: Buffer, into: Buffer, classes: Int)
  /// Zeros with probability `p` and `1/(1 − p)` else, drawn from the stream that `chance` names.
  case dropoutMask(chance: Buffer, draw: Int, p: Double, into: Buffer)
  /// A convolution or one of its gradients, of what its kind calls `a` and `b`.
  case convolution(ConvolutionLoop, Buffer, Buffer, into: Buffer)
  /// Pooling of images, or a part of its gradient.
  case pooling(Pooling, Buffer, into: Buffer, WindowLayout)
  /// Anything else: computed on tensors of its own.
  case call(Call)

  public enum Pooling: String, BitwiseCopyable, Sendable {
    case maxPlaces = "max_pool_places"
    case average = "average_pool"
    case averageInput = "average_pool_input"
  }

  public enum RowFunction: String, BitwiseCopyable, Sendable {
    case softmax
    case logSoftmax = "log_softmax"
    case logsumexp
  }

  /// The logarithm of one entry of each row's softmax, and the gradient `upstream · (δᵢⱼ − softmax(z)ⱼ)` of their sum.
  public struct SoftmaxLoss: Sendable {
    /// `z`: `[rows, columns]`, of a float type.
    public var logits: Buffer
    /// Which entry, by row; those below 0 count from the end of the row.
    public var places: Buffer
    /// What comes back to each logarithm.
    public var upstream: Double
    /// The logarithms: `[rows]`.
    public var taken: Buffer
    /// `[rows, columns]`.
    public var gradient: Buffer

    public init(_ logits: Buffer, at places: Buffer, upstream: Double, taken: Buffer, gradient: Buffer) {
      self.logits = logits
      self.places = places
      self.upstream = upstream
      self.taken = taken
      self.gradient = gradient
    }

    public var rows: Int { taken.count }
    /// Classes.
    public var columns: Int { logits.count / max(1, rows) }
  }

  /// Products of matrices, batch by batch: `out = relu(a · b + added)`, as far as there is something to add and it rectifies.
  public struct Product: Sendable {
    public var a: Matrix
    public var b: Matrix
    public var out: Buffer
    public var rows: Int
    public var inner: Int
    public var columns: Int
    /// For each batch, the first elements of both matrices; one for a single product.
    public var batches: [(a: Int, b: Int)]
    /// What is added: a matrix as large as the result, or a row for all of its rows.
    public var added: Buffer?
    /// Whether what is added is one row for all.
    public var addsRow = false
    /// Whether relu is applied to the result.
    public var rectifies = false

    public init(_ a: Matrix, _ b: Matrix, into out: Buffer, rows: Int, inner: Int, columns: Int, batches: [(a: Int, b: Int)]) {
      self.a = a
      self.b = b
      self.out = out
      self.rows = rows
      self.inner = inner
      self.columns = columns
      self.batches = batches
    }
  }

  /// A matrix in memory, or one that is read as its transpose.
  public struct Matrix: Sendable {
    public var buffer: Buffer
    public var rowStride: Int
    public var columnStride: Int

    public init(_ buffer: Buffer, rowStride: Int, columnStride: Int) {
      self.buffer = buffer
      self.rowStride = rowStride
      self.columnStride = columnStride
    }
  }

  /// A block of elements moved to another arrangement. Strides count elements; in the source 0 repeats, and below 0 goes back.
  public struct Copy: Sendable {
    public var from: Buffer
    public var into: Buffer
    public var sizes: [Int]
    public var fromStart: Int
    public var fromStrides: [Int]
    public var intoStart: Int
    public var intoStrides: [Int]

    public init(
      _ from: Buffer, into: Buffer, sizes: [Int], fromStart: Int = 0, fromStrides: [Int], intoStart: Int = 0, intoStrides: [Int]
    ) {
      self.from = from
      self.into = into
      self.sizes = sizes
      self.fromStart = fromStart
      self.fromStrides = fromStrides
      self.intoStart = intoStart
      self.intoStrides = intoStrides
    }
  }

  /// Blocks of `inner` elements along the middle of `[outer, length, inner]`, taken from or added to the places named.
  public struct Gather: Sendable {
    public enum Kind: BitwiseCopyable, Sendable {
      /// `out[i, k] = x[i, places[k]]`
      case take
      /// `out[i, places[k]] += x[i, k]`, from zeros
      case add
      /// As the two above, with places of their own for each line and entry: `[outer, places, inner]`.
      case takeAlong, addAlong
    }
    public var kind: Kind
    public var x: Buffer
    public var places: Buffer
    public var out: Buffer
    public var outer: Int
    public var length: Int
    public var inner: Int

    public init(_ kind: Kind, _ x: Buffer, at places: Buffer, into out: Buffer, outer: Int, length: Int, inner: Int) {
      self.kind = kind
      self.x = x
      self.places = places
      self.out = out
      self.outer = outer
      self.length = length
      self.inner = inner
    }
  }

  /// A computation on tensors, for what has no instruction of its own.
  public struct Call: Sendable {
    public var name: String
    public var inputs: [(buffer: Buffer, shape: Shape)]
    public var out: Buffer
    public var body: @Sendable ([Tensor]) throws -> Tensor

    public init(
      _ name: String, _ inputs: [(buffer: Buffer, shape: Shape)], into out: Buffer,
      body: @escaping @Sendable ([Tensor]) throws -> Tensor
    ) {
      self.name = name
      self.inputs = inputs
      self.out = out
      self.body = body
    }
  }
}

extension Instruction {
  /// Whether there is an instruction that changes one type into another: where no value can fail to have its like.
  public static func canConvert(from: DType, to into: DType) -> Bool {
    from != into && into != .bool && (into.isFloat || from == .bool)
  }
}
