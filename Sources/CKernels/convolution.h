/* Convolutions for REAL, as matrix products over the unfolded image. Included by kernels.h once for each precision. */
#ifndef BP_MEETING
#define BP_MEETING
#define PLACES(window) ((window)->output.height * (window)->output.width)
#define PLANE(window) ((window)->input.height * (window)->input.width)
/* Weights of one filter. */
#define WEIGHTS(window) ((window)->channels / (window)->groups * (window)->size.height * (window)->size.width)

/* The places along one dimension where one element of the window meets the image, and where the first of them meets it. */
struct meeting {
  size_t first, last, start;
};

INLINE struct meeting meet(size_t element, size_t dilation, size_t padding, size_t stride, size_t places, size_t length) {
  size_t at = element * dilation;
  size_t first = at < padding ? (padding - at + stride - 1) / stride : 0;
  size_t last = length + padding > at ? (length + padding - at + stride - 1) / stride : 0;
  if (last > places) last = places;
  if (first >= last) return (struct meeting){last, last, 0};
  return (struct meeting){first, last, first * stride + at - padding};
}

INLINE struct meeting meet_rows(const struct bp_window *w, size_t i) {
  return meet(i, w->dilation.height, w->padding.height, w->stride.height, w->output.height, w->input.height);
}

INLINE struct meeting meet_columns(const struct bp_window *w, size_t j) {
  return meet(j, w->dilation.width, w->padding.width, w->stride.width, w->output.width, w->input.width);
}
#endif

/* Lays out what the window sees of one group's channels: a row for each of its elements, a column for each of its places. */
static void KERNEL(unfold)(const struct bp_window *w, const REAL *image, REAL *out) {
  size_t width = w->output.width;
  for (size_t c = 0; c < w->channels / w->groups; c++, image += PLANE(w))
    for (size_t i = 0; i < w->size.height; i++)
      for (size_t j = 0; j < w->size.width; j++, out += PLACES(w)) {
        struct meeting rows = meet_rows(w, i), columns = meet_columns(w, j);
        memset(out, 0, rows.first * width * sizeof(REAL));
        for (size_t y = rows.first; y < rows.last; y++) {
          const REAL *from = image + (rows.start + (y - rows.first) * w->stride.height) * w->input.width + columns.start;
          REAL *row = out + y * width;
          for (size_t x = 0; x < columns.first; x++) row[x] = 0;
          if (w->stride.width == 1)
            memcpy(row + columns.first, from, (columns.last - columns.first) * sizeof(REAL));
          else
            for (size_t x = columns.first; x < columns.last; x++) row[x] = from[(x - columns.first) * w->stride.width];
          for (size_t x = columns.last; x < width; x++) row[x] = 0;
        }
        memset(out + rows.last * width, 0, (w->output.height - rows.last) * width * sizeof(REAL));
      }
}

/* Adds what `unfold` would lay out back to the elements it came from. */
static void KERNEL(fold)(const struct bp_window *w, const REAL *unfolded, REAL *image) {
  for (size_t c = 0; c < w->channels / w->groups; c++, image += PLANE(w))
    for (size_t i = 0; i < w->size.height; i++)
      for (size_t j = 0; j < w->size.width; j++, unfolded += PLACES(w)) {
        struct meeting rows = meet_rows(w, i), columns = meet_columns(w, j);
        for (size_t y = rows.first; y < rows.last; y++) {
          REAL *to = image + (rows.start + (y - rows.first) * w->stride.height) * w->input.width + columns.start;
          const REAL *row = unfolded + y * w->output.width + columns.first;
          size_t count = columns.last - columns.first;
          if (w->stride.width == 1)
            for (size_t x = 0; x < count; x++) to[x] += row[x];
          else
            for (size_t x = 0; x < count; x++) to[x * w->stride.width] += row[x];
        }
      }
}

void KERNEL(bp_convolution)(const struct bp_window *w, const REAL *x, const REAL *weight, REAL *out, size_t first, size_t last,
                            REAL *scratch) {
  size_t filters = w->filters / w->groups, places = PLACES(w);
  for (size_t part = first * w->groups; part < last * w->groups; part++) {
    KERNEL(unfold)(w, x + part * (w->channels / w->groups) * PLANE(w), scratch);
    KERNEL(bp_matmul)
    (weight + part % w->groups * filters * WEIGHTS(w), (struct bp_strides){(ptrdiff_t)WEIGHTS(w), 1}, scratch,
     (struct bp_strides){(ptrdiff_t)places, 1}, bp_target_of(out + part * filters * places, places, NULL), filters, WEIGHTS(w),
     places);
  }
}

void KERNEL(bp_convolution_input)(const struct bp_window *w, const REAL *gradient, const REAL *weight, REAL *out, size_t first,
                                  size_t last, REAL *scratch) {
  size_t filters = w->filters / w->groups, places = PLACES(w), image = w->channels / w->groups * PLANE(w);
  for (size_t part = first * w->groups; part < last * w->groups; part++) {
    KERNEL(bp_matmul)
    (weight + part % w->groups * filters * WEIGHTS(w), (struct bp_strides){1, (ptrdiff_t)WEIGHTS(w)},
     gradient + part * filters * places, (struct bp_strides){(ptrdiff_t)places, 1}, bp_target_of(scratch, places, NULL),
     WEIGHTS(w), filters, places);
    memset(out + part * image, 0, image * sizeof(REAL));
    KERNEL(fold)(w, scratch, out + part * image);
  }
}

void KERNEL(bp_convolution_weight)(const struct bp_window *w, const REAL *x, const REAL *gradient, REAL *out, size_t first,
                                   size_t last, REAL *scratch) {
  size_t filters = w->filters / w->groups, places = PLACES(w);
  for (size_t part = first * w->groups; part < last * w->groups; part++) {
    REAL *sums = out + part % w->groups * filters * WEIGHTS(w);
    KERNEL(unfold)(w, x + part * (w->channels / w->groups) * PLANE(w), scratch);
    KERNEL(bp_matmul)
    (gradient + part * filters * places, (struct bp_strides){(ptrdiff_t)places, 1}, scratch,
     (struct bp_strides){1, (ptrdiff_t)places}, bp_target_of(sums, WEIGHTS(w), sums), filters, places, WEIGHTS(w));
  }
}
