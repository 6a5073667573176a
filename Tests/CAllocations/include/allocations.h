#pragma once

/// How often the calling thread has asked for memory so far.
unsigned long bp_allocations(void);
