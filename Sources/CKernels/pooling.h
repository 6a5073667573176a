/* Pooling for REAL, plane by plane. Included by kernels.h once for each precision. */

void KERNEL(bp_max_pool_places)(const struct bp_window *w, const REAL *x, int64_t *out, size_t first, size_t last) {
  x += first * w->channels * PLANE(w);
  out += first * w->channels * PLACES(w);
  for (size_t plane = first * w->channels; plane < last * w->channels; plane++, x += PLANE(w), out += PLACES(w)) {
    for (size_t place = 0; place < PLACES(w); place++) out[place] = -1;
    for (size_t i = 0; i < w->size.height; i++)
      for (size_t j = 0; j < w->size.width; j++) {
        struct meeting rows = meet_rows(w, i), columns = meet_columns(w, j);
        for (size_t row = rows.first; row < rows.last; row++) {
          size_t from = (rows.start + (row - rows.first) * w->stride.height) * w->input.width + columns.start;
          int64_t *best = out + row * w->output.width;
          for (size_t column = columns.first; column < columns.last; column++, from += w->stride.width) {
            REAL old = best[column] < 0 ? 0 : x[best[column]];
            if (best[column] < 0 || x[from] > old || (x[from] != x[from] && old == old)) best[column] = (int64_t)from;
          }
        }
      }
  }
}

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
