#ifndef BP_CPICTURES_H
#define BP_CPICTURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* SVG as pixels, and pixels as sixels, by librsvg, cairo and libsixel, loaded when first asked for. Pixels are 0xAARRGGBB, row by row
   without gaps, their colours multiplied by the opacity. What is encoded belongs to the caller, who frees it; NULL where it
   could not be made. */

/* Whether SVG can be drawn here. */
bool bp_svg_is_there(void);

/* The size that a picture gives itself; false for a text that is none. */
bool bp_svg_size(const char *svg, size_t length, double *width, double *height);

/* Draws a picture into the upper left of a canvas of pixels, `drawn_width` by `drawn_height` of them; what the canvas held shows
   through. `style` is CSS that goes before the picture's own attributes, or NULL. */
bool bp_svg_draw(const char *svg, size_t length, const char *style, size_t style_length, double drawn_width, double drawn_height,
                 uint32_t *pixels, int32_t width, int32_t height);

/* Whether sixels can be made here. */
bool bp_sixel_is_there(void);

/* Opaque pixels as sixels of at most `colors` colours, one of them the ground's, with the sequence around them that terminals know them by. */
uint8_t *bp_sixel_encode(const uint32_t *pixels, int32_t width, int32_t height, int32_t colors, uint32_t ground,
                         size_t *length);

#endif
