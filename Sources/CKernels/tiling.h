#ifndef BP_TILING_H
#define BP_TILING_H
/* The tiles of a convolution of 3 by 3. */
#include "include/CKernels.h"

enum {
  tile_side = 4,
  patch_side = 6,
  patch_size = 36,
  /* Tiles that are worked on at a time, if the images have so many. */
  tiles_at_once = 96
};

struct tiling {
  /* Tiles of one image, and the sides of the images that they cover: the padded input, and the result. */
  size_t rows, columns, count, in_width, in_height, out_width, out_height;
  /* Images at a time. */
  size_t images;
};

static inline struct tiling tile_window(const struct bp_window *w) {
  struct tiling t = {.rows = (w->output.height + tile_side - 1) / tile_side,
                     .columns = (w->output.width + tile_side - 1) / tile_side};
  t.count = t.rows * t.columns;
  t.out_height = tile_side * t.rows;
  t.out_width = tile_side * t.columns;
  t.in_height = t.out_height + patch_side - tile_side;
  t.in_width = t.out_width + patch_side - tile_side;
  t.images = t.count >= tiles_at_once ? 1 : tiles_at_once / t.count;
  return t;
}
#endif
