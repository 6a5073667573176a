/* float32 functions without branches or calls, so that loops over them become vector code.

   Each is within 4e-7 of the exact value, relatively, over its whole range; the tests hold that. nan gives nan. */
#define INLINE static inline __attribute__((always_inline))
#define FAST(name) BP_JOIN(fast, name, BP_LEVEL)

INLINE float FAST(from_bits)(uint32_t bits) {
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

INLINE uint32_t FAST(to_bits)(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

/* 2^n for whole n from -126 to 127. */
INLINE float FAST(power_of_two)(int32_t n) { return FAST(from_bits)((uint32_t)(n + 127) << 23); }

/* x = n * ln 2 + r with |r| ≤ ln 2 / 2. Adding 1.5 * 2^23 rounds to a whole number and leaves it in the low bits. */
struct FAST(split) {
  int32_t n;
  float r;
};

INLINE struct FAST(split) FAST(split_by_ln2)(float x) {
  const float magic = 12582912.0f;
  float shifted = x * 1.44269504f + magic;
  float n = shifted - magic;
  struct FAST(split) result = {(int32_t)FAST(to_bits)(shifted) - 0x4B400000, (x - n * 0.693359375f) - n * -2.12194440e-4f};
  return result;
}

/* exp(r) - 1 for |r| ≤ ln 2 / 2; coefficients from Cephes' expf. */
INLINE float FAST(exp_less_one)(float r) {
  float p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  return p * (r * r) + r;
}

INLINE float FAST(exp)(float x) {
  x = x > 89.0f ? 89.0f : x;
  x = x < -104.0f ? -104.0f : x;
  struct FAST(split) split = FAST(split_by_ln2)(x);
  /* In two factors, since 2^n alone may be out of range where the result is not. */
  int32_t half = split.n >> 1;
  return (FAST(exp_less_one)(split.r) + 1.0f) * FAST(power_of_two)(half) * FAST(power_of_two)(split.n - half);
}

INLINE float FAST(expm1)(float x) {
  float bounded = x > 80.0f ? 80.0f : x < -40.0f ? -40.0f : x;
  struct FAST(split) split = FAST(split_by_ln2)(bounded);
  float scale = FAST(power_of_two)(split.n);
  float near = scale * FAST(exp_less_one)(split.r) + (scale - 1.0f);
  return x > 80.0f ? FAST(exp)(x) : near;
}

/* log(1 + m) for m from √½ - 1 to √2 - 1; coefficients from Cephes' logf. */
INLINE float FAST(log_near_one)(float m) {
  float p = 7.0376836292e-2f;
  p = p * m + -1.1514610310e-1f;
  p = p * m + 1.1676998740e-1f;
  p = p * m + -1.2420140846e-1f;
  p = p * m + 1.4249322787e-1f;
  p = p * m + -1.6668057665e-1f;
  p = p * m + 2.0000714765e-1f;
  p = p * m + -2.4999993993e-1f;
  p = p * m + 3.3333331174e-1f;
  float square = m * m;
  return p * square * m;
}

INLINE float FAST(log)(float x) {
  int tiny = x < 1.17549435e-38f;
  uint32_t bits = FAST(to_bits)(tiny ? x * 8388608.0f : x);
  /* Counted from √½, so that the mantissa is near 1. */
  uint32_t shifted = bits - 0x3F3504F3;
  float exponent = (float)((int32_t)shifted >> 23) - (tiny ? 23.0f : 0.0f);
  float m = FAST(from_bits)((shifted & 0x007FFFFF) + 0x3F3504F3) - 1.0f;
  float result = FAST(log_near_one)(m) + exponent * -2.12194440e-4f;
  result = result - 0.5f * (m * m);
  result = (m + result) + exponent * 0.693359375f;
  result = x == 0 ? -INFINITY : x < 0 ? NAN : result;
  return x == INFINITY || x != x ? x : result;
}

INLINE float FAST(log1p)(float x) {
  float sum = 1.0f + x;
  float rest = sum - 1.0f;
  /* log(1 + x) = x · log(s) / (s - 1), whose errors cancel where s is 1 + x rounded. */
  float result = FAST(log)(sum) * (x / (rest == 0 ? 1.0f : rest));
  result = rest == 0 ? x : result;
  return x == INFINITY ? x : result;
}

/* An odd polynomial over an even one, from Eigen's ptanh. */
INLINE float FAST(tanh)(float x) {
  float v = x > 9.0f ? 9.0f : x < -9.0f ? -9.0f : x;
  float s = v * v;
  float p = -2.76076847742355e-16f;
  p = p * s + 2.00018790482477e-13f;
  p = p * s + -8.60467152213735e-11f;
  p = p * s + 5.12229709037114e-08f;
  p = p * s + 1.48572235717979e-05f;
  p = p * s + 6.37261928875436e-04f;
  p = p * s + 4.89352455891786e-03f;
  float q = 1.19825839466702e-06f;
  q = q * s + 1.18534705686654e-04f;
  q = q * s + 2.26843463243900e-03f;
  q = q * s + 4.89352518554385e-03f;
  float result = v * (p / q);
  result = result > 1.0f ? 1.0f : result < -1.0f ? -1.0f : result;
  return s < 1.6e-7f ? x : result;
}

/* An odd polynomial over an even one, from XLA; beyond the bound the exact value rounds to 1, and gelu needs it to be 1. */
INLINE float FAST(erf)(float x) {
  const float bound = 3.832506856900711f;
  float v = x > bound ? bound : x < -bound ? -bound : x;
  float s = v * v;
  float p = 0.00022905065861350646f;
  p = p * s + 0.0034082910107109506f;
  p = p * s + 0.050955695062380861f;
  p = p * s + 0.18520832239976145f;
  p = p * s + 1.128379143519084f;
  float q = -1.1791602954361697e-7f;
  q = q * s + 0.000023547966471313185f;
  q = q * s + 0.0010179625278914885f;
  q = q * s + 0.014070470171167667f;
  q = q * s + 0.11098505178285362f;
  q = q * s + 0.49746925110067538f;
  q = q * s + 1.0f;
  float result = v * (p / q);
  return x > bound ? 1.0f : x < -bound ? -1.0f : result;
}
