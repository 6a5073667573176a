/* Entry points to libsixel. */
#include "bytes.h"
#include "include/CPictures.h"
#include "library.h"

#include <limits.h>
#include <pthread.h>

typedef struct output output;
typedef struct dither dither;

/* Values of sixel.h. */
enum { RGB888 = 3, LARGE_AUTO = 0, REP_AVERAGE_PIXELS = 3, DIFFUSE_NONE = 1, QUALITY_HIGH = 1, FAILURE = 0x1000 };

static int (*output_new)(output **, int (*)(char *, int, void *), void *, void *);
static void (*output_unref)(output *);
static int (*dither_new)(dither **, int, void *);
static int (*dither_initialize)(dither *, uint8_t *, int, int, int, int, int, int);
static void (*dither_set_diffusion)(dither *, int);
static void (*dither_unref)(dither *);
static uint8_t *(*dither_palette)(dither *);
static int (*dither_colors)(dither *);
static int (*encode)(uint8_t *, int, int, int, dither *, output *);

static bool is_there = false;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
  const struct entry_point entries[] = {
      {"sixel_output_new", (void **)&output_new},
      {"sixel_output_unref", (void **)&output_unref},
      {"sixel_dither_new", (void **)&dither_new},
      {"sixel_dither_initialize", (void **)&dither_initialize},
      {"sixel_dither_set_diffusion_type", (void **)&dither_set_diffusion},
      {"sixel_dither_get_palette", (void **)&dither_palette},
      {"sixel_dither_get_num_of_palette_colors", (void **)&dither_colors},
      {"sixel_dither_unref", (void **)&dither_unref},
      {"sixel_encode", (void **)&encode},
  };
  is_there = has_loaded("libsixel.so.1", entries, sizeof entries / sizeof *entries);
}

bool bp_sixel_is_there(void) {
  pthread_once(&once, load);
  return is_there;
}

static bool is_good(int status) { return (status & FAILURE) == 0; }

/* The library counts colours by the upper five bits of their parts, so that white would be a light grey: five bits are spread
   over the whole scale, and the colour that stands for the ground is made what the ground is, so that no edge is seen there. */
static void mend(dither *dither, uint32_t ground) {
  uint8_t *palette = dither_palette(dither), *nearest = palette;
  const int parts[] = {(int)(ground >> 16 & 255), (int)(ground >> 8 & 255), (int)(ground & 255)};
  int best = INT_MAX;
  for (int i = 0; i < dither_colors(dither); i++) {
    uint8_t *color = palette + 3 * i;
    int distance = 0;
    for (int k = 0; k < 3; k++) {
      int part = color[k] * 255 / 248;
      color[k] = (uint8_t)(part < 255 ? part : 255);
      distance += (color[k] - parts[k]) * (color[k] - parts[k]);
    }
    if (distance >= best) continue;
    best = distance;
    nearest = color;
  }
  for (int k = 0; best < INT_MAX && k < 3; k++) nearest[k] = (uint8_t)parts[k];
}

struct sink {
  struct bytes bytes;
  bool has_failed;
};

static int keep(char *data, int count, void *context) {
  struct sink *sink = context;
  if (count > 0 && !append(&sink->bytes, data, (size_t)count)) sink->has_failed = true;
  return count;
}

uint8_t *bp_sixel_encode(const uint32_t *pixels, int32_t width, int32_t height, int32_t colors, uint32_t ground,
                         size_t *length) {
  if (!bp_sixel_is_there()) return NULL;
  size_t count = (size_t)width * (size_t)height;
  uint8_t *rgb = malloc(3 * count);
  struct sink sink = {0};
  output *output = NULL;
  dither *dither = NULL;
  bool is_whole = rgb != NULL;
  if (is_whole) {
    for (size_t i = 0; i < count; i++) {
      rgb[3 * i] = (uint8_t)(pixels[i] >> 16);
      rgb[3 * i + 1] = (uint8_t)(pixels[i] >> 8);
      rgb[3 * i + 2] = (uint8_t)pixels[i];
    }
    is_whole = is_good(output_new(&output, keep, &sink, NULL)) && is_good(dither_new(&dither, colors, NULL)) &&
               is_good(dither_initialize(dither, rgb, width, height, RGB888, LARGE_AUTO, REP_AVERAGE_PIXELS, QUALITY_HIGH));
  }
  if (is_whole) {
    mend(dither, ground);
    /* Dots of mixed colours would be seen on the even grounds of charts. */
    dither_set_diffusion(dither, DIFFUSE_NONE);
    is_whole = is_good(encode(rgb, width, height, 8, dither, output)) && !sink.has_failed;
  }
  if (dither) dither_unref(dither);
  if (output) output_unref(output);
  free(rgb);
  return finished(&sink.bytes, is_whole, length);
}
