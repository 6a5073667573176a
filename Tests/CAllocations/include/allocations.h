#pragma once

/// How often the calling thread has asked for memory so far.
unsigned long bp_allocations(void);

/// Bytes that the calling thread asked for, less those that it gave back.
long bp_bytes_held(void);

/// The most that these have been since they were last forgotten.
long bp_most_bytes_held(void);
void bp_forget_most_bytes(void);
