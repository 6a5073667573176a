/* Pooling for REAL, plane by plane. Included by kernels.h once for each precision. */

#ifndef BP_INSIDE
#define BP_INSIDE
/* The rows, or columns, of a window that are inside the image: where the first of all would lie, and which they are. */
struct inside {
  ptrdiff_t start;
  size_t first, last;
};

INLINE struct inside inside(size_t window, size_t stride, size_t padding, size_t dilation, size_t size, size_t length) {
  struct inside in = {(ptrdiff_t)(window * stride) - (ptrdiff_t)padding, 0, size};
  if (in.start < 0) in.first = ((size_t)-in.start + dilation - 1) / dilation;
  if (in.start + (ptrdiff_t)((size - 1) * dilation) >= (ptrdiff_t)length)
    in.last = in.start < (ptrdiff_t)length ? (size_t)((ptrdiff_t)length - in.start + (ptrdiff_t)dilation - 1) / dilation : 0;
  if (in.first > in.last) in.first = in.last;
  return in;
}

INLINE struct inside rows_inside(const struct bp_window *w, size_t y) {
  return inside(y, w->stride.height, w->padding.height, w->dilation.height, w->size.height, w->input.height);
}

INLINE struct inside columns_inside(const struct bp_window *w, size_t k) {
  return inside(k, w->stride.width, w->padding.width, w->dilation.width, w->size.width, w->input.width);
}

/* Where one row and column of a window lies in the image. */
INLINE ptrdiff_t place_inside(const struct bp_window *w, struct inside rows, size_t i, struct inside columns, size_t j) {
  return (rows.start + (ptrdiff_t)(i * w->dilation.height)) * (ptrdiff_t)w->input.width + columns.start +
         (ptrdiff_t)(j * w->dilation.width);
}

/* Windows that are looked at together: no more than many images have in a row. */
#define WINDOWS (WIDTH < 8 ? WIDTH : 8)
#endif

/* Windows side by side, one for each lane: the largest entries so far and where they lie, in numbers of one width. */
typedef REAL KERNEL(entries) __attribute__((ext_vector_type(WINDOWS), aligned(sizeof(REAL)), may_alias));
typedef PLACE KERNEL(places) __attribute__((ext_vector_type(WINDOWS)));
typedef int64_t KERNEL(wide_places) __attribute__((ext_vector_type(WINDOWS), aligned(sizeof(int64_t)), may_alias));

/* Entries that lie `stride` apart; nothing is read beyond the last of them. */
INLINE void KERNEL(entries_from)(const REAL *x, size_t stride, KERNEL(entries) *out) {
  if (stride == 1) *out = *(const KERNEL(entries) *)x;
  else if (stride == 2) {
    KERNEL(entries) low = *(const KERNEL(entries) *)x, high = *(const KERNEL(entries) *)(x + WINDOWS - 1);
    out->lo = low.even;
    out->hi = high.odd;
  } else
    for (int k = 0; k < WINDOWS; k++) (*out)[k] = x[(size_t)k * stride];
}

/* The largest entry of one window, of which a part may be outside; the first of equals, and nan before all. */
static int64_t KERNEL(place_of_largest)(const struct bp_window *w, const REAL *x, struct inside rows,
                                        struct inside columns) {
  int64_t at = -1;
  REAL largest = 0;
  for (size_t i = rows.first; i < rows.last; i++)
    for (size_t j = columns.first; j < columns.last; j++) {
      ptrdiff_t place = place_inside(w, rows, i, columns, j);
      REAL value = x[place];
      if (at < 0 || value > largest || (value != value && largest == largest)) at = place, largest = value;
    }
  return at;
}

/* The same for windows side by side that are inside from left to right, of which `columns` is the first. */
INLINE void KERNEL(places_of_largest)(const struct bp_window *w, const REAL *x, struct inside rows, struct inside columns,
                                      size_t stride, int64_t *out) {
  KERNEL(places) lanes, at = -1;
  for (int k = 0; k < WINDOWS; k++) lanes[k] = (PLACE)((size_t)k * stride);
  KERNEL(entries) largest = 0, value;
  for (size_t i = rows.first; i < rows.last; i++)
    for (size_t j = 0; j < w->size.width; j++) {
      ptrdiff_t place = place_inside(w, rows, i, columns, j);
      KERNEL(entries_from)(x + place, stride, &value);
      KERNEL(places) nan = (KERNEL(places))((value != value) & (largest == largest));
      KERNEL(places) better = (at < 0) | (KERNEL(places))(value > largest) | nan;
      largest = better ? value : largest;
      at = better ? lanes + (PLACE)place : at;
    }
  *(KERNEL(wide_places) *)out = __builtin_convertvector(at, KERNEL(wide_places));
}

void KERNEL(bp_max_pool_places)(const struct bp_window *w, const REAL *x, int64_t *out, size_t first, size_t last) {
  size_t width = w->output.width, begin = 0, end = width;
  /* The windows that are inside from left to right. */
  while (begin < end && columns_inside(w, begin).first > 0) begin++;
  while (end > begin && columns_inside(w, end - 1).last < w->size.width) end--;
  if (end - begin < WINDOWS) begin = end = width;
  x += first * w->channels * PLANE(w);
  out += first * w->channels * PLACES(w);
  for (size_t plane = first * w->channels; plane < last * w->channels; plane++, x += PLANE(w))
    for (size_t y = 0; y < w->output.height; y++, out += width) {
      struct inside rows = rows_inside(w, y);
      for (size_t k = 0; k < begin; k++) out[k] = KERNEL(place_of_largest)(w, x, rows, columns_inside(w, k));
      /* The last vector may look again at what the one before saw. */
      for (size_t k = begin; k < end; k += WINDOWS) {
        size_t from = k + WINDOWS <= end ? k : end - WINDOWS;
        struct inside columns = columns_inside(w, from);
        if (w->stride.width == 2) KERNEL(places_of_largest)(w, x, rows, columns, 2, out + from);
        else KERNEL(places_of_largest)(w, x, rows, columns, w->stride.width, out + from);
      }
      for (size_t k = end; k < width; k++) out[k] = KERNEL(place_of_largest)(w, x, rows, columns_inside(w, k));
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
