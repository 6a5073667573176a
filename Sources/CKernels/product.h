/* The matrix product for REAL. Included by kernels.h once for each precision.

   Columns go in panels of one to three vectors. Rows of a panel are worked on eight at a time, so that the sums of a tile stay in
   registers over a block of the inner dimension. A panel whose rows are not vectors in memory, because `b` is transposed or its
   columns end within a vector, is first copied to a packed one. Order and blocks follow from the sizes alone. */
#ifndef BP_VECTOR_BYTES
#define BP_VECTOR_BYTES 16
#endif
#ifndef PANEL_VECTORS
#define PANEL_VECTORS 3
#define INNER_BLOCK 256
#endif

#define WIDTH (BP_VECTOR_BYTES / (int)sizeof(REAL))
#define PANEL_WIDTH (PANEL_VECTORS * WIDTH)

/* A vector anywhere in memory. */
typedef REAL KERNEL(vector) __attribute__((vector_size(BP_VECTOR_BYTES), aligned(sizeof(REAL)), may_alias));
#define VECTOR KERNEL(vector)

/* `rows` by `vectors` sums over `inner`, stored to `out`, or added to it. Both counts are constants at each call. */
INLINE void KERNEL(tile)(int rows, int vectors, const REAL *a, struct bp_strides a_strides, const REAL *b, ptrdiff_t b_row,
                         size_t inner, REAL *out, ptrdiff_t out_row, bool adds) {
  VECTOR sums[8][PANEL_VECTORS] = {{{0}}};
  for (size_t k = 0; k < inner; k++) {
    VECTOR right[PANEL_VECTORS];
    for (int j = 0; j < vectors; j++) right[j] = *(const VECTOR *)(b + j * WIDTH);
    for (int i = 0; i < rows; i++) {
      REAL left = a[i * a_strides.rows];
      for (int j = 0; j < vectors; j++) sums[i][j] += left * right[j];
    }
    a += a_strides.columns;
    b += b_row;
  }
  for (int i = 0; i < rows; i++)
    for (int j = 0; j < vectors; j++) {
      VECTOR *place = (VECTOR *)(out + i * out_row + j * WIDTH);
      *place = adds ? *place + sums[i][j] : sums[i][j];
    }
}

/* All rows of one panel. */
#define TILE(rows, vectors) KERNEL(tile)(rows, vectors, a, a_strides, b, b_row, inner, out, out_row, adds)
#define PANEL(vectors)                                                                                                         \
  static void KERNEL(panel##vectors)(size_t rows, const REAL *a, struct bp_strides a_strides, const REAL *b, ptrdiff_t b_row,  \
                                     size_t inner, REAL *out, ptrdiff_t out_row, bool adds) {                                  \
    for (; rows >= 8; rows -= 8, a += 8 * a_strides.rows, out += 8 * out_row) TILE(8, vectors);                                \
    if (rows & 4) {                                                                                                            \
      TILE(4, vectors);                                                                                                        \
      a += 4 * a_strides.rows;                                                                                                 \
      out += 4 * out_row;                                                                                                      \
    }                                                                                                                          \
    if (rows & 2) {                                                                                                            \
      TILE(2, vectors);                                                                                                        \
      a += 2 * a_strides.rows;                                                                                                 \
      out += 2 * out_row;                                                                                                      \
    }                                                                                                                          \
    if (rows & 1) TILE(1, vectors);                                                                                            \
  }

PANEL(1)
PANEL(2)
PANEL(3)
#undef TILE
#undef PANEL

static void KERNEL(panel)(size_t vectors, size_t rows, const REAL *a, struct bp_strides a_strides, const REAL *b,
                          ptrdiff_t b_row, size_t inner, REAL *out, ptrdiff_t out_row, bool adds) {
  if (vectors == 1)
    KERNEL(panel1)(rows, a, a_strides, b, b_row, inner, out, out_row, adds);
  else if (vectors == 2)
    KERNEL(panel2)(rows, a, a_strides, b, b_row, inner, out, out_row, adds);
  else
    KERNEL(panel3)(rows, a, a_strides, b, b_row, inner, out, out_row, adds);
}

/* Copies `columns` columns of `b` to rows of `width`, with zeros after them. */
static void KERNEL(pack)(const REAL *b, struct bp_strides strides, size_t inner, size_t columns, REAL *packed, size_t width) {
  if (columns < width)
    for (size_t k = 0; k < inner; k++)
      for (size_t j = columns; j < width; j++) packed[k * width + j] = 0;
  if (strides.columns == 1) {
    for (size_t k = 0; k < inner; k++) memcpy(packed + k * width, b + (ptrdiff_t)k * strides.rows, columns * sizeof(REAL));
    return;
  }
  size_t j = 0;
  for (; j + 4 <= columns; j += 4) {
    const REAL *source = b + (ptrdiff_t)j * strides.columns;
    for (size_t k = 0; k < inner; k++, source += strides.rows)
      for (int c = 0; c < 4; c++) packed[k * width + j + c] = source[c * strides.columns];
  }
  for (; j < columns; j++)
    for (size_t k = 0; k < inner; k++)
      packed[k * width + j] = b[(ptrdiff_t)k * strides.rows + (ptrdiff_t)j * strides.columns];
}

/* A product with few columns or of few numbers, for which a panel is not worth its preparation. */
static void KERNEL(small)(const REAL *a, struct bp_strides a_strides, const REAL *b, struct bp_strides b_strides, REAL *out,
                          size_t rows, size_t inner, size_t columns, bool adds) {
  for (size_t i = 0; i < rows; i++)
    for (size_t j = 0; j < columns; j++) {
      const REAL *left = a + (ptrdiff_t)i * a_strides.rows;
      const REAL *right = b + (ptrdiff_t)j * b_strides.columns;
      REAL sum = adds ? *out : 0;
      for (size_t k = 0; k < inner; k++) sum += left[(ptrdiff_t)k * a_strides.columns] * right[(ptrdiff_t)k * b_strides.rows];
      *out++ = sum;
    }
}

/* A matrix with rows in memory times a vector in memory. */
static void KERNEL(matrix_vector)(const REAL *a, ptrdiff_t a_row, const REAL *b, REAL *out, size_t rows, size_t inner,
                                  bool adds) {
  for (size_t i = 0; i < rows; i++, a += a_row) {
    VECTOR sums[4] = {{0}};
    size_t k = 0;
    for (; k + 4 * WIDTH <= inner; k += 4 * WIDTH)
      for (int j = 0; j < 4; j++) sums[j] += *(const VECTOR *)(a + k + j * WIDTH) * *(const VECTOR *)(b + k + j * WIDTH);
    VECTOR all = (sums[0] + sums[1]) + (sums[2] + sums[3]);
    REAL sum = 0;
    for (int j = 0; j < WIDTH; j++) sum += all[j];
    for (; k < inner; k++) sum += a[k] * b[k];
    out[i] = adds ? out[i] + sum : sum;
  }
}

void KERNEL(bp_matmul)(const REAL *a, struct bp_strides a_strides, const REAL *b, struct bp_strides b_strides, REAL *out,
                       size_t rows, size_t inner, size_t columns, bool adds) {
  if (inner == 0 && !adds) memset(out, 0, rows * columns * sizeof(REAL));
  if (columns == 1 && a_strides.columns == 1 && b_strides.rows == 1)
    return KERNEL(matrix_vector)(a, a_strides.rows, b, out, rows, inner, adds);
  if (rows * inner * columns <= 64) return KERNEL(small)(a, a_strides, b, b_strides, out, rows, inner, columns, adds);
  REAL packed[INNER_BLOCK * PANEL_WIDTH];
  for (size_t start = 0; start < inner; start += INNER_BLOCK) {
    size_t length = inner - start < INNER_BLOCK ? inner - start : INNER_BLOCK;
    const REAL *a_block = a + (ptrdiff_t)start * a_strides.columns;
    for (size_t column = 0, vectors; column < columns; column += vectors * WIDTH) {
      size_t left = (columns - column + WIDTH - 1) / WIDTH;
      /* Four vectors are two and two. */
      vectors = left == 4 ? 2 : left < PANEL_VECTORS ? left : PANEL_VECTORS;
      size_t width = vectors * WIDTH;
      size_t used = columns - column < width ? columns - column : width;
      const REAL *b_block = b + (ptrdiff_t)start * b_strides.rows + (ptrdiff_t)column * b_strides.columns;
      ptrdiff_t b_row = b_strides.rows;
      if (b_strides.columns != 1 || used < width) {
        KERNEL(pack)(b_block, b_strides, length, used, packed, width);
        b_block = packed;
        b_row = (ptrdiff_t)width;
      }
      if (used == width) {
        KERNEL(panel)(vectors, rows, a_block, a_strides, b_block, b_row, length, out + column, (ptrdiff_t)columns,
                      adds || start > 0);
        continue;
      }
      /* Whole vectors would run into the next row of the result. */
      REAL part[8 * PANEL_WIDTH];
      for (size_t row = 0; row < rows; row += 8) {
        size_t height = rows - row < 8 ? rows - row : 8;
        KERNEL(panel)(vectors, height, a_block + (ptrdiff_t)row * a_strides.rows, a_strides, b_block, b_row, length, part,
                      (ptrdiff_t)width, false);
        for (size_t i = 0; i < height; i++)
          for (size_t j = 0; j < used; j++) {
            REAL *place = out + (row + i) * columns + column + j;
            *place = (adds || start > 0 ? *place : 0) + part[i * width + j];
          }
      }
    }
  }
}
#undef WIDTH
#undef PANEL_WIDTH
#undef VECTOR
