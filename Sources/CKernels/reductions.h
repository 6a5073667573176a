/* Sums and row-wise reductions for REAL. Included by kernels.h once for each precision.

   Sums run in LANES double accumulators, element i in lane i % LANES, and are added up as a tree: the order depends on the count
   alone, never on an address or on the instruction set. */
#ifndef LANES
#define LANES 16
#define COLUMN_BLOCK 256
typedef double sum_lanes __attribute__((ext_vector_type(LANES)));

static double BP_JOIN(add_lanes, all, BP_LEVEL)(double *lanes) {
  for (int half = LANES / 2; half > 0; half /= 2)
    for (int i = 0; i < half; i++) lanes[i] += lanes[i + half];
  return lanes[0];
}
#endif

/* So many entries anywhere in memory. They are vectors as written: of a loop over the lanes the compiler makes poor ones. */
typedef REAL KERNEL(lanes) __attribute__((ext_vector_type(LANES), aligned(sizeof(REAL)), may_alias));

#define SUM(expression)                                                                                                        \
  sum_lanes sums = 0;                                                                                                          \
  size_t i = 0;                                                                                                                \
  for (; i + LANES <= count; i += LANES) {                                                                                     \
    sum_lanes v = __builtin_convertvector(*(const KERNEL(lanes) *)(x + i), sum_lanes);                                         \
    sums += (expression);                                                                                                      \
  }                                                                                                                            \
  double lanes[LANES];                                                                                                         \
  memcpy(lanes, &sums, sizeof lanes);                                                                                          \
  for (int j = 0; i < count; i++, j++) {                                                                                       \
    double v = x[i];                                                                                                           \
    lanes[j] += (expression);                                                                                                  \
  }                                                                                                                            \
  return BP_JOIN(add_lanes, all, BP_LEVEL)(lanes)

double KERNEL(bp_sum)(const REAL *x, size_t count) { SUM(v); }

double KERNEL(bp_sum_of_squares)(const REAL *x, size_t count) { SUM(v * v); }
#undef SUM

void KERNEL(bp_sum_rows)(const REAL *x, size_t stride, size_t rows, size_t columns, REAL *out) {
  double sums[COLUMN_BLOCK];
  for (size_t start = 0; start < columns; start += COLUMN_BLOCK) {
    size_t width = columns - start < COLUMN_BLOCK ? columns - start : COLUMN_BLOCK;
    for (size_t j = 0; j < width; j++) sums[j] = 0;
    size_t row = 0;
    /* Four rows at a time, so that the sums are loaded and stored a fourth as often. */
    for (; row + 4 <= rows; row += 4) {
      const REAL *a = x + row * stride + start, *b = a + stride, *c = b + stride, *d = c + stride;
      for (size_t j = 0; j < width; j++) sums[j] += ((double)a[j] + b[j]) + ((double)c[j] + d[j]);
    }
    for (; row < rows; row++) {
      const REAL *place = x + row * stride + start;
      for (size_t j = 0; j < width; j++) sums[j] += place[j];
    }
    INDEPENDENT for (size_t j = 0; j < width; j++) out[start + j] = (REAL)sums[j];
  }
}

INLINE REAL KERNEL(largest)(const REAL *x, size_t count) {
  REAL largest = x[0];
  size_t i = 1;
  if (count >= LANES) {
    KERNEL(lanes) most = *(const KERNEL(lanes) *)x;
    for (i = LANES; i + LANES <= count; i += LANES) {
      KERNEL(lanes) v = *(const KERNEL(lanes) *)(x + i);
      most = ((v > most) | (v != v)) ? v : most;
    }
    REAL lanes[LANES];
    memcpy(lanes, &most, sizeof lanes);
    for (int half = LANES / 2; half > 0; half /= 2)
      for (int j = 0; j < half; j++) lanes[j] = KERNEL(maximum)(lanes[j + half], lanes[j]);
    largest = lanes[0];
  }
  for (; i < count; i++) largest = KERNEL(maximum)(x[i], largest);
  return largest;
}

/* The shift that keeps exp in range: the largest element, or 0 where that is infinite. */
INLINE REAL KERNEL(shift)(const REAL *x, size_t count) {
  REAL largest = KERNEL(largest)(x, count);
  return largest - largest == 0 ? largest : 0;
}

/* Some rows of a few columns, a lane for each row: a row by itself would not fill a vector. */
struct KERNEL(few) {
  REAL entries[LANES][LANES], shift[LANES];
  double sum[LANES];
};

/* Whether rows are so narrow; those without columns have nothing to be read. */
INLINE bool KERNEL(are_narrow)(size_t columns) { return columns > 0 && columns <= LANES; }

/* Reads up to LANES rows; `entries` are then what exp makes of x - shift, or that difference itself, and `sum` is that of the powers. */
INLINE void KERNEL(read_few)(struct KERNEL(few) *few, const REAL *x, size_t rows, size_t columns, bool keeps_powers) {
  REAL largest[LANES], powers[LANES];
  for (size_t j = 0; j < columns; j++) {
    for (size_t r = 0; r < rows; r++) few->entries[j][r] = x[r * columns + j];
    for (size_t r = rows; r < LANES; r++) few->entries[j][r] = 0;
  }
  memcpy(largest, few->entries[0], sizeof largest);
  for (size_t j = 1; j < columns; j++)
    for (int r = 0; r < LANES; r++) largest[r] = KERNEL(maximum)(few->entries[j][r], largest[r]);
  for (int r = 0; r < LANES; r++) few->shift[r] = largest[r] - largest[r] == 0 ? largest[r] : 0;
  for (int r = 0; r < LANES; r++) few->sum[r] = 0;
  for (size_t j = 0; j < columns; j++) {
    for (int r = 0; r < LANES; r++) few->entries[j][r] -= few->shift[r];
    INDEPENDENT for (int r = 0; r < LANES; r++) powers[r] = QUICK(exp)(few->entries[j][r]);
    for (int r = 0; r < LANES; r++) few->sum[r] += powers[r];
    if (keeps_powers) memcpy(few->entries[j], powers, sizeof powers);
  }
}

/* The logarithms of the sums. The largest power is 1, so what the others add to it may be small, and counts. */
INLINE void KERNEL(log_few)(const struct KERNEL(few) *few, REAL *out) {
  INDEPENDENT for (int r = 0; r < LANES; r++) out[r] = QUICK(log1p)((REAL)(few->sum[r] - 1));
}

void KERNEL(bp_softmax)(const REAL *x, REAL *out, size_t rows, size_t columns) {
  struct KERNEL(few) few;
  for (size_t row = 0, count; row < rows && KERNEL(are_narrow)(columns); row += count) {
    count = rows - row < LANES ? rows - row : LANES;
    KERNEL(read_few)(&few, x + row * columns, count, columns, true);
    REAL scale[LANES];
    for (int r = 0; r < LANES; r++) scale[r] = (REAL)(1 / few.sum[r]);
    for (size_t r = 0; r < count; r++)
      for (size_t j = 0; j < columns; j++) out[(row + r) * columns + j] = few.entries[j][r] * scale[r];
  }
  for (size_t row = 0; row < rows && columns > LANES; row++, x += columns, out += columns) {
    REAL shift = KERNEL(shift)(x, columns);
    INDEPENDENT for (size_t j = 0; j < columns; j++) out[j] = QUICK(exp)(x[j] - shift);
    REAL scale = (REAL)(1 / KERNEL(bp_sum)(out, columns));
    INDEPENDENT for (size_t j = 0; j < columns; j++) out[j] *= scale;
  }
}

/* log of the sum of exp(x - shift). */
INLINE REAL KERNEL(log_of_sum)(const REAL *x, REAL shift, size_t columns) {
  REAL block[COLUMN_BLOCK];
  double sum = 0;
  for (size_t start = 0; start < columns; start += COLUMN_BLOCK) {
    size_t width = columns - start < COLUMN_BLOCK ? columns - start : COLUMN_BLOCK;
    INDEPENDENT for (size_t j = 0; j < width; j++) block[j] = QUICK(exp)(x[start + j] - shift);
    sum += KERNEL(bp_sum)(block, width);
  }
  return (REAL)log(sum);
}

void KERNEL(bp_log_softmax)(const REAL *x, REAL *out, size_t rows, size_t columns) {
  struct KERNEL(few) few;
  for (size_t row = 0, count; row < rows && KERNEL(are_narrow)(columns); row += count) {
    count = rows - row < LANES ? rows - row : LANES;
    KERNEL(read_few)(&few, x + row * columns, count, columns, false);
    REAL total[LANES];
    KERNEL(log_few)(&few, total);
    for (size_t r = 0; r < count; r++)
      for (size_t j = 0; j < columns; j++) out[(row + r) * columns + j] = few.entries[j][r] - total[r];
  }
  for (size_t row = 0; row < rows && columns > LANES; row++, x += columns, out += columns) {
    REAL shift = KERNEL(shift)(x, columns);
    REAL total = KERNEL(log_of_sum)(x, shift, columns);
    /* Not x - (shift + total): a small total would be lost beside a large shift. */
    INDEPENDENT for (size_t j = 0; j < columns; j++) out[j] = (x[j] - shift) - total;
  }
}

void KERNEL(bp_logsumexp)(const REAL *x, REAL *out, size_t rows, size_t columns) {
  struct KERNEL(few) few;
  for (size_t row = 0, count; row < rows && KERNEL(are_narrow)(columns); row += count) {
    count = rows - row < LANES ? rows - row : LANES;
    KERNEL(read_few)(&few, x + row * columns, count, columns, false);
    REAL total[LANES];
    KERNEL(log_few)(&few, total);
    for (size_t r = 0; r < count; r++) out[row + r] = few.shift[r] + total[r];
  }
  for (size_t row = 0; row < rows && columns > LANES; row++, x += columns) {
    REAL shift = KERNEL(shift)(x, columns);
    out[row] = shift + KERNEL(log_of_sum)(x, shift, columns);
  }
}
