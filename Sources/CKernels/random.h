/* Random numbers for REAL. Included by kernels.h once for each precision. */

/* Philox4x32-10 (Salmon and others 2011) of DRAWS neighbouring counters at once: round by round, so that it becomes vector code. */
#ifndef DRAWS
#define DRAWS (bp_mask_unit / 2)
#endif

void KERNEL(bp_dropout_mask)(uint64_t seed, uint64_t stream, uint64_t threshold, REAL kept, REAL *out, size_t first,
                             size_t last) {
  for (size_t start = first; start < last; start += 2 * DRAWS) {
    uint32_t a[DRAWS], b[DRAWS], c[DRAWS], d[DRAWS];
    for (int j = 0; j < DRAWS; j++) {
      uint64_t position = start / 2 + (size_t)j;
      a[j] = (uint32_t)position;
      b[j] = (uint32_t)(position >> 32);
      c[j] = (uint32_t)stream;
      d[j] = (uint32_t)(stream >> 32);
    }
    uint32_t key = (uint32_t)seed, other = (uint32_t)(seed >> 32);
    for (int round = 0; round < 10; round++) {
      for (int j = 0; j < DRAWS; j++) {
        uint64_t first = (uint64_t)a[j] * 0xD2511F53, second = (uint64_t)c[j] * 0xCD9E8D57;
        a[j] = (uint32_t)(second >> 32) ^ b[j] ^ key;
        b[j] = (uint32_t)second;
        c[j] = (uint32_t)(first >> 32) ^ d[j] ^ other;
        d[j] = (uint32_t)first;
      }
      key += 0x9E3779B9;
      other += 0xBB67AE85;
    }
    REAL numbers[2 * DRAWS];
    for (int j = 0; j < DRAWS; j++) {
      numbers[2 * j] = ((uint64_t)a[j] << 32 | b[j]) >> 11 < threshold ? 0 : kept;
      numbers[2 * j + 1] = ((uint64_t)c[j] << 32 | d[j]) >> 11 < threshold ? 0 : kept;
    }
    memcpy(out + start, numbers, (last - start < 2 * DRAWS ? last - start : 2 * DRAWS) * sizeof(REAL));
  }
}
