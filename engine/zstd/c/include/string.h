/* What libzstd's decoder needs of the C library; Rust's compiler-builtins provide the functions. */
#pragma once
#include <stddef.h>

void *memcpy(void *restrict target, const void *restrict source, size_t bytes);
void *memmove(void *target, const void *source, size_t bytes);
void *memset(void *target, int value, size_t bytes);
int memcmp(const void *one, const void *other, size_t bytes);
