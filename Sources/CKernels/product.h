/* The matrix product for REAL. Included by kernels.h once for each precision.

   Columns go in panels of one to three vectors, rows in tiles whose sums stay in registers over a block of the inner dimension. The
   last vector of a panel may overlap the one before, so that the columns need not be a whole number of vectors. Each sum runs over
   the inner dimension in order, block by block: it depends on the sizes alone, not on the tile that it fell into.

   The order of the loops is that of Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication" (ACM Transactions on
   Mathematical Software 34, 2008). */
#ifndef BP_VECTOR_BYTES
#define BP_VECTOR_BYTES 16
#endif
#ifndef PANEL_VECTORS
/* Sums that leave room for the operands: 24 of 32 registers, 12 of 16. */
#ifdef BP_HAS_32_REGISTERS
#define PANEL_VECTORS 3
#define TILE_ROWS 8
#else
#define PANEL_VECTORS 2
#define TILE_ROWS 6
#endif
#endif

/* Rows that are done at a time where they stand for columns. */
#ifndef TURNED_ROWS
#define TURNED_ROWS 128
#endif
#define WIDTH (BP_VECTOR_BYTES / (int)sizeof(REAL))

/* A vector anywhere in memory. */
typedef REAL KERNEL(vector) __attribute__((vector_size(BP_VECTOR_BYTES), aligned(sizeof(REAL)), may_alias));
#define VECTOR KERNEL(vector)

/* bp_target with the type of its elements. */
struct KERNEL(target) {
  REAL *out;
  const REAL *added;
  ptrdiff_t out_row, added_row;
  bool rectifies;
};

INLINE struct KERNEL(target) KERNEL(target_at)(struct KERNEL(target) to, size_t row, size_t column) {
  to.out += (ptrdiff_t)row * to.out_row + (ptrdiff_t)column;
  if (to.added) to.added += (ptrdiff_t)row * to.added_row + (ptrdiff_t)column;
  return to;
}

/* One sum, for the column `j` of the target's row. */
INLINE void KERNEL(put)(struct KERNEL(target) to, size_t j, REAL sum) {
  if (to.added) sum += to.added[j];
  to.out[j] = to.rectifies && sum <= 0 ? 0 : sum;
}

/* What the tiles of a panel share: `vectors` vectors of `inner` rows of `b`, the last of them `last` elements from the first. */
struct KERNEL(panel) {
  const REAL *b;
  ptrdiff_t b_row, last;
  struct bp_strides a;
  size_t inner;
  /* Columns to store if they are less than a vector, and where the last row that may be stored as a whole vector ends: what it
     writes too much belongs to rows that follow. */
  size_t narrow;
  const REAL *whole_end;
  /* Whether rows of `a` were brought together in strips. */
  bool in_strips;
  struct bp_ahead *ahead;
};

/* 0 for what is below; nan stays. */
INLINE VECTOR KERNEL(rectified)(VECTOR x) {
  __typeof__(x <= 0) is_kept = ~(x <= 0);
  return (VECTOR)(is_kept & (__typeof__(is_kept))x);
}

INLINE void KERNEL(store)(REAL *out, VECTOR sums, size_t count) {
  REAL values[WIDTH];
  *(VECTOR *)values = sums;
  ONE_BY_ONE for (size_t j = 0; j < count; j++) out[j] = values[j];
}

/* A vector of which only the first elements are there. */
INLINE VECTOR KERNEL(widened)(const REAL *x, size_t count) {
  REAL values[WIDTH] = {0};
  ONE_BY_ONE for (size_t j = 0; j < count; j++) values[j] = x[j];
  return *(VECTOR *)values;
}

/* One tile. Both counts are constants at each call, and the strides are where `a` is in strips. */
INLINE void KERNEL(tile)(int rows, int vectors, const struct KERNEL(panel) *panel, struct bp_strides a_strides, const REAL *a,
                         struct KERNEL(target) to) {
  VECTOR sums[TILE_ROWS][PANEL_VECTORS];
  for (int i = 0; i < rows; i++)
    for (int j = 0; j < vectors; j++) sums[i][j] = (VECTOR){0};
  const REAL *b = panel->b;
  const ptrdiff_t b_row = panel->b_row, last = panel->last;
  /* What the sums go to is on its way while they are made. */
  for (int i = 0; i < rows; i++)
    for (int j = 0; j < vectors; j++) __builtin_prefetch(to.out + i * to.out_row + j * WIDTH, 1);
  /* The rows of a transposed `a` are too far apart for the processor to foresee what the tile after the next reads. */
  const ptrdiff_t ahead = a_strides.rows == 1 && a_strides.columns > WIDTH ? cache_line / (ptrdiff_t)sizeof(REAL) : 0;
  for (size_t k = panel->inner; k > 0; k--) {
    VECTOR right[PANEL_VECTORS];
    __builtin_prefetch(a + ahead);
    for (int j = 0; j < vectors; j++) right[j] = *(const VECTOR *)(b + (j > 0 && j == vectors - 1 ? last : j * WIDTH));
    for (int i = 0; i < rows; i++) {
      REAL left = a[i * a_strides.rows];
      for (int j = 0; j < vectors; j++) sums[i][j] += left * right[j];
    }
    a += a_strides.columns;
    b += b_row;
  }
  /* Unrolled, since sums that are found by number would not stay in registers. */
  _Pragma("clang loop unroll(full)") for (int i = 0; i < rows; i++, to.out += to.out_row, to.added += to.added ? to.added_row : 0) {
    if (vectors == 1 && panel->narrow > 0) {
      if (to.added) sums[i][0] += to.added_row == 0 ? *(const VECTOR *)to.added : KERNEL(widened)(to.added, panel->narrow);
      if (to.rectifies) sums[i][0] = KERNEL(rectified)(sums[i][0]);
      if (panel->whole_end - to.out >= WIDTH) *(VECTOR *)to.out = sums[i][0];
      else KERNEL(store)(to.out, sums[i][0], panel->narrow);
      continue;
    }
    /* All are read before one is written, since the last two may overlap. */
    if (to.added)
      for (int j = 0; j < vectors; j++) sums[i][j] += *(const VECTOR *)(to.added + (j > 0 && j == vectors - 1 ? last : j * WIDTH));
    if (to.rectifies)
      for (int j = 0; j < vectors; j++) sums[i][j] = KERNEL(rectified)(sums[i][j]);
    for (int j = 0; j < vectors; j++) *(VECTOR *)(to.out + (j > 0 && j == vectors - 1 ? last : j * WIDTH)) = sums[i][j];
  }
}

/* Rows of the next tile. Two of four are quicker than one of six and one of two. */
INLINE size_t KERNEL(tile_rows)(size_t left) {
  if (left >= TILE_ROWS && (TILE_ROWS != 6 || left != 8)) return TILE_ROWS;
  return left >= 4 ? 4 : left >= 2 ? 2 : 1;
}

/* All rows of a panel, a tile at a time. */
#define TILES(count, vectors)                                                                                                  \
  if (panel->in_strips)                                                                                                        \
    KERNEL(tile)(count, vectors, panel, (struct bp_strides){1, count}, a, to);                                                  \
  else                                                                                                                         \
    KERNEL(tile)(count, vectors, panel, panel->a, a, to)
#define PANEL(vectors)                                                                                                         \
  static void KERNEL(panel##vectors)(size_t rows, const struct KERNEL(panel) *panel, const REAL *a,                              \
                                     const struct KERNEL(target) *start) {                                                     \
    struct KERNEL(target) to = *start;                                                                                         \
    const ptrdiff_t a_row = panel->in_strips ? (ptrdiff_t)panel->inner : panel->a.rows;                                        \
    for (size_t count; rows > 0; rows -= count, a += (ptrdiff_t)count * a_row, to = KERNEL(target_at)(to, count, 0)) {         \
      count = KERNEL(tile_rows)(rows);                                                                                         \
      switch (count) {                                                                                                         \
      case TILE_ROWS: TILES(TILE_ROWS, vectors); break;                                                                        \
      case 4: TILES(4, vectors); break;                                                                                        \
      case 2: TILES(2, vectors); break;                                                                                        \
      default: TILES(1, vectors);                                                                                              \
      }                                                                                                                        \
      if (panel->ahead) fetch_ahead(panel->ahead);                                                                             \
    }                                                                                                                          \
  }

PANEL(1)
PANEL(2)
#if PANEL_VECTORS == 3
PANEL(3)
#endif
#undef TILES
#undef PANEL

#include "packing.h"

/* A product of few numbers, for which vectors are not worth their preparation. */
static void KERNEL(small)(const REAL *a, struct bp_strides a_strides, const REAL *b, struct bp_strides b_strides,
                          const struct KERNEL(target) *start, size_t rows, size_t inner, size_t columns) {
  struct KERNEL(target) to = *start;
  for (size_t i = 0; i < rows; i++, to = KERNEL(target_at)(to, 1, 0))
    for (size_t j = 0; j < columns; j++) {
      const REAL *left = a + (ptrdiff_t)i * a_strides.rows;
      const REAL *right = b + (ptrdiff_t)j * b_strides.columns;
      REAL sum = 0;
      for (size_t k = 0; k < inner; k++) sum += left[(ptrdiff_t)k * a_strides.columns] * right[(ptrdiff_t)k * b_strides.rows];
      KERNEL(put)(to, j, sum);
    }
}

/* A matrix with rows in memory times a vector in memory. */
static void KERNEL(matrix_vector)(const REAL *a, ptrdiff_t a_row, const REAL *b, const struct KERNEL(target) *start, size_t rows,
                                  size_t inner) {
  struct KERNEL(target) to = *start;
  for (size_t i = 0; i < rows; i++, a += a_row, to = KERNEL(target_at)(to, 1, 0)) {
    VECTOR sums[4] = {{0}};
    size_t k = 0;
    for (; k + 4 * WIDTH <= inner; k += 4 * WIDTH)
      for (int j = 0; j < 4; j++) sums[j] += *(const VECTOR *)(a + k + j * WIDTH) * *(const VECTOR *)(b + k + j * WIDTH);
    for (; k + WIDTH <= inner; k += WIDTH) sums[0] += *(const VECTOR *)(a + k) * *(const VECTOR *)(b + k);
    REAL lanes[WIDTH];
    *(VECTOR *)lanes = (sums[0] + sums[1]) + (sums[2] + sums[3]);
    for (int half = WIDTH / 2; half > 0; half /= 2)
      for (int j = 0; j < half; j++) lanes[j] += lanes[j + half];
    REAL sum = lanes[0];
    for (; k < inner; k++) sum += a[k] * b[k];
    KERNEL(put)(to, 0, sum);
  }
}

INLINE void KERNEL(run_panel)(size_t vectors, size_t rows, const struct KERNEL(panel) *panel, const REAL *a,
                              struct KERNEL(target) to) {
  if (vectors == 1) KERNEL(panel1)(rows, panel, a, &to);
  if (vectors == 2) KERNEL(panel2)(rows, panel, a, &to);
#if PANEL_VECTORS == 3
  if (vectors == 3) KERNEL(panel3)(rows, panel, a, &to);
#endif
}

/* A block of the inner dimension with less than a vector of columns, which are widened by zeros. */
static void KERNEL(narrow_block)(const REAL *a, struct bp_strides a_strides, const REAL *b, struct bp_strides b_strides,
                                 struct KERNEL(target) to, size_t rows, size_t inner, size_t columns) {
  REAL packed[INNER_BLOCK * WIDTH];
  for (size_t k = 0; k < inner; k++) *(VECTOR *)(packed + k * WIDTH) = (VECTOR){0};
  KERNEL(pack)(b, b_strides, inner, columns, packed, WIDTH);
  struct KERNEL(panel) panel = {.b = packed, .b_row = WIDTH, .a = a_strides, .inner = inner, .narrow = columns};
  /* What is added to the rows that follow must not be written over. */
  bool is_dense = to.out_row == (ptrdiff_t)columns && to.added != to.out && columns > 4;
  panel.whole_end = is_dense ? to.out + rows * columns : to.out;
  VECTOR row;
  if (to.added && to.added_row == 0) {
    row = KERNEL(widened)(to.added, columns);
    to.added = (const REAL *)&row;
  }
  KERNEL(panel1)(rows, &panel, a, &to);
}

/* A block of the inner dimension, with both sides read where they lie. */
static void KERNEL(plain_block)(const REAL *a, struct bp_strides a_strides, const REAL *b, ptrdiff_t b_row,
                                struct KERNEL(target) to, size_t rows, size_t inner, size_t columns) {
  struct KERNEL(panel) panel = {.b_row = b_row, .a = a_strides, .inner = inner};
  for (size_t column = 0, used; column < columns; column += used) {
    size_t vectors = KERNEL(vectors)((columns - column + WIDTH - 1) / WIDTH);
    used = columns - column < vectors * WIDTH ? columns - column : vectors * WIDTH;
    panel.b = b + column;
    panel.last = (ptrdiff_t)used - WIDTH;
    KERNEL(run_panel)(vectors, rows, &panel, a, KERNEL(target_at)(to, 0, column));
  }
}

/* A block of the inner dimension, with the columns of `b` brought together, some panels at a time; and before that the rows of `a`,
   strip by strip, if they are transposed or read many times. What is brought together stays in the cache, where matrices in memory
   would push each other out. */
static void KERNEL(packed_block)(const REAL *a, struct bp_strides a_strides, const REAL *b, struct bp_strides b_strides,
                                 struct KERNEL(target) to, size_t rows, size_t inner, size_t columns) {
  struct bp_product_scratch *scratch = bp_product_scratch();
  REAL *packed = (REAL *)scratch->columns, *strips = (REAL *)scratch->rows;
  bool in_strips = rows >= TILE_ROWS && columns > (a_strides.columns != 1 ? 8 : 2 * GROUP_VECTORS) * WIDTH;
  struct KERNEL(panel) panel = {.a = a_strides, .inner = inner, .in_strips = in_strips};
  const size_t most = sizeof scratch->rows / sizeof(REAL) / INNER_BLOCK / TILE_ROWS * TILE_ROWS;
  const size_t near = BP_NEAR_BYTES / sizeof(REAL) / INNER_BLOCK / TILE_ROWS * TILE_ROWS;
  for (size_t row = 0, height; row < rows; row += height) {
    height = in_strips && rows - row > most ? most : rows - row;
    const REAL *left = a + (ptrdiff_t)row * a_strides.rows;
    if (in_strips) {
      for (size_t i = 0, count; i < height; i += count) {
        /* Strips end where `near` does, as tiles do. */
        count = KERNEL(tile_rows)((height - i / near * near < near ? height : (i / near + 1) * near) - i);
        KERNEL(pack)
        (left + (ptrdiff_t)i * a_strides.rows, (struct bp_strides){a_strides.columns, a_strides.rows}, inner, count,
         strips + i * inner, count);
      }
      left = strips;
    }
    for (size_t column = 0, used; column < columns; column += used) {
      size_t widths[GROUP_VECTORS], panels;
      used = KERNEL(group)(columns - column, widths, &panels);
      KERNEL(pack_panels)(b + (ptrdiff_t)column * b_strides.columns, b_strides, inner, used, packed, widths, panels);
      struct bp_ahead ahead = KERNEL(ahead)(b + (ptrdiff_t)(column + used) * b_strides.columns, b_strides, inner,
                                            columns - column - used < used ? columns - column - used : used,
                                            panels * (height / TILE_ROWS));
      panel.ahead = ahead.rows > 0 ? &ahead : NULL;
      for (size_t i = 0; i < height; i += near)
        for (size_t p = 0, at = 0; p < panels; at += widths[p++] * WIDTH) {
          panel.b = packed + at * inner;
          panel.b_row = (ptrdiff_t)widths[p] * WIDTH;
          panel.last = (ptrdiff_t)(used - at < widths[p] * WIDTH ? used - at : widths[p] * WIDTH) - WIDTH;
          KERNEL(run_panel)
          (widths[p], height - i < near ? height - i : near, &panel,
           left + (ptrdiff_t)i * (in_strips ? (ptrdiff_t)inner : a_strides.rows), KERNEL(target_at)(to, row + i, column + at));
        }
    }
  }
}

void KERNEL(bp_matmul)(const REAL *a, struct bp_strides a_strides, const REAL *b, struct bp_strides b_strides,
                       struct bp_target target, size_t rows, size_t inner, size_t columns);

/* A product with less than a vector of columns, whose left side has its rows side by side: columns and rows change places. */
static void KERNEL(turned)(const REAL *a, ptrdiff_t a_column, const REAL *b, struct bp_strides b_strides, struct KERNEL(target) to,
                           size_t rows, size_t inner, size_t columns) {
  REAL sums[WIDTH * TURNED_ROWS];
  for (size_t row = 0, height; row < rows; row += height) {
    /* At least a vector of them. */
    height = rows - row <= TURNED_ROWS ? rows - row : TURNED_ROWS / 2;
    KERNEL(bp_matmul)
    (b, (struct bp_strides){b_strides.columns, b_strides.rows}, a + row, (struct bp_strides){a_column, 1},
     bp_target_of(sums, height, NULL), columns, inner, height);
    for (size_t i = 0; i < height; i++, to = KERNEL(target_at)(to, 1, 0))
      for (size_t j = 0; j < columns; j++) KERNEL(put)(to, j, sums[j * height + i]);
  }
}

void KERNEL(bp_matmul)(const REAL *a, struct bp_strides a_strides, const REAL *b, struct bp_strides b_strides,
                       struct bp_target target, size_t rows, size_t inner, size_t columns) {
  struct KERNEL(target) to = {target.out, target.added, target.out_row, target.added_row, target.rectifies};
  if (columns == 1 && a_strides.columns == 1 && b_strides.rows == 1)
    return KERNEL(matrix_vector)(a, a_strides.rows, b, &to, rows, inner);
  if (columns < WIDTH && a_strides.rows == 1 && rows >= WIDTH && inner > 0)
    return KERNEL(turned)(a, a_strides.columns, b, b_strides, to, rows, inner, columns);
  if (inner == 0 || (columns < WIDTH && rows * inner * columns <= 64))
    return KERNEL(small)(a, a_strides, b, b_strides, &to, rows, inner, columns);
  /* Blocks of one length, so that the last is not left with little. */
  size_t blocks = (inner + INNER_BLOCK - 1) / INNER_BLOCK, block = (inner + blocks - 1) / blocks;
  for (size_t start = 0, length; start < inner; start += length) {
    length = inner - start < block ? inner - start : block;
    const REAL *left = a + (ptrdiff_t)start * a_strides.columns, *right = b + (ptrdiff_t)start * b_strides.rows;
    to.rectifies = target.rectifies && start + length == inner;
    if (columns < WIDTH)
      KERNEL(narrow_block)(left, a_strides, right, b_strides, to, rows, length, columns);
    else if (b_strides.columns == 1 && (rows <= 40 || length * columns * sizeof(REAL) <= 32 << 10))
      KERNEL(plain_block)(left, a_strides, right, b_strides.rows, to, rows, length, columns);
    else
      KERNEL(packed_block)(left, a_strides, right, b_strides, to, rows, length, columns);
    /* The next blocks are added to what this one made. */
    to.added = to.out;
    to.added_row = to.out_row;
  }
}
