/* What libzstd's decoder needs of the C library; Rust provides the functions. */
#pragma once
#include <stddef.h>

void *malloc(size_t size);
void *calloc(size_t count, size_t size);
void free(void *pointer);
