/* Bringing parts of matrices together for products. Included by product.h once for each precision. */

/* What `inner` rows of some columns of `b` need to be fetched while `tiles` tiles are done. */
INLINE struct bp_ahead KERNEL(ahead)(const REAL *b, struct bp_strides strides, size_t inner, size_t columns, size_t tiles) {
  bool by_columns = strides.columns != 1;
  size_t rows = columns == 0 || tiles == 0 ? 0 : by_columns ? columns : inner;
  return (struct bp_ahead){(const char *)b, (by_columns ? strides.columns : strides.rows) * (ptrdiff_t)sizeof(REAL), rows,
                           (by_columns ? inner : columns) * sizeof(REAL), tiles == 0 ? 0 : (rows + tiles - 1) / tiles};
}

/* The vectors of the next panel if `left` are to come. One alone could not overlap another, so it never comes last. */
INLINE size_t KERNEL(vectors)(size_t left) {
  if (left <= PANEL_VECTORS) return left;
  return PANEL_VECTORS == 3 && left != 4 ? 3 : PANEL_VECTORS == 2 && left == 3 ? 1 : 2;
}

/* The panels of some columns: fills in the vectors of each, and gives the number of panels and of the columns. */
INLINE size_t KERNEL(group)(size_t columns, size_t *widths, size_t *panels) {
  size_t vectors = 0, left = (columns + WIDTH - 1) / WIDTH;
  for (*panels = 0; left > 0 && vectors + PANEL_VECTORS <= GROUP_VECTORS; ++*panels) {
    widths[*panels] = KERNEL(vectors)(left);
    vectors += widths[*panels];
    left -= widths[*panels];
  }
  return columns < vectors * WIDTH ? columns : vectors * WIDTH;
}

/* Four elements anywhere in memory. */
typedef REAL KERNEL(four) __attribute__((vector_size(4 * sizeof(REAL)), aligned(sizeof(REAL)), may_alias));

/* Exchanges the rows and columns of a square of four, whose rows lie so far apart. */
INLINE void KERNEL(square)(const REAL *from, ptrdiff_t from_row, REAL *to, ptrdiff_t to_row) {
  typedef KERNEL(four) four;
  four w = *(const four *)from, x = *(const four *)(from + from_row), y = *(const four *)(from + 2 * from_row),
       z = *(const four *)(from + 3 * from_row);
  four wx = __builtin_shufflevector(w, x, 0, 4, 1, 5), yz = __builtin_shufflevector(y, z, 0, 4, 1, 5);
  *(four *)to = __builtin_shufflevector(wx, yz, 0, 1, 4, 5);
  *(four *)(to + to_row) = __builtin_shufflevector(wx, yz, 2, 3, 6, 7);
  wx = __builtin_shufflevector(w, x, 2, 6, 3, 7), yz = __builtin_shufflevector(y, z, 2, 6, 3, 7);
  *(four *)(to + 2 * to_row) = __builtin_shufflevector(wx, yz, 0, 1, 4, 5);
  *(four *)(to + 3 * to_row) = __builtin_shufflevector(wx, yz, 2, 3, 6, 7);
}

/* Copies `columns` columns of `b`, which lie `strides.columns` apart, to rows of `width`. Elements along a column are neighbours
   where `b` is a transposed matrix: those go in squares of four. */
static void KERNEL(pack)(const REAL *b, struct bp_strides strides, size_t inner, size_t columns, REAL *packed, size_t width) {
  typedef KERNEL(four) four;
  if (strides.columns == 1) {
    for (size_t k = 0; k < inner; k++, b += strides.rows, packed += width) {
      size_t j = 0;
      for (; j + WIDTH <= columns; j += WIDTH) *(VECTOR *)(packed + j) = *(const VECTOR *)(b + j);
      for (; j + 4 <= columns; j += 4) *(four *)(packed + j) = *(const four *)(b + j);
      for (; j + 2 <= columns; j += 2) memcpy(packed + j, b + j, 2 * sizeof(REAL));
      for (; j < columns; j++) packed[j] = b[j];
    }
    return;
  }
  /* The last square may overlap the one before. */
  for (size_t square = 0; square < columns && columns >= 4; square += 4) {
    size_t j = square + 4 <= columns ? square : columns - 4;
    const REAL *source = b + (ptrdiff_t)j * strides.columns;
    REAL *target = packed + j;
    size_t k = 0;
    if (strides.rows == 1)
      for (; k + 4 <= inner; k += 4, target += 4 * width)
        KERNEL(square)(source + k, strides.columns, target, (ptrdiff_t)width);
    for (; k < inner; k++, target += width)
      for (int c = 0; c < 4; c++) target[c] = source[(ptrdiff_t)k * strides.rows + c * strides.columns];
  }
  for (size_t j = 0; j < columns && columns < 4; j++)
    for (size_t k = 0; k < inner; k++)
      packed[k * width + j] = b[(ptrdiff_t)k * strides.rows + (ptrdiff_t)j * strides.columns];
}

/* Copies `columns` columns of `b` to panels of so many vectors, one after the other. */
static void KERNEL(pack_panels)(const REAL *b, struct bp_strides strides, size_t inner, size_t columns, REAL *packed,
                                const size_t *widths, size_t panels) {
  /* Rows in memory are read as far as they go, since they are pages apart in large matrices. */
  size_t rows_at_once = strides.columns == 1 ? 16 : inner;
  for (size_t k = 0; k < inner; k += rows_at_once)
    for (size_t p = 0, at = 0; p < panels; at += widths[p++] * WIDTH) {
      size_t width = widths[p] * WIDTH, length = inner - k < rows_at_once ? inner - k : rows_at_once;
      KERNEL(pack)
      (b + (ptrdiff_t)k * strides.rows + (ptrdiff_t)at * strides.columns, strides, length,
       columns - at < width ? columns - at : width, packed + at * inner + k * width, width);
    }
}
