/* Entry points to librsvg 2.52 or later, and to the cairo that it draws with. */
#include "include/CPictures.h"
#include "library.h"

#include <pthread.h>

typedef struct handle handle;
typedef struct surface surface;
typedef struct context context;
struct rectangle {
  double x, y, width, height;
};

enum { CAIRO_SUCCESS = 0, CAIRO_ARGB32 = 0 };

static handle *(*rsvg_new)(const uint8_t *, size_t, void **);
static int (*rsvg_size)(handle *, double *, double *);
static int (*rsvg_style)(handle *, const uint8_t *, size_t, void **);
static int (*rsvg_render)(handle *, context *, const struct rectangle *, void **);
static void (*object_unref)(void *);
static surface *(*surface_new)(uint8_t *, int, int, int, int);
static void (*surface_flush)(surface *);
static void (*surface_destroy)(surface *);
static context *(*context_new)(surface *);
static int (*context_status)(context *);
static void (*context_destroy)(context *);

static bool is_there = false;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
  const struct entry_point entries[] = {
      {"rsvg_handle_new_from_data", (void **)&rsvg_new},
      {"rsvg_handle_get_intrinsic_size_in_pixels", (void **)&rsvg_size},
      {"rsvg_handle_set_stylesheet", (void **)&rsvg_style},
      {"rsvg_handle_render_document", (void **)&rsvg_render},
      {"g_object_unref", (void **)&object_unref},
      {"cairo_image_surface_create_for_data", (void **)&surface_new},
      {"cairo_surface_flush", (void **)&surface_flush},
      {"cairo_surface_destroy", (void **)&surface_destroy},
      {"cairo_create", (void **)&context_new},
      {"cairo_status", (void **)&context_status},
      {"cairo_destroy", (void **)&context_destroy},
  };
  is_there = has_loaded("librsvg-2.so.2", entries, sizeof entries / sizeof *entries);
}

bool bp_svg_is_there(void) {
  pthread_once(&once, load);
  return is_there;
}

static handle *opened(const char *svg, size_t length) {
  return bp_svg_is_there() ? rsvg_new((const uint8_t *)svg, length, NULL) : NULL;
}

bool bp_svg_size(const char *svg, size_t length, double *width, double *height) {
  handle *handle = opened(svg, length);
  if (!handle) return false;
  bool is_known = rsvg_size(handle, width, height);
  object_unref(handle);
  return is_known;
}

bool bp_svg_draw(const char *svg, size_t length, const char *style, size_t style_length, double drawn_width, double drawn_height,
                 uint32_t *pixels, int32_t width, int32_t height) {
  handle *handle = opened(svg, length);
  if (!handle) return false;
  bool is_good = !style || rsvg_style(handle, (const uint8_t *)style, style_length, NULL);
  surface *surface = surface_new((uint8_t *)pixels, CAIRO_ARGB32, width, height, 4 * width);
  context *context = context_new(surface);
  struct rectangle place = {0, 0, drawn_width, drawn_height};
  is_good = is_good && rsvg_render(handle, context, &place, NULL) && context_status(context) == CAIRO_SUCCESS;
  context_destroy(context);
  surface_flush(surface);
  surface_destroy(surface);
  object_unref(handle);
  return is_good;
}
