/* Elementwise loops for REAL. Included by kernels.h once for each precision. */
#define KERNEL(name) BP_JOIN(name, SUFFIX, BP_LEVEL)

INLINE REAL KERNEL(sign)(REAL x) { return x > 0 ? 1 : x < 0 ? -1 : x; }

INLINE REAL KERNEL(sigmoid)(REAL x) {
  REAL small = QUICK(exp)(-MATH(fabs)(x));
  return (x >= 0 ? 1 : small) / (1 + small);
}

INLINE REAL KERNEL(softplus)(REAL x) { return MATH(fmax)(x, 0) + QUICK(log1p)(QUICK(exp)(-MATH(fabs)(x))); }

INLINE REAL KERNEL(elu)(REAL x, REAL alpha) { return x > 0 ? x : alpha * QUICK(expm1)(x); }

INLINE REAL KERNEL(gelu_tanh)(REAL x) {
  const REAL root = (REAL)0.79788456080286535588; /* sqrt(2 / pi) */
  return (REAL)0.5 * x * (1 + QUICK(tanh)(root * (x + (REAL)0.044715 * x * x * x)));
}

#define EACH(expression)                                                                                                       \
  INDEPENDENT for (size_t i = 0; i < count; i++) {                                                                             \
    REAL v = x[i];                                                                                                             \
    out[i] = (expression);                                                                                                     \
  }                                                                                                                            \
  break

void KERNEL(bp_unary)(enum bp_unary operation, const REAL *x, REAL parameter, REAL *out, size_t count) {
  switch (operation) {
  case bp_negate: EACH(-v);
  case bp_abs: EACH(MATH(fabs)(v));
  case bp_sign: EACH(KERNEL(sign)(v));
  case bp_square: EACH(v * v);
  case bp_sqrt: EACH(__builtin_elementwise_sqrt(v));
  case bp_exp: EACH(QUICK(exp)(v));
  case bp_expm1: EACH(QUICK(expm1)(v));
  case bp_log: EACH(QUICK(log)(v));
  case bp_log1p: EACH(QUICK(log1p)(v));
  case bp_log2: EACH(MATH(log2)(v));
  case bp_log10: EACH(MATH(log10)(v));
  case bp_sin: EACH(MATH(sin)(v));
  case bp_cos: EACH(MATH(cos)(v));
  case bp_tan: EACH(MATH(tan)(v));
  case bp_sinh: EACH(MATH(sinh)(v));
  case bp_cosh: EACH(MATH(cosh)(v));
  case bp_tanh: EACH(QUICK(tanh)(v));
  case bp_erf: EACH(QUICK(erf)(v));
  case bp_round: EACH(MATH(rint)(v));
  case bp_floor: EACH(MATH(floor)(v));
  case bp_ceil: EACH(MATH(ceil)(v));
  case bp_sigmoid: EACH(KERNEL(sigmoid)(v));
  case bp_relu: EACH(v > 0 ? v : v != v ? v : 0);
  case bp_leaky_relu: EACH(v > 0 ? v : parameter * v);
  case bp_elu: EACH(KERNEL(elu)(v, parameter));
  case bp_selu: EACH((REAL)1.0507009873554804934 * KERNEL(elu)(v, (REAL)1.6732632423543772848));
  case bp_gelu: EACH((REAL)0.5 * v * (1 + QUICK(erf)(v * (REAL)0.70710678118654752440)));
  case bp_gelu_tanh: EACH(KERNEL(gelu_tanh)(v));
  case bp_silu: EACH(v * KERNEL(sigmoid)(v));
  case bp_softplus: EACH(KERNEL(softplus)(v));
  case bp_softsign: EACH(v / (1 + MATH(fabs)(v)));
  case bp_mish: EACH(v * QUICK(tanh)(KERNEL(softplus)(v)));
  case bp_hard_sigmoid: EACH(v <= -3 ? 0 : v >= 3 ? 1 : v / 6 + (REAL)0.5);
  }
}
#undef EACH

/* Python's `%`: the sign of the divisor. */
INLINE REAL KERNEL(remainder)(REAL a, REAL b) {
  REAL r = MATH(fmod)(a, b);
  return r != 0 && (r < 0) != (b < 0) ? r + b : MATH(copysign)(r, r != 0 ? r : b);
}

/* Python's `//`: the quotient rounded down, found from the exact remainder, so that a / b's rounding cannot pass a whole number. */
INLINE REAL KERNEL(floor_divide)(REAL a, REAL b) {
  if (b == 0) return a / b;
  REAL r = MATH(fmod)(a, b);
  REAL quotient = MATH(rint)((a - r) / b) - (r != 0 && (r < 0) != (b < 0) ? 1 : 0);
  return quotient == 0 ? MATH(copysign)(0, a / b) : quotient;
}

/* A nan on either side wins, as in NumPy. */
INLINE REAL KERNEL(maximum)(REAL a, REAL b) { return a > b || a != a ? a : b; }
INLINE REAL KERNEL(minimum)(REAL a, REAL b) { return a < b || a != a ? a : b; }

/* The loop is written for each pair of steps, so that each is vectorised by itself: a choice within it would become a gather. */
#define EACH(expression)                                                                                                       \
  if (step_a && step_b)                                                                                                        \
    INDEPENDENT for (size_t i = 0; i < count; i++) {                                                                           \
      REAL u = a[i], v = b[i];                                                                                                 \
      out[i] = (expression);                                                                                                   \
    }                                                                                                                          \
  else if (step_a) {                                                                                                           \
    REAL v = *b;                                                                                                               \
    INDEPENDENT for (size_t i = 0; i < count; i++) {                                                                           \
      REAL u = a[i];                                                                                                           \
      out[i] = (expression);                                                                                                   \
    }                                                                                                                          \
  } else if (step_b) {                                                                                                         \
    REAL u = *a;                                                                                                               \
    INDEPENDENT for (size_t i = 0; i < count; i++) {                                                                           \
      REAL v = b[i];                                                                                                           \
      out[i] = (expression);                                                                                                   \
    }                                                                                                                          \
  } else {                                                                                                                     \
    REAL u = *a, v = *b, value = (expression);                                                                                 \
    for (size_t i = 0; i < count; i++) out[i] = value;                                                                         \
  }                                                                                                                            \
  break

void KERNEL(bp_binary)(enum bp_binary operation, const REAL *a, int step_a, const REAL *b, int step_b, REAL *out,
                       size_t count) {
  switch (operation) {
  case bp_add: EACH(u + v);
  case bp_subtract: EACH(u - v);
  case bp_multiply: EACH(u * v);
  case bp_divide: EACH(u / v);
  case bp_floor_divide: EACH(KERNEL(floor_divide)(u, v));
  case bp_remainder: EACH(KERNEL(remainder)(u, v));
  case bp_power: EACH(MATH(pow)(u, v));
  case bp_maximum: EACH(KERNEL(maximum)(u, v));
  case bp_minimum: EACH(KERNEL(minimum)(u, v));
  case bp_atan2: EACH(MATH(atan2)(u, v));
  }
}

void KERNEL(bp_compare)(enum bp_comparison operation, const REAL *a, int step_a, const REAL *b, int step_b, bool *out,
                        size_t count) {
  switch (operation) {
  case bp_equal: EACH(u == v);
  case bp_not_equal: EACH(u != v);
  case bp_less: EACH(u < v);
  case bp_less_equal: EACH(u <= v);
  case bp_greater: EACH(u > v);
  case bp_greater_equal: EACH(u >= v);
  }
}
#undef EACH
