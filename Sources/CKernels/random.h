/* Random numbers for REAL. Included by kernels.h once for each precision. */
#ifndef BP_PHILOX
#define BP_PHILOX
/* A word of 32 bits in the lower half of each lane; what stands above it is never looked at. So a product of two words needs one
   instruction and its halves no unpacking. */
typedef uint64_t bp_words __attribute__((vector_size(64)));
typedef uint32_t bp_lower_words __attribute__((vector_size(32), aligned(4), may_alias));
#endif

/* Philox4x32-10 (Salmon and others 2011) of eight neighbouring counters at once. Of each eight the first words serve the first eight
   places, the second words the next, so that nothing has to change its lane. */
void KERNEL(bp_dropout_mask)(uint64_t seed, uint64_t stream, uint32_t threshold, REAL kept, REAL *out, size_t first,
                             size_t last) {
  const bp_words lanes = {0, 1, 2, 3, 4, 5, 6, 7}, none = {0}, lower = none + 0xFFFFFFFF;
  for (size_t start = first; start < last; start += bp_mask_unit) {
    bp_words a = lanes + start / 4, b = a >> 32, c = none + stream, d = c >> 32;
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
    uint32_t drawn[bp_mask_unit];
    *(bp_lower_words *)drawn = __builtin_convertvector(a, bp_lower_words);
    *(bp_lower_words *)(drawn + 8) = __builtin_convertvector(b, bp_lower_words);
    *(bp_lower_words *)(drawn + 16) = __builtin_convertvector(c, bp_lower_words);
    *(bp_lower_words *)(drawn + 24) = __builtin_convertvector(d, bp_lower_words);
    REAL numbers[bp_mask_unit];
    for (int j = 0; j < bp_mask_unit; j++) numbers[j] = drawn[j] < threshold ? 0 : kept;
    memcpy(out + start, numbers, (last - start < bp_mask_unit ? last - start : bp_mask_unit) * sizeof(REAL));
  }
}
