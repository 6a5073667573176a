/* Random numbers for REAL. Included by kernels.h once for each precision. */
#ifndef BP_PHILOX
#define BP_PHILOX
/* Vectors are handed over only to what is inlined, where no calling convention is followed. */
#pragma clang diagnostic ignored "-Wpsabi"

/* A word of 32 bits in the lower half of each lane; what stands above it is never looked at. So a product of two words needs one
   instruction and its halves no unpacking. */
typedef uint64_t bp_words __attribute__((vector_size(64)));
typedef uint32_t bp_lower_words __attribute__((vector_size(32), aligned(4), may_alias));

/* The four words of eight neighbouring counters. */
struct bp_drawn {
  bp_words a, b, c, d;
};

/* Philox4x32-10 (Salmon and others 2011) of eight neighbouring counters at once. */
INLINE struct bp_drawn bp_draw(uint64_t seed, uint64_t stream, uint64_t counter) {
  const bp_words lanes = {0, 1, 2, 3, 4, 5, 6, 7}, none = {0}, lower = none + 0xFFFFFFFF;
  bp_words a = lanes + counter, b = a >> 32, c = none + stream, d = c >> 32;
  uint32_t key = (uint32_t)seed, other = (uint32_t)(seed >> 32);
  for (int round = 0; round < 10; round++) {
    bp_words one = (a & lower) * 0xD2511F53, two = (c & lower) * 0xCD9E8D57;
    a = (two >> 32) ^ b ^ key;
    b = two;
    c = (one >> 32) ^ d ^ other;
    d = one;
    key += 0x9E3779B9;
    other += 0xBB67AE85;
  }
  return (struct bp_drawn){a & lower, b & lower, c & lower, d & lower};
}

#include "gaussian.h"
#endif

/* Of each eight counters the first words serve the first eight places, the second words the next, so that nothing has to change
   its lane. */
void KERNEL(bp_dropout_mask)(uint64_t seed, uint64_t stream, uint32_t threshold, REAL kept, REAL *out, size_t first,
                             size_t last) {
  for (size_t start = first; start < last; start += bp_mask_unit) {
    struct bp_drawn words = bp_draw(seed, stream, start / 4);
    uint32_t drawn[bp_mask_unit];
    *(bp_lower_words *)drawn = __builtin_convertvector(words.a, bp_lower_words);
    *(bp_lower_words *)(drawn + 8) = __builtin_convertvector(words.b, bp_lower_words);
    *(bp_lower_words *)(drawn + 16) = __builtin_convertvector(words.c, bp_lower_words);
    *(bp_lower_words *)(drawn + 24) = __builtin_convertvector(words.d, bp_lower_words);
    REAL numbers[bp_mask_unit];
    for (int j = 0; j < bp_mask_unit; j++) numbers[j] = drawn[j] < threshold ? 0 : kept;
    memcpy(out + start, numbers, (last - start < bp_mask_unit ? last - start : bp_mask_unit) * sizeof(REAL));
  }
}

typedef REAL KERNEL(drawn_pairs) __attribute__((vector_size(16 * sizeof(REAL))));

/* Eight pairs side by side, as far as `last`. */
INLINE void KERNEL(put_pairs)(bp_doubles first, bp_doubles second, REAL *out, size_t start, size_t last) {
  KERNEL(drawn_pairs) pairs = __builtin_convertvector(
      __builtin_shufflevector(first, second, 0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15), KERNEL(drawn_pairs));
  memcpy(out + start, &pairs, (last - start < bp_pairs_unit ? last - start : bp_pairs_unit) * sizeof(REAL));
}

/* Cut to the bits that a float32 holds, so that rounding never reaches `high` where low is 0 and high is 1. */
void KERNEL(bp_uniform)(uint64_t seed, uint64_t stream, uint64_t position, double low, double high, REAL *out, size_t first,
                        size_t last) {
#pragma clang fp contract(off)
  for (size_t start = first; start < last; start += bp_pairs_unit) {
    struct bp_drawn words = bp_draw(seed, stream, position + start / 2);
    const bp_words none = {0};
    int isShort = sizeof(REAL) == sizeof(float);
    bp_doubles one = isShort ? bp_unit(words.a & ~(uint64_t)0xFF, none) : bp_unit(words.a, words.b);
    bp_doubles two = isShort ? bp_unit(words.c & ~(uint64_t)0xFF, none) : bp_unit(words.c, words.d);
    KERNEL(put_pairs)(low + (high - low) * one, low + (high - low) * two, out, start, last);
  }
}

void KERNEL(bp_normal)(uint64_t seed, uint64_t stream, uint64_t position, double mean, double deviation, REAL *out, size_t first,
                       size_t last) {
#pragma clang fp contract(off)
  for (size_t start = first; start < last; start += bp_pairs_unit) {
    struct bp_drawn words = bp_draw(seed, stream, position + start / 2);
    struct bp_normal_pairs pairs = bp_box_muller(bp_unit(words.a, words.b), bp_unit(words.c, words.d));
    KERNEL(put_pairs)(mean + deviation * pairs.first, mean + deviation * pairs.second, out, start, last);
  }
}
