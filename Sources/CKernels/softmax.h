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
  REAL entries[LANES][LANES], shift[LANES];
  double sum[LANES];
};

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

enum KERNEL(row_result) { KERNEL(softmax), KERNEL(log_softmax), KERNEL(logsumexp) };

/* Rows of at most LANES columns. What is wanted is a constant at each call. */
INLINE void KERNEL(narrow_rows)(enum KERNEL(row_result) wanted, const REAL *x, REAL *out, size_t rows, size_t columns) {
  struct KERNEL(few) few;
  REAL last[LANES];
  for (size_t count; rows > 0 && columns > 0; rows -= count, x += count * columns) {
    count = rows < LANES ? rows : LANES;
    KERNEL(read_few)(&few, x, count, columns, wanted == KERNEL(softmax));
    if (wanted == KERNEL(softmax))
      for (int r = 0; r < LANES; r++) last[r] = (REAL)(1 / few.sum[r]);
    else
      /* The largest power is 1, so what the others add to it may be small, and counts. */
      INDEPENDENT for (int r = 0; r < LANES; r++) last[r] = QUICK(log1p)((REAL)(few.sum[r] - 1));
    for (size_t r = 0; r < count; r++) {
      if (wanted == KERNEL(logsumexp)) *out++ = few.shift[r] + last[r];
      else
        for (size_t j = 0; j < columns; j++)
          *out++ = wanted == KERNEL(softmax) ? few.entries[j][r] * last[r] : few.entries[j][r] - last[r];
    }
  }
}

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
