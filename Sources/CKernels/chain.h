/* Chains of elementwise steps for REAL. Included by kernels.h once for each precision. */
struct KERNEL(lane) {
  REAL *at;
  int step;
};

/* The entries from `first` on of an operand that is repeated, or stretched, to fill the chain. */
static void KERNEL(spread)(const void *base, bool is_bool, size_t inner, size_t count, size_t first, size_t length, REAL *out) {
  size_t group = first / inner % count, within = first % inner;
  for (size_t i = 0; i < length;) {
    if (inner == 1) {
      size_t run = count - group < length - i ? count - group : length - i;
      if (is_bool)
        INDEPENDENT for (size_t j = 0; j < run; j++) out[i + j] = ((const bool *)base)[group + j];
      else
        memcpy(out + i, (const REAL *)base + group, run * sizeof(REAL));
      i += run;
      group = 0;
    } else {
      size_t run = inner - within < length - i ? inner - within : length - i;
      REAL value = is_bool ? ((const bool *)base)[group] : ((const REAL *)base)[group];
      INDEPENDENT for (size_t j = 0; j < run; j++) out[i + j] = value;
      i += run;
      within = 0;
      group = group + 1 == count ? 0 : group + 1;
    }
  }
}

/* A bool that is needed as a number; nan counts as true. */
#define MASK(condition) ((condition) ? (REAL)1 : (REAL)0)
#define AT(register, i) (register.step ? register.at[i] : *register.at)

/* Loops that the compiler turns into vector code: operands that are single numbers are read before, since a choice within the loop
   would become a gather. */
#define EACH(expression)                                                                                                       \
  if (a.step && b.step)                                                                                                        \
    INDEPENDENT for (size_t i = 0; i < length; i++) {                                                                          \
      REAL u = a.at[i], v = b.at[i];                                                                                           \
      out[i] = (expression);                                                                                                   \
    }                                                                                                                          \
  else if (a.step) {                                                                                                           \
    REAL v = *b.at;                                                                                                            \
    INDEPENDENT for (size_t i = 0; i < length; i++) {                                                                          \
      REAL u = a.at[i];                                                                                                        \
      out[i] = (expression);                                                                                                   \
    }                                                                                                                          \
  } else if (b.step) {                                                                                                         \
    REAL u = *a.at;                                                                                                            \
    INDEPENDENT for (size_t i = 0; i < length; i++) {                                                                          \
      REAL v = b.at[i];                                                                                                        \
      out[i] = (expression);                                                                                                   \
    }                                                                                                                          \
  } else {                                                                                                                     \
    REAL u = *a.at, v = *b.at, value = (expression);                                                                           \
    for (size_t i = 0; i < length; i++) out[i] = value;                                                                        \
  }                                                                                                                            \
  return

static void KERNEL(compare_step)(enum bp_comparison operation, struct KERNEL(lane) a, struct KERNEL(lane) b, REAL *out,
                                 size_t length) {
  switch (operation) {
  case bp_equal: EACH(MASK(u == v));
  case bp_not_equal: EACH(MASK(u != v));
  case bp_less: EACH(MASK(u < v));
  case bp_less_equal: EACH(MASK(u <= v));
  case bp_greater: EACH(MASK(u > v));
  case bp_greater_equal: EACH(MASK(u >= v));
  }
}

/* Calls a loop with constants that tell which of two operands move from entry to entry. */
#define FOR_MOVING(first, second, loop, ...)                                                                                   \
  first.step ? second.step ? loop(true, true, __VA_ARGS__) : loop(true, false, __VA_ARGS__)                                    \
  : second.step ? loop(false, true, __VA_ARGS__)                                                                               \
                : loop(false, false, __VA_ARGS__)

INLINE void KERNEL(select_loop)(bool b_moves, bool c_moves, const REAL *a, const REAL *b, const REAL *c, REAL *out, size_t length) {
  REAL yes = *b, no = *c;
  INDEPENDENT for (size_t i = 0; i < length; i++) {
    REAL u = b_moves ? b[i] : yes, v = c_moves ? c[i] : no;
    out[i] = a[i] != 0 ? u : v;
  }
}

static void KERNEL(select_step)(struct KERNEL(lane) a, struct KERNEL(lane) b, struct KERNEL(lane) c, REAL *out, size_t length) {
  if (a.step) FOR_MOVING(b, c, KERNEL(select_loop), a.at, b.at, c.at, out, length);
  else
    for (size_t i = 0; i < length; i++) out[i] = *a.at != 0 ? AT(b, i) : AT(c, i);
}

INLINE void KERNEL(products_loop)(bool b_moves, bool d_moves, const REAL *a, const REAL *b, const REAL *c, const REAL *d, REAL *out,
                                  size_t length) {
  REAL u = *b, v = *d;
  INDEPENDENT for (size_t i = 0; i < length; i++) out[i] = a[i] * (b_moves ? b[i] : u) + c[i] * (d_moves ? d[i] : v);
}

/* a b + c d, of which b and d are often single numbers: the mean that an optimiser keeps. */
static void KERNEL(products_step)(struct KERNEL(lane) a, struct KERNEL(lane) b, struct KERNEL(lane) c, struct KERNEL(lane) d,
                                  REAL *out, size_t length) {
  if (a.step && c.step) FOR_MOVING(b, d, KERNEL(products_loop), a.at, b.at, c.at, d.at, out, length);
  else
    for (size_t i = 0; i < length; i++) out[i] = AT(a, i) * AT(b, i) + AT(c, i) * AT(d, i);
}

INLINE void KERNEL(product_loop)(bool b_moves, bool c_moves, const REAL *a, const REAL *b, const REAL *c, REAL sign, REAL *out,
                                 size_t length) {
  REAL u = *b, v = *c;
  INDEPENDENT for (size_t i = 0; i < length; i++) out[i] = sign * (b_moves ? b[i] : u) * a[i] + (c_moves ? c[i] : v);
}

/* c + sign · a b. */
INLINE void KERNEL(product_sum)(struct KERNEL(lane) a, struct KERNEL(lane) b, struct KERNEL(lane) c, REAL sign, REAL *out,
                                size_t length) {
  if (a.step) FOR_MOVING(b, c, KERNEL(product_loop), a.at, b.at, c.at, sign, out, length);
  else
    for (size_t i = 0; i < length; i++) out[i] = sign * *a.at * AT(b, i) + AT(c, i);
}

INLINE void KERNEL(root_loop)(bool a_moves, bool c_moves, const REAL *a, const REAL *b, const REAL *c, REAL *out, size_t length) {
  REAL u = *a, v = *c;
  INDEPENDENT for (size_t i = 0; i < length; i++)
    out[i] = (a_moves ? a[i] : u) / (__builtin_elementwise_sqrt(b[i]) + (c_moves ? c[i] : v));
}

/* a / (√b + c): the step of an optimiser that knows the gradients' size. */
static void KERNEL(root_step)(struct KERNEL(lane) a, struct KERNEL(lane) b, struct KERNEL(lane) c, REAL *out, size_t length) {
  if (b.step) FOR_MOVING(a, c, KERNEL(root_loop), a.at, b.at, c.at, out, length);
  else
    for (size_t i = 0; i < length; i++) out[i] = AT(a, i) / (__builtin_elementwise_sqrt(*b.at) + AT(c, i));
}
#undef FOR_MOVING

static void KERNEL(run_step)(const struct bp_step *step, struct KERNEL(lane) * registers, size_t length) {
  struct KERNEL(lane) a = registers[step->a], b = registers[step->b], c = registers[step->c];
  REAL *out = registers[step->out].at;
  switch ((enum bp_step_kind)step->kind) {
  case bp_step_unary:
    KERNEL(bp_unary)(step->operation, a.at, (REAL)step->parameter, out, a.step ? length : 1);
    INDEPENDENT for (size_t i = a.step ? length : 1; i < length; i++) out[i] = out[0];
    return;
  case bp_step_binary: return KERNEL(bp_binary)(step->operation, a.at, a.step, b.at, b.step, out, length);
  case bp_step_compare: return KERNEL(compare_step)(step->operation, a, b, out, length);
  case bp_step_select: return KERNEL(select_step)(a, b, c, out, length);
  case bp_step_multiply_add:
    /* The single number comes second, if there is one. */
    return a.step ? KERNEL(product_sum)(a, b, c, 1, out, length) : KERNEL(product_sum)(b, a, c, 1, out, length);
  case bp_step_subtract_product:
    return a.step ? KERNEL(product_sum)(a, b, c, -1, out, length) : KERNEL(product_sum)(b, a, c, -1, out, length);
  case bp_step_add_products: {
    struct KERNEL(lane) d = registers[step->d];
    return KERNEL(products_step)(a.step ? a : b, a.step ? b : a, c.step ? c : d, c.step ? d : c, out, length);
  }
  case bp_step_root_quotient: return KERNEL(root_step)(a, b, c, out, length);
  case bp_step_sign_product: EACH(KERNEL(sign)(u) * v);
  case bp_step_and: EACH(MASK((u != 0) & (v != 0)));
  case bp_step_or: EACH(MASK((u != 0) | (v != 0)));
  case bp_step_not: INDEPENDENT for (size_t i = 0; i < length; i++) out[i] = MASK(AT(a, i) == 0); return;
  case bp_step_is_nan: INDEPENDENT for (size_t i = 0; i < length; i++) out[i] = MASK(AT(a, i) != AT(a, i)); return;
  case bp_step_is_finite: INDEPENDENT for (size_t i = 0; i < length; i++) out[i] = MASK(AT(a, i) - AT(a, i) == 0); return;
  case bp_step_copy:
    if (a.step) memcpy(out, a.at, length * sizeof(REAL));
    else INDEPENDENT for (size_t i = 0; i < length; i++) out[i] = *a.at;
    return;
  }
}
#undef EACH

/* A chain of single numbers: the steps that graphs of scalars are made of, without a call for each. */
static void KERNEL(run_scalars)(const struct bp_step *steps, size_t count, REAL *r) {
  for (const struct bp_step *step = steps, *end = steps + count; step < end; step++) {
    REAL a = r[step->a], b = r[step->b], *out = r + step->out;
    switch (step->kind << 8 | step->operation) {
    case bp_step_binary << 8 | bp_add: *out = a + b; break;
    case bp_step_binary << 8 | bp_subtract: *out = a - b; break;
    case bp_step_binary << 8 | bp_multiply: *out = a * b; break;
    case bp_step_binary << 8 | bp_divide: *out = a / b; break;
    case bp_step_unary << 8 | bp_negate: *out = -a; break;
    case bp_step_unary << 8 | bp_relu: *out = a > 0 ? a : a != a ? a : 0; break;
    case bp_step_unary << 8 | bp_sign: *out = KERNEL(sign)(a); break;
    case bp_step_unary << 8 | bp_square: *out = a * a; break;
    case bp_step_copy << 8: *out = a; break;
    case bp_step_multiply_add << 8: *out = a * b + r[step->c]; break;
    case bp_step_subtract_product << 8: *out = r[step->c] - a * b; break;
    case bp_step_add_products << 8: *out = a * b + r[step->c] * r[step->d]; break;
    default: {
      struct KERNEL(lane) registers[] = {{r + step->a, 1}, {r + step->b, 1}, {r + step->c, 1}, {r + step->d, 1}, {out, 1}};
      struct bp_step one = {step->kind, step->operation, 4, 0, 1, 2, 3, step->parameter};
      KERNEL(run_step)(&one, registers, 1);
    }
    }
  }
}

INLINE void *KERNEL(find)(struct bp_place place, void *const *slots) { return (char *)slots[place.slot] + place.offset; }

static void KERNEL(run_single)(const struct bp_chain *chain, void *const *slots, REAL *r, double *sums) {
  for (size_t k = 0; k < chain->input_count; k++) {
    const void *at = KERNEL(find)(chain->inputs[k].place, slots);
    r[k] = chain->inputs[k].place.is_bool ? *(const bool *)at : *(const REAL *)at;
  }
  KERNEL(run_scalars)(chain->steps, chain->step_count, r);
  for (size_t k = 0; k < chain->output_count; k++) {
    struct bp_chain_output output = chain->outputs[k];
    REAL value = r[output.from];
    void *at = KERNEL(find)(output.place, slots);
    if (output.kind == bp_output_sum) sums[k] += value;
    else if (output.kind == bp_output_sum_of_squares) sums[k] += (double)value * value;
    else if (output.place.is_bool) *(bool *)at = value != 0;
    else *(REAL *)at = value;
  }
}

static void KERNEL(add_sum)(const struct bp_chain_output *output, const struct KERNEL(lane) * registers, size_t length,
                            double *sum) {
  const REAL *x = registers[output->from].at;
  if (registers[output->from].step == 0) {
    /* A single number that serves every entry. */
    double value = *x;
    if (output->kind == bp_output_sum) *sum += (double)length * value;
    if (output->kind == bp_output_sum_of_squares) *sum += (double)length * value * value;
    return;
  }
  if (output->kind == bp_output_sum) *sum += KERNEL(bp_sum)(x, length);
  if (output->kind == bp_output_sum_of_squares) *sum += KERNEL(bp_sum_of_squares)(x, length);
}

/* Whether an input is read from one end to the other. */
INLINE bool KERNEL(is_stream)(const struct bp_chain *chain, size_t k) {
  const struct bp_chain_input *input = &chain->inputs[k];
  return input->inner == 1 && input->count == chain->count && !input->place.is_bool;
}

/* Asks for what the next block reads of an input, while this one is computed: several streams at once are more than the processor
   follows by itself. */
INLINE void KERNEL(fetch_next)(const REAL *from, size_t length) {
  for (const char *at = (const char *)from, *end = (const char *)(from + length); at < end; at += cache_line) __builtin_prefetch(at);
}

void KERNEL(bp_chain)(const struct bp_chain *chain, void *const *slots, size_t first, size_t last, void *workspace,
                      double *sums) {
  if (chain->count == 1) return KERNEL(run_single)(chain, slots, workspace, sums);
  struct KERNEL(lane) *registers = workspace;
  size_t width = bp_chain_width(chain);
  if (width > last - first) width = last - first;
  for (size_t k = 0; k < chain->input_count; k++) {
    struct bp_chain_input input = chain->inputs[k];
    if (input.inner == 1 && input.count > 1 && input.count <= width) {
      width -= width % input.count;
      break;
    }
  }
  size_t stride = (width + 15) & ~(size_t)15;
  REAL *scratch = (REAL *)((char *)workspace + bp_chain_registers(chain));
  for (size_t k = 0; k < chain->register_count; k++)
    registers[k] = (struct KERNEL(lane)){scratch + k * stride, 1};
  for (size_t start = first; start < last; start += width) {
    size_t length = last - start < width ? last - start : width;
    for (size_t k = 0; k < chain->input_count; k++) {
      struct bp_chain_input input = chain->inputs[k];
      void *base = KERNEL(find)(input.place, slots);
      REAL *own = scratch + k * stride;
      if (input.place.is_bool || (input.count > 1 && (input.inner > 1 || start % input.count + length > input.count))) {
        /* A pattern that fits the block a whole number of times is laid out once. */
        if (start > first && input.inner == 1 && width % input.count == 0) continue;
        KERNEL(spread)(base, input.place.is_bool, input.inner, input.count, start, length, own);
        registers[k] = (struct KERNEL(lane)){own, 1};
      } else if (input.count == 1) {
        registers[k] = (struct KERNEL(lane)){base, 0};
      } else {
        registers[k] = (struct KERNEL(lane)){(REAL *)base + start % input.count, 1};
      }
    }
    /* What goes to memory entry by entry is computed in its place. */
    for (size_t k = 0; k < chain->output_count; k++) {
      struct bp_chain_output output = chain->outputs[k];
      if (output.kind == bp_output_entries && !output.place.is_bool && output.from >= chain->input_count)
        registers[output.from].at = (REAL *)KERNEL(find)(output.place, slots) + start;
    }
    /* Inputs are summed before the steps: one of these may write its result in their place. */
    for (size_t k = 0; k < chain->output_count; k++)
      if (chain->outputs[k].from < chain->input_count) KERNEL(add_sum)(chain->outputs + k, registers, length, sums + k);
    size_t next = last - start - length < width ? last - start - length : width;
    for (size_t k = 0; k < chain->step_count; k++) {
      if (k < chain->input_count && KERNEL(is_stream)(chain, k)) KERNEL(fetch_next)(registers[k].at + width, next);
      KERNEL(run_step)(chain->steps + k, registers, length);
    }
    for (size_t k = 0; k < chain->output_count; k++) {
      struct bp_chain_output output = chain->outputs[k];
      if (output.from >= chain->input_count) KERNEL(add_sum)(&output, registers, length, sums + k);
      if (output.kind == bp_output_entries && output.place.is_bool) {
        const REAL *x = registers[output.from].at;
        bool *at = (bool *)KERNEL(find)(output.place, slots) + start;
        INDEPENDENT for (size_t i = 0; i < length; i++) at[i] = x[i] != 0;
      }
    }
  }
}
#undef MASK
#undef AT
