/* Pooling for REAL, plane by plane. Included by kernels.h once for each precision. */

/* The largest so far of some windows side by side, and where it lies: numbers of one width, so that they go in vectors. */
#define POOLED 64
INLINE void KERNEL(look)(const REAL *x, size_t stride, PLACE first, size_t count, REAL *largest, PLACE *at) {
  for (size_t k = 0; k < count; k++) {
    REAL value = x[k * stride];
    bool better = (at[k] < 0) | (value > largest[k]) | ((value != value) & (largest[k] == largest[k]));
    largest[k] = better ? value : largest[k];
    at[k] = better ? first + (PLACE)(k * stride) : at[k];
  }
}

/* In whole vectors, of which the last may look again at what the one before saw: that changes nothing. */
INLINE void KERNEL(look_at_all)(const REAL *x, size_t stride, PLACE first, size_t count, REAL *largest, PLACE *at) {
  if (count < WIDTH) return KERNEL(look)(x, stride, first, count, largest, at);
  for (size_t start = 0; start < count; start += WIDTH) {
    size_t k = start + WIDTH <= count ? start : count - WIDTH;
    KERNEL(look)(x + k * stride, stride, first + (PLACE)(k * stride), WIDTH, largest + k, at + k);
  }
}

void KERNEL(bp_max_pool_places)(const struct bp_window *w, const REAL *x, int64_t *out, size_t first, size_t last) {
  size_t width = w->output.width, stride = w->stride.width;
  x += first * w->channels * PLANE(w);
  out += first * w->channels * PLACES(w);
  for (size_t row = first * w->channels * w->output.height; row < last * w->channels * w->output.height; row++, out += width) {
    size_t y = row % w->output.height;
    for (size_t begin = 0; begin < width; begin += POOLED) {
      size_t end = width - begin < POOLED ? width : begin + POOLED;
      REAL largest[POOLED];
      PLACE at[POOLED];
      for (size_t k = 0; k < end - begin; k++) at[k] = -1, largest[k] = 0;
      for (size_t i = 0; i < w->size.height; i++) {
        struct meeting rows = meet_rows(w, i);
        if (y < rows.first || y >= rows.last) continue;
        size_t line = (rows.start + (y - rows.first) * w->stride.height) * w->input.width;
        for (size_t j = 0; j < w->size.width; j++) {
          struct meeting columns = meet_columns(w, j);
          size_t from = columns.first > begin ? columns.first : begin, to = columns.last < end ? columns.last : end;
          if (from >= to) continue;
          size_t place = line + columns.start + (from - columns.first) * stride;
          if (stride == 2)
            KERNEL(look_at_all)(x + place, 2, (PLACE)place, to - from, largest + from - begin, at + from - begin);
          else
            KERNEL(look_at_all)(x + place, stride, (PLACE)place, to - from, largest + from - begin, at + from - begin);
        }
      }
      for (size_t k = 0; k < end - begin; k++) out[begin + k] = at[k];
    }
    if (y + 1 == w->output.height) x += PLANE(w);
  }
}
#undef POOLED

void KERNEL(bp_average_pool)(const struct bp_window *w, const REAL *x, REAL *out, size_t first, size_t last) {
  REAL share = 1 / (REAL)(w->size.height * w->size.width);
  x += first * w->channels * PLANE(w);
  out += first * w->channels * PLACES(w);
  for (size_t plane = first * w->channels; plane < last * w->channels; plane++, x += PLANE(w), out += PLACES(w)) {
    memset(out, 0, PLACES(w) * sizeof(REAL));
    for (size_t i = 0; i < w->size.height; i++)
      for (size_t j = 0; j < w->size.width; j++) {
        struct meeting rows = meet_rows(w, i), columns = meet_columns(w, j);
        for (size_t row = rows.first; row < rows.last; row++) {
          const REAL *from = x + (rows.start + (row - rows.first) * w->stride.height) * w->input.width + columns.start;
          REAL *sums = out + row * w->output.width + columns.first;
          for (size_t k = 0; k < columns.last - columns.first; k++) sums[k] += from[k * w->stride.width];
        }
      }
    for (size_t place = 0; place < PLACES(w); place++) out[place] *= share;
  }
}

void KERNEL(bp_average_pool_input)(const struct bp_window *w, const REAL *gradient, REAL *out, size_t first, size_t last) {
  REAL share = 1 / (REAL)(w->size.height * w->size.width);
  gradient += first * w->channels * PLACES(w);
  out += first * w->channels * PLANE(w);
  for (size_t plane = first * w->channels; plane < last * w->channels; plane++, gradient += PLACES(w), out += PLANE(w)) {
    memset(out, 0, PLANE(w) * sizeof(REAL));
    for (size_t i = 0; i < w->size.height; i++)
      for (size_t j = 0; j < w->size.width; j++) {
        struct meeting rows = meet_rows(w, i), columns = meet_columns(w, j);
        for (size_t row = rows.first; row < rows.last; row++) {
          REAL *to = out + (rows.start + (row - rows.first) * w->stride.height) * w->input.width + columns.start;
          const REAL *from = gradient + row * w->output.width + columns.first;
          for (size_t k = 0; k < columns.last - columns.first; k++) to[k * w->stride.width] += share * from[k];
        }
      }
  }
}
