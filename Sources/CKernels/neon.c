#if defined(__aarch64__)
#define BP_LEVEL neon
#define BP_HAS_32_REGISTERS
#include "kernels.h"
#else
typedef int bp_not_for_this_processor;
#endif
