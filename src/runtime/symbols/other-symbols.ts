/** Functions whose names are not paths: C, the compiler's own, and what the runtime exports. */

interface Row {
  readonly pattern: RegExp;
  readonly crate: string;
}

/**
 * Underscores in place of hyphens, as in Rust's paths.
 * Sources: compiler-builtins (its README lists the functions of compiler-rt, `mem` and `math`), secp256k1-sys
 * (`depend/secp256k1`, whose symbols get the prefix `rustsecp256k1_v…`), and rustc's `library/alloc/src/alloc.rs`.
 * sp-io has `#[panic_handler]`, `#[alloc_error_handler]` and `#[global_allocator]` of a runtime.
 */
const rows: readonly Row[] = [
  { pattern: /^(?:__rustc::)?(?:__rg_\w+|rust_begin_unwind|rust_panic)$/, crate: 'sp_io' },
  { pattern: /^(?:__rustc::)?(?:__rust_\w+|__rdl_\w+|rust_oom|__alloc_error_handler\w*)$/, crate: 'alloc' },
  { pattern: /^rustsecp256k1_/, crate: 'secp256k1_sys' },
  { pattern: /^(?:secp256k1_\w+|nonce_function_\w+|ecdh_hash_function_\w+|hash_test)$/, crate: 'secp256k1_sys' },
  { pattern: /^(?:ring_core_|GFp_|OPENSSL_|LIMBS?_|bn_mul_mont|x25519_|fiat_)/, crate: 'ring' },
  { pattern: /^(?:ZSTD|HUF|FSE|HIST|XXH|POOL|COVER|ERR_getErrorString|rust_zstd_)/, crate: 'zstd_sys' },
  { pattern: /^blst_/, crate: 'blst' },
  { pattern: /^(?:mem(?:cpy|move|set|cmp)|bcmp|strlen)$/, crate: 'compiler_builtins' },
  // `__udivti3`, `__lshrdi3`, `__multi3`, `__muloti4`, `__addtf3`, `__extendsfdf2`, `__fixunsdfti`, `__powisf2`, …
  {
    pattern:
      /^__(?:(?:[a-z]+)(?:[sdt][if]|hf|xf)[234]?|(?:fix|fixuns|float|floatun|extend|trunc)[a-z]{2,6}\d?|clz\w*|ctz\w*|popcount\w*|bswap\w*)$/,
    crate: 'compiler_builtins',
  },
  {
    pattern:
      /^(?:a?(?:sin|cos|tan)h?|atan2|cbrt|ceil|copysign|erfc?|exp(?:2|10|m1)?|fabs|fdim|floor|fma|fm(?:ax|in|od)|frexp|hypot|ilogb|ldexp|lgamma(?:_r)?|log(?:2|10|1p)?|modf|nextafter|pow|remainder|remquo|rint|round(?:even)?|scalbn|sincos|sqrt|tgamma|trunc)f?$/,
    crate: 'compiler_builtins',
  },
];

/** Undefined for a name that no row knows. @param name without the number that LLVM adds to copies */
export function ownerOfOther(name: string): string | undefined {
  // Most names are paths. One form of the names of rustc itself is too.
  if (name.includes('::') && !name.startsWith('__rustc::')) return undefined;
  return rows.find(({ pattern }) => pattern.test(name))?.crate;
}

/** `decl_runtime_apis!` exports `Trait_method`, `register_validate_block!` exports `validate_block`. Both expand in the runtime. */
const runtimeExport = /^(?:validate_block|[A-Z][A-Za-z0-9]*_[a-z0-9_]+|_start)$/;

/** Is it a function that a runtime exports? It belongs to the crate of the runtime, whose name the symbol does not have. */
export function isRuntimeExport(name: string): boolean {
  return runtimeExport.test(name);
}
