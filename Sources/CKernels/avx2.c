#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma,f16c,bmi,bmi2"))), apply_to = function)
#define BP_LEVEL avx2
#define BP_VECTOR_BYTES 32
#include "kernels.h"
#pragma clang attribute pop
#else
typedef int bp_not_for_this_processor;
#endif
