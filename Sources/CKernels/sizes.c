/* How much memory the kernels need besides their operands. */
#include "scratch.h"
#include "tiling.h"

size_t bp_chain_workspace(const struct bp_chain *chain, size_t width) {
  size_t entries = bp_chain_width(chain);
  return bp_chain_registers(chain) + chain->register_count * (entries == 1 ? 1 : (entries + 15) & ~(size_t)15) * width;
}

size_t bp_convolution_scratch(const struct bp_window *window) {
  return window->channels / window->groups * window->size.height * window->size.width * window->output.height *
         window->output.width;
}

size_t bp_winograd_weights(const struct bp_window *window) { return patch_size * window->channels * window->filters; }

size_t bp_winograd_scratch(const struct bp_window *window) {
  struct tiling t = tile_window(window);
  size_t most = window->channels > window->filters ? window->channels : window->filters;
  return t.in_height * t.in_width * most + patch_size * t.images * t.count * (window->channels + window->filters);
}
