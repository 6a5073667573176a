/* Rows of powers, each divided by its sum, for REAL. Included by kernels.h once for each precision, after reductions.h. */

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
  KERNEL(lanes) entries[LANES], shift, logarithm;
  sum_lanes sum;
};

/* Functions of each lane, in place. */
INLINE void KERNEL(exp_lanes)(KERNEL(lanes) * x) {
  INDEPENDENT for (int r = 0; r < LANES; r++) ((REAL *)x)[r] = QUICK(exp)(((REAL *)x)[r]);
}

INLINE void KERNEL(log1p_lanes)(KERNEL(lanes) * x) {
  INDEPENDENT for (int r = 0; r < LANES; r++) ((REAL *)x)[r] = QUICK(log1p)(((REAL *)x)[r]);
}

/* Reads up to LANES rows; `entries` are then what exp makes of x - shift, or that difference itself, `sum` is that of the powers, and
   `logarithm` its logarithm. */
INLINE void KERNEL(read_few)(struct KERNEL(few) *few, const REAL *x, size_t rows, size_t columns, bool keeps_powers) {
  for (size_t j = 0; j < columns; j++) {
    REAL *entries = (REAL *)(few->entries + j);
    ONE_BY_ONE for (size_t r = 0; r < rows; r++) entries[r] = x[r * columns + j];
    for (size_t r = rows; r < LANES; r++) entries[r] = 0;
  }
  KERNEL(lanes) most = few->entries[0];
  for (size_t j = 1; j < columns; j++) {
    KERNEL(lanes) v = few->entries[j];
    most = ((v > most) | (v != v)) ? v : most;
  }
  few->shift = most - most == 0 ? most : 0;
  few->sum = 0;
  for (size_t j = 0; j < columns; j++) {
    KERNEL(lanes) difference = few->entries[j] - few->shift, powers = difference;
    KERNEL(exp_lanes)(&powers);
    few->sum += __builtin_convertvector(powers, sum_lanes);
    few->entries[j] = keeps_powers ? powers : difference;
  }
  /* The largest power is 1, so what the others add to it may be small, and counts. */
  few->logarithm = __builtin_convertvector(few->sum - 1, KERNEL(lanes));
  KERNEL(log1p_lanes)(&few->logarithm);
}

/* Writes the entries of a row. */
INLINE void KERNEL(write_few)(const struct KERNEL(few) *few, size_t row, size_t columns, REAL *out) {
  ONE_BY_ONE for (size_t j = 0; j < columns; j++) out[j] = ((const REAL *)(few->entries + j))[row];
}

enum KERNEL(row_result) { KERNEL(softmax), KERNEL(log_softmax), KERNEL(logsumexp) };

/* Rows of at most LANES columns. What is wanted is a constant at each call. */
INLINE void KERNEL(narrow_rows)(enum KERNEL(row_result) wanted, const REAL *x, REAL *out, size_t rows, size_t columns) {
  struct KERNEL(few) few;
  for (size_t count; rows > 0 && columns > 0; rows -= count, x += count * columns) {
    count = rows < LANES ? rows : LANES;
    KERNEL(read_few)(&few, x, count, columns, wanted == KERNEL(softmax));
    if (wanted == KERNEL(logsumexp)) {
      KERNEL(lanes) results = few.shift + few.logarithm;
      memcpy(out, &results, count * sizeof(REAL));
      out += count;
      continue;
    }
    KERNEL(lanes) scales = __builtin_convertvector(1 / few.sum, KERNEL(lanes));
    for (size_t j = 0; j < columns; j++)
      few.entries[j] = wanted == KERNEL(softmax) ? few.entries[j] * scales : few.entries[j] - few.logarithm;
    for (size_t r = 0; r < count; r++, out += columns) KERNEL(write_few)(&few, r, columns, out);
  }
}

/* A place counted from 0; those below 0 count from the end. */
INLINE size_t KERNEL(from_start)(int64_t place, size_t length) { return (size_t)(place < 0 ? place + (int64_t)length : place); }

void KERNEL(bp_softmax)(const REAL *x, REAL *out, size_t rows, size_t columns) {
  if (columns <= LANES) return KERNEL(narrow_rows)(KERNEL(softmax), x, out, rows, columns);
  for (size_t row = 0; row < rows; row++, x += columns, out += columns) {
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
  if (columns <= LANES) return KERNEL(narrow_rows)(KERNEL(log_softmax), x, out, rows, columns);
  for (size_t row = 0; row < rows; row++, x += columns, out += columns) {
    REAL shift = KERNEL(shift)(x, columns);
    REAL total = KERNEL(log_of_sum)(x, shift, columns);
    /* Not x - (shift + total): a small total would be lost beside a large shift. */
    INDEPENDENT for (size_t j = 0; j < columns; j++) out[j] = (x[j] - shift) - total;
  }
}

void KERNEL(bp_logsumexp)(const REAL *x, REAL *out, size_t rows, size_t columns) {
  if (columns <= LANES) return KERNEL(narrow_rows)(KERNEL(logsumexp), x, out, rows, columns);
  for (size_t row = 0; row < rows; row++, x += columns) {
    REAL shift = KERNEL(shift)(x, columns);
    out[row] = shift + KERNEL(log_of_sum)(x, shift, columns);
  }
}

/* The gradient of a row whose powers have no finite sum: they are divided before they are made. */
static void KERNEL(divided_row)(const REAL *x, REAL shift, REAL logarithm, REAL upstream, REAL *gradient, size_t columns) {
  for (size_t j = 0; j < columns; j++) gradient[j] = -upstream * QUICK(exp)((x[j] - shift) - logarithm);
}

/* Rows of at most LANES columns. */
static void KERNEL(narrow_loss)(const REAL *x, const int64_t *places, REAL upstream, REAL *taken, REAL *gradient, size_t rows,
                                size_t columns) {
  struct KERNEL(few) few;
  for (size_t count; rows > 0; rows -= count) {
    count = rows < LANES ? rows : LANES;
    KERNEL(read_few)(&few, x, count, columns, true);
    KERNEL(lanes) scales = __builtin_convertvector(-upstream / few.sum, KERNEL(lanes));
    for (size_t j = 0; j < columns; j++) few.entries[j] *= scales;
    for (size_t r = 0; r < count; r++, x += columns, gradient += columns) {
      size_t place = KERNEL(from_start)(*places++, columns);
      *taken++ = (x[place] - ((REAL *)&few.shift)[r]) - ((REAL *)&few.logarithm)[r];
      KERNEL(write_few)(&few, r, columns, gradient);
      if (!(few.sum[r] < INFINITY))
        KERNEL(divided_row)(x, ((REAL *)&few.shift)[r], ((REAL *)&few.logarithm)[r], upstream, gradient, columns);
      gradient[place] += upstream;
    }
  }
}

void KERNEL(bp_softmax_loss)(const REAL *x, const int64_t *places, REAL upstream, REAL *taken, REAL *gradient, size_t rows,
                             size_t columns) {
  if (columns <= LANES) return KERNEL(narrow_loss)(x, places, upstream, taken, gradient, rows, columns);
  for (; rows > 0; rows--, x += columns, gradient += columns) {
    size_t place = KERNEL(from_start)(*places++, columns);
    REAL shift = KERNEL(shift)(x, columns);
    INDEPENDENT for (size_t j = 0; j < columns; j++) gradient[j] = QUICK(exp)(x[j] - shift);
    double sum = KERNEL(bp_sum)(gradient, columns);
    REAL logarithm = (REAL)log(sum), scale = (REAL)(-upstream / sum);
    *taken++ = (x[place] - shift) - logarithm;
    if (sum < INFINITY)
      INDEPENDENT for (size_t j = 0; j < columns; j++) gradient[j] *= scale;
    else
      KERNEL(divided_row)(x, shift, logarithm, upstream, gradient, columns);
    gradient[place] += upstream;
  }
}
