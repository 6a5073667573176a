/* Uniform and normal numbers of double precision in vectors of eight. Nothing is contracted to fused multiply-adds, so every
   instruction set draws the same bits. */
typedef double bp_doubles __attribute__((vector_size(64)));
typedef int64_t bp_longs __attribute__((vector_size(64)));

/* The whole numbers 2^52 and 1.5 * 2^52 leave others in the low bits of a sum. */
#define BP_WHOLE 0x1p52
#define BP_MIDDLE 0x1.8p52

/* A word of 32 bits as a number. */
INLINE bp_doubles bp_number(bp_words word) {
  const bp_words none = {0};
  return (bp_doubles)(word | (none + 0x4330000000000000)) - BP_WHOLE;
}

/* Of two words the first 53 bits, as a number from 0 up to but not including 1. */
INLINE bp_doubles bp_unit(bp_words high, bp_words low) {
#pragma clang fp contract(off)
  return bp_number(high) * 0x1p-32 + bp_number(low >> 11) * 0x1p-53;
}

INLINE bp_doubles bp_chosen(bp_longs mask, bp_doubles yes, bp_doubles no) {
  return (bp_doubles)((mask & (bp_longs)yes) | (~mask & (bp_longs)no));
}

/* The logarithm of numbers from 2^-53 to 1: x = 2^k (1 + f) with 1 + f from √½ to √2; polynomial of fdlibm's e_log.c
   (Sun Microsystems 1993), within 1 unit of the last place. */
INLINE bp_doubles bp_log_of_unit(bp_doubles x) {
#pragma clang fp contract(off)
  const bp_longs root = (bp_longs){0} + 0x3FE6A09E667F3BCD;
  bp_longs exponent = ((bp_longs)x - root) >> 52;
  bp_doubles k = (bp_doubles)(exponent + (bp_longs)((bp_doubles){0} + BP_MIDDLE)) - BP_MIDDLE;
  bp_doubles f = (bp_doubles)((bp_longs)x - (exponent << 52)) - 1;
  bp_doubles s = f / (2 + f), z = s * s, half = 0.5 * f * f;
  bp_doubles r = 1.479819860511658591e-01 * z + 1.531383769920937332e-01;
  r = r * z + 1.818357216161805012e-01;
  r = r * z + 2.222219843214978396e-01;
  r = r * z + 2.857142874366239149e-01;
  r = r * z + 3.999999999940941908e-01;
  r = (r * z + 6.666666666666735130e-01) * z;
  return k * 6.93147180369123816490e-01 - ((half - (s * (half + r) + k * 1.90821492927058770002e-10)) - f);
}

struct bp_normal_pairs {
  bp_doubles first, second;
};

/* √(-2 ln(1 - u)) times the cosine and the sine of 2πv, by G. E. P. Box and M. E. Muller (1958). The turn 4v is cut to the nearest
   quarter, which is exact; polynomials of fdlibm's k_sin.c and k_cos.c. 1 - u is never 0, so the logarithm is finite. */
INLINE struct bp_normal_pairs bp_box_muller(bp_doubles u, bp_doubles v) {
#pragma clang fp contract(off)
  bp_doubles radius = __builtin_elementwise_sqrt(-2 * bp_log_of_unit(1 - u));
  bp_doubles shifted = 4 * v + BP_MIDDLE;
  bp_longs quarter = (bp_longs)shifted;
  bp_doubles y = (4 * v - (shifted - BP_MIDDLE)) * 1.57079632679489661923, z = y * y;
  bp_doubles s = 1.58969099521155010221e-10 * z - 2.50507602534068634195e-08;
  s = s * z + 2.75573137070700676789e-06;
  s = s * z - 1.98412698298579493134e-04;
  s = s * z + 8.33333333332248946124e-03;
  s = s * z - 1.66666666666666324348e-01;
  bp_doubles sine = y + y * (z * s);
  bp_doubles c = -1.13596475577881948265e-11 * z + 2.08757232129817482790e-09;
  c = c * z - 2.75573143513906633035e-07;
  c = c * z + 2.48015872894767294178e-05;
  c = c * z - 1.38888888888741095749e-03;
  c = c * z + 4.16666666666666019037e-02;
  bp_doubles cosine = 1 - (0.5 * z - z * z * c);
  const bp_longs sign = (bp_longs){0} + INT64_MIN;
  bp_longs isTurned = -(quarter & 1);
  bp_longs first = (bp_longs)bp_chosen(isTurned, sine, cosine) ^ (((quarter + 1) << 62) & sign);
  bp_longs second = (bp_longs)bp_chosen(isTurned, cosine, sine) ^ ((quarter << 62) & sign);
  return (struct bp_normal_pairs){radius * (bp_doubles)first, radius * (bp_doubles)second};
}
