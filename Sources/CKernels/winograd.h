/* Convolutions of 3 by 3 with few multiplications, and their gradients. Included by kernels.h for float alone: in double precision
   people want the digits that the transforms cost.

   The method is F(4×4, 3×3) of Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks" (CVPR 2016): a tile of 4 by 4
   results comes from 6 by 6 elements d and the weights g as Aᵀ[(G g Gᵀ) ⊙ (Bᵀ d B)]A, so that the sums over the channels are 36
   matrix products of a quarter of the work. The gradients are the same linear maps transposed. Channels are innermost within, so that
   every transform is done for a vector of them at once. A number that is infinite or none spoils the whole tile that sees it. */
#define INPUT_TRANSFORM(d, v)                                                                                                  \
  (v)[0] = 4 * (d)[0] - 5 * (d)[2] + (d)[4];                                                                                   \
  (v)[1] = ((d)[4] - 4 * (d)[2]) + ((d)[3] - 4 * (d)[1]);                                                                      \
  (v)[2] = ((d)[4] - 4 * (d)[2]) - ((d)[3] - 4 * (d)[1]);                                                                      \
  (v)[3] = ((d)[4] - (d)[2]) + 2 * ((d)[3] - (d)[1]);                                                                          \
  (v)[4] = ((d)[4] - (d)[2]) - 2 * ((d)[3] - (d)[1]);                                                                          \
  (v)[5] = 4 * (d)[1] - 5 * (d)[3] + (d)[5]
#define INPUT_TRANSPOSED(v, d)                                                                                                 \
  (d)[0] = 4 * (v)[0];                                                                                                         \
  (d)[1] = 4 * ((v)[2] - (v)[1]) + 2 * ((v)[4] - (v)[3]) + 4 * (v)[5];                                                         \
  (d)[2] = -5 * (v)[0] - 4 * ((v)[1] + (v)[2]) - ((v)[3] + (v)[4]);                                                            \
  (d)[3] = ((v)[1] - (v)[2]) + 2 * ((v)[3] - (v)[4]) - 5 * (v)[5];                                                             \
  (d)[4] = (v)[0] + ((v)[1] + (v)[2]) + ((v)[3] + (v)[4]);                                                                     \
  (d)[5] = (v)[5]
#define OUTPUT_TRANSFORM(m, y)                                                                                                 \
  (y)[0] = (m)[0] + ((m)[1] + (m)[2]) + ((m)[3] + (m)[4]);                                                                     \
  (y)[1] = ((m)[1] - (m)[2]) + 2 * ((m)[3] - (m)[4]);                                                                          \
  (y)[2] = ((m)[1] + (m)[2]) + 4 * ((m)[3] + (m)[4]);                                                                          \
  (y)[3] = ((m)[1] - (m)[2]) + 8 * ((m)[3] - (m)[4]) + (m)[5]
#define OUTPUT_TRANSPOSED(y, m)                                                                                                \
  (m)[0] = (y)[0];                                                                                                             \
  (m)[1] = ((y)[0] + (y)[2]) + ((y)[1] + (y)[3]);                                                                              \
  (m)[2] = ((y)[0] + (y)[2]) - ((y)[1] + (y)[3]);                                                                              \
  (m)[3] = ((y)[0] + 4 * (y)[2]) + 2 * ((y)[1] + 4 * (y)[3]);                                                                  \
  (m)[4] = ((y)[0] + 4 * (y)[2]) - 2 * ((y)[1] + 4 * (y)[3]);                                                                  \
  (m)[5] = (y)[3]
#define WEIGHT_TRANSFORM(g, u)                                                                                                 \
  (u)[0] = (g)[0] / 4;                                                                                                         \
  (u)[1] = -((g)[0] + (g)[1] + (g)[2]) / 6;                                                                                    \
  (u)[2] = -((g)[0] - (g)[1] + (g)[2]) / 6;                                                                                    \
  (u)[3] = ((g)[0] + 2 * (g)[1] + 4 * (g)[2]) / 24;                                                                            \
  (u)[4] = ((g)[0] - 2 * (g)[1] + 4 * (g)[2]) / 24;                                                                            \
  (u)[5] = (g)[2]
#define WEIGHT_TRANSPOSED(u, g)                                                                                                \
  (g)[0] = (u)[0] / 4 - ((u)[1] + (u)[2]) / 6 + ((u)[3] + (u)[4]) / 24;                                                        \
  (g)[1] = ((u)[2] - (u)[1]) / 6 + ((u)[3] - (u)[4]) / 12;                                                                     \
  (g)[2] = ((u)[3] + (u)[4] - (u)[1] - (u)[2]) / 6 + (u)[5]

/* Defines `name`, which transforms both sides of a square of `from` vectors to one of `to`. Element i, j lies at
   `row` · i + `column` · j. */
#define TRANSFORM(name, transform, from, to, action)                                                                           \
  INLINE void KERNEL(name)(const REAL *in, size_t row, size_t column, REAL *out, size_t out_row, size_t out_column) {          \
    VECTOR half[to][from];                                                                                                     \
    for (int j = 0; j < from; j++) {                                                                                           \
      VECTOR line[from], result[to];                                                                                           \
      for (int i = 0; i < from; i++) line[i] = *(const VECTOR *)(in + (size_t)i * row + (size_t)j * column);                   \
      transform(line, result);                                                                                                 \
      for (int i = 0; i < to; i++) half[i][j] = result[i];                                                                     \
    }                                                                                                                          \
    for (int i = 0; i < to; i++) {                                                                                             \
      VECTOR result[to];                                                                                                       \
      transform(half[i], result);                                                                                              \
      for (int j = 0; j < to; j++) *(VECTOR *)(out + (size_t)i * out_row + (size_t)j * out_column) action result[j];           \
    }                                                                                                                          \
  }

TRANSFORM(transform_input, INPUT_TRANSFORM, 6, 6, =)
TRANSFORM(transpose_input, INPUT_TRANSPOSED, 6, 6, +=)
TRANSFORM(transform_output, OUTPUT_TRANSFORM, 6, 4, =)
TRANSFORM(transpose_output, OUTPUT_TRANSPOSED, 4, 6, =)
TRANSFORM(transform_weight, WEIGHT_TRANSFORM, 3, 6, =)
TRANSFORM(transpose_weight, WEIGHT_TRANSPOSED, 6, 3, =)

/* Copies `count` places of planes to places of channels or back, in squares of four, sixteen channels at a time: whole cache lines
   of one side, sixteen streams on the other. The last square may overlap the one before. */
#define SQUARES(body)                                                                                                          \
  for (size_t c = 0; c < channels; c += 16)                                                                                    \
    for (size_t square = 0; square < count; square += 4)                                                                       \
      for (size_t j = c; j < c + 16; j += 4) {                                                                                 \
        size_t k = square + 4 <= count ? square : count - 4;                                                                   \
        body;                                                                                                                  \
      }

static void KERNEL(planes_to_places)(const REAL *planes, size_t plane, size_t count, size_t channels, REAL *places) {
  if (count < 4) {
    for (size_t k = 0; k < count; k++)
      for (size_t c = 0; c < channels; c++) places[k * channels + c] = planes[c * plane + k];
    return;
  }
  SQUARES(KERNEL(square)(planes + j * plane + k, (ptrdiff_t)plane, places + k * channels + j, (ptrdiff_t)channels))
}

static void KERNEL(places_to_planes)(const REAL *places, size_t channels, size_t count, size_t plane, REAL *planes) {
  if (count < 4) {
    for (size_t c = 0; c < channels; c++)
      for (size_t k = 0; k < count; k++) planes[c * plane + k] = places[k * channels + c];
    return;
  }
  SQUARES(KERNEL(square)(places + k * channels + j, (ptrdiff_t)channels, planes + j * plane + k, (ptrdiff_t)plane))
}

/* An image with its channels innermost and zeros around: it begins `top` rows down and `left` columns in. */
static void KERNEL(channels_in)(const REAL *image, size_t channels, struct bp_extent size, size_t top, size_t left, size_t height,
                                size_t width, REAL *out) {
  size_t row = width * channels, plane = size.height * size.width;
  if (width == size.width) {
    memset(out, 0, top * row * sizeof(REAL));
    KERNEL(planes_to_places)(image, plane, plane, channels, out + top * row);
  } else {
    memset(out, 0, (top + size.height) * row * sizeof(REAL));
    for (size_t y = 0; y < size.height; y++)
      KERNEL(planes_to_places)
      (image + y * size.width, plane, size.width, channels, out + (top + y) * row + left * channels);
  }
  memset(out + (top + size.height) * row, 0, (height - top - size.height) * row * sizeof(REAL));
}

static void KERNEL(channels_out)(const REAL *inner, size_t channels, struct bp_extent size, size_t top, size_t left, size_t width,
                                 REAL *image) {
  size_t plane = size.height * size.width;
  inner += (top * width + left) * channels;
  if (width == size.width) return KERNEL(places_to_planes)(inner, channels, plane, plane, image);
  for (size_t y = 0; y < size.height; y++)
    KERNEL(places_to_planes)(inner + y * width * channels, channels, size.width, plane, image + y * size.width);
}

/* Does `body` where the vectors of each tile begin: at `place` in its image, and at `entry` among the first elements of the patches. */
#define EACH_TILE(channels, width, body)                                                                                 \
  for (size_t y = 0; y < t.rows; y++)                                                                                          \
    for (size_t x = 0; x < t.columns; x++)                                                                                     \
      for (size_t c = 0; c < (channels); c += WIDTH) {                                                                         \
        size_t place = ((y * tile_side * (width)) + x * tile_side) * (channels) + c;                                           \
        size_t entry = (first_tile + y * t.columns + x) * (channels) + c;                                                      \
        body;                                                                                                                  \
      }

static void KERNEL(input_patches)(const struct bp_window *w, struct tiling t, const REAL *x, size_t images, REAL *padded,
                                  REAL *patches) {
  size_t patch = images * t.count * w->channels, first_tile = 0;
  for (size_t n = 0; n < images; n++, first_tile += t.count, x += w->channels * PLANE(w)) {
    KERNEL(channels_in)
    (x, w->channels, w->input, w->padding.height, w->padding.width, t.in_height, t.in_width, padded);
    EACH_TILE(w->channels, t.in_width, KERNEL(transform_input)(padded + place, t.in_width * w->channels, w->channels, patches + entry, 6 * patch, patch))
  }
}

static void KERNEL(result_patches)(const struct bp_window *w, struct tiling t, const REAL *gradient, size_t images, REAL *padded,
                                   REAL *patches) {
  size_t patch = images * t.count * w->filters, first_tile = 0;
  for (size_t n = 0; n < images; n++, first_tile += t.count, gradient += w->filters * PLACES(w)) {
    KERNEL(channels_in)(gradient, w->filters, w->output, 0, 0, t.out_height, t.out_width, padded);
    EACH_TILE(w->filters, t.out_width, KERNEL(transpose_output)(padded + place, t.out_width * w->filters, w->filters, patches + entry, 6 * patch, patch))
  }
}

/* Parts of the scratch memory. */
struct KERNEL(room) {
  REAL *padded, *inputs, *results;
};

INLINE struct KERNEL(room) KERNEL(room)(const struct bp_window *w, struct tiling t, REAL *scratch) {
  size_t most = w->channels > w->filters ? w->channels : w->filters;
  REAL *inputs = scratch + t.in_height * t.in_width * most;
  return (struct KERNEL(room)){scratch, inputs, inputs + patch_size * t.images * t.count * w->channels};
}

/* Weights of one channel and a vector of filters, the nine of a filter together in memory. */
#define EACH_WEIGHT(body)                                                                                                      \
  for (size_t c = 0; c < w->channels; c++)                                                                                     \
    for (size_t f = 0; f < w->filters; f += WIDTH) {                                                                           \
      REAL vectors[9][WIDTH];                                                                                                  \
      size_t nine = (f * w->channels + c) * 9;                                                                                 \
      size_t entry = c * w->filters + f, filter = w->channels * 9;                                                             \
      body;                                                                                                                    \
    }

void KERNEL(bp_winograd_weight)(const struct bp_window *w, const REAL *weight, REAL *out) {
  size_t count = w->channels * w->filters;
  EACH_WEIGHT({
    for (size_t e = 0; e < 9; e++)
      for (size_t l = 0; l < WIDTH; l++) vectors[e][l] = weight[nine + l * filter + e];
    KERNEL(transform_weight)(vectors[0], 3 * WIDTH, WIDTH, out + entry, 6 * count, count);
  })
}

void KERNEL(bp_winograd_weight_back)(const struct bp_window *w, const REAL *sums, REAL *weight) {
  size_t count = w->channels * w->filters;
  EACH_WEIGHT({
    KERNEL(transpose_weight)(sums + entry, 6 * count, count, vectors[0], 3 * WIDTH, WIDTH);
    for (size_t e = 0; e < 9; e++)
      for (size_t l = 0; l < WIDTH; l++) weight[nine + l * filter + e] = vectors[e][l];
  })
}
#undef EACH_WEIGHT

/* The products of all elements of the patches: of matrices that follow each other in memory. */
static void KERNEL(multiply_patches)(const REAL *a, struct bp_strides a_strides, const REAL *b, struct bp_strides b_strides,
                                     REAL *out, size_t rows, size_t inner, size_t columns, bool adds) {
  for (size_t e = 0; e < patch_size; e++)
    KERNEL(bp_matmul)
    (a + e * rows * inner, a_strides, b + e * inner * columns, b_strides,
     bp_target_of(out + e * rows * columns, columns, adds ? out + e * rows * columns : NULL), rows, inner, columns);
}

void KERNEL(bp_winograd)(const struct bp_window *w, const REAL *x, const REAL *weight, REAL *out, size_t first, size_t last,
                         REAL *scratch) {
  const struct tiling t = tile_window(w);
  struct KERNEL(room) room = KERNEL(room)(w, t, scratch);
  size_t channels = w->channels, filters = w->filters;
  for (size_t image = first, images; image < last; image += images) {
    images = last - image < t.images ? last - image : t.images;
    size_t tiles = images * t.count, patch = tiles * filters, first_tile = 0;
    KERNEL(input_patches)(w, t, x + image * channels * PLANE(w), images, room.padded, room.inputs);
    KERNEL(multiply_patches)
    (room.inputs, (struct bp_strides){(ptrdiff_t)channels, 1}, weight, (struct bp_strides){(ptrdiff_t)filters, 1}, room.results,
     tiles, channels, filters, false);
    for (size_t n = 0; n < images; n++, first_tile += t.count) {
      EACH_TILE(filters, t.out_width, KERNEL(transform_output)(room.results + entry, 6 * patch, patch, room.padded + place, t.out_width * filters, filters))
      KERNEL(channels_out)(room.padded, filters, w->output, 0, 0, t.out_width, out + (image + n) * filters * PLACES(w));
    }
  }
}

void KERNEL(bp_winograd_input)(const struct bp_window *w, const REAL *gradient, const REAL *weight, REAL *out, size_t first,
                               size_t last, REAL *scratch) {
  const struct tiling t = tile_window(w);
  struct KERNEL(room) room = KERNEL(room)(w, t, scratch);
  size_t channels = w->channels, filters = w->filters;
  for (size_t image = first, images; image < last; image += images) {
    images = last - image < t.images ? last - image : t.images;
    size_t tiles = images * t.count, patch = tiles * channels, first_tile = 0;
    KERNEL(result_patches)(w, t, gradient + image * filters * PLACES(w), images, room.padded, room.results);
    KERNEL(multiply_patches)
    (room.results, (struct bp_strides){(ptrdiff_t)filters, 1}, weight, (struct bp_strides){1, (ptrdiff_t)filters}, room.inputs,
     tiles, filters, channels, false);
    for (size_t n = 0; n < images; n++, first_tile += t.count) {
      memset(room.padded, 0, t.in_height * t.in_width * channels * sizeof(REAL));
      EACH_TILE(channels, t.in_width, KERNEL(transpose_input)(room.inputs + entry, 6 * patch, patch, room.padded + place, t.in_width * channels, channels))
      KERNEL(channels_out)
      (room.padded, channels, w->input, w->padding.height, w->padding.width, t.in_width,
       out + (image + n) * channels * PLANE(w));
    }
  }
}

void KERNEL(bp_winograd_sums)(const struct bp_window *w, const REAL *x, const REAL *gradient, REAL *sums, size_t first, size_t last,
                              REAL *scratch) {
  const struct tiling t = tile_window(w);
  struct KERNEL(room) room = KERNEL(room)(w, t, scratch);
  size_t channels = w->channels, filters = w->filters;
  for (size_t image = first, images; image < last; image += images) {
    images = last - image < t.images ? last - image : t.images;
    size_t tiles = images * t.count;
    KERNEL(input_patches)(w, t, x + image * channels * PLANE(w), images, room.padded, room.inputs);
    KERNEL(result_patches)(w, t, gradient + image * filters * PLACES(w), images, room.padded, room.results);
    KERNEL(multiply_patches)
    (room.inputs, (struct bp_strides){1, (ptrdiff_t)channels}, room.results, (struct bp_strides){(ptrdiff_t)filters, 1}, sums,
     channels, tiles, filters, true);
  }
}
#undef TRANSFORM
#undef EACH_TILE
#undef SQUARES
