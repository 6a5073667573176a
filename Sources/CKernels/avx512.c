#if defined(__x86_64__)
#pragma clang attribute push(                                                                                                  \
    __attribute__((target("avx512f,avx512dq,avx512bw,avx512vl,avx2,fma,f16c,bmi,bmi2"), min_vector_width(512))),               \
    apply_to = function)
#define BP_LEVEL avx512
#define BP_VECTOR_BYTES 64
#define BP_HAS_32_REGISTERS
#include "kernels.h"
#pragma clang attribute pop
#else
typedef int bp_not_for_this_processor;
#endif
