#define BP_LEVEL baseline
#include "kernels.h"
