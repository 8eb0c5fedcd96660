/** Tells by its name why no node offers an import. Each family has a cause and a remedy of its own. */
import { hostInterfaces, removedHostFunctions } from '../polkadot/host-function-table.ts';
import { eccHostFunctions } from '../polkadot/host-functions.ts';
import type { Import } from '../wasm/types.ts';

export type ImportFamily =
  /** Only nodes that are built with `runtime-benchmarks` offer it. */
  | 'benchmarking'
  /** Validators offer it with the executor param `EnabledHostFunction(EccRfc163)`. */
  | 'ecc'
  /** Rust's panic handler was not linked. */
  | 'panic-handler'
  /** Parts of Rust's standard library that need unwinding or an allocator. */
  | 'rust-runtime'
  /** The random source of the crate getrandom, for which the runtime has no implementation. */
  | 'randomness'
  /** Of a build that traces transactions, as EVM chains make for tracing nodes. Only those nodes offer it. */
  | 'tracing'
  /** Nodes that are built with an experimental feature offer it. */
  | 'experimental'
  /** Early nodes offered it. */
  | 'removed'
  /** An unknown function or version of an interface that nodes offer. */
  | 'unknown-version'
  /** A host function of the team's own. */
  | 'custom'
  /** For a browser. */
  | 'wasm-bindgen'
  /** For a program with files and a console. */
  | 'wasi'
  /** For code that emscripten compiled. */
  | 'emscripten'
  /** Of a smart contract, which pallet-contracts runs. */
  | 'contract'
  /** Of C's standard library or of compiler-builtins. */
  | 'c-library'
  /** C or assembly code that was not linked. */
  | 'not-linked'
  /** From another module than `env`. */
  | 'other-module'
  /** A table, a global or a tag. */
  | 'not-a-function';

type NamePatterns = readonly (readonly [pattern: RegExp, family: ImportFamily])[];

/** The first pattern that matches counts. */
const byModule: NamePatterns = [
  [/^wasi(_|$)/, 'wasi'],
  [/^(__wbindgen_|wbg$)|_bg(\.js)?$/, 'wasm-bindgen'],
  [/^(seal\d|__unstable__)$/, 'contract'],
];

const cLibrary = [
  ...['mem(cpy|move|set|cmp|chr)', 'b(cmp|copy)', 'str(n?len|n?cmp|n?cpy|n?cat|r?chr|str|tou?ll?)'],
  ...['malloc', 'calloc', 'realloc', 'free', 'posix_memalign', 'aligned_alloc', 'abort', 'exit', '_exit', 'atexit'],
  ...['v?(f|s|sn)?printf', 'puts', 'putchar', 'fputs', 'fwrite', 'getenv', 'qsort', 'rand', 'time', 'clock_gettime'],
  ...['__stack_chk_(fail|guard)', '__assert_(fail|rtn)', '__assert_func', '__errno_location'],
  // compiler-builtins: arithmetic of 128 bits and of floats.
  ...['__(u?div|u?mod|mul|add|sub|ashl|ashr|lshr|mulo|fix|fixuns|float|floatun|neg|cmp|ucmp)\\w*[sdt]i[234]?'],
  ...['__(add|sub|mul|div|eq|ne|lt|le|gt|ge|unord|extend|trunc|pow)\\w*[sdt]f\\w*', '__multi3', '__rust_probestack'],
  ...['(sin|cos|tan|exp2?|log2?|log10|pow|fmod|floor|ceil|round|trunc|sqrt|fma|fmin|fmax|cbrt|hypot|tgamma)f?'],
];

/** Of functions in `env`. */
const byName: NamePatterns = [
  [/rust_begin_unwind/, 'panic-handler'],
  [/rust_eh_personality|^_Unwind_|__rust_(start_panic|panic_cleanup|drop_panic|foreign_exception)/, 'rust-runtime'],
  [/__(rust|rg|rdl)_(alloc|dealloc|realloc|oom|no_alloc_shim)/, 'rust-runtime'],
  [/^__getrandom_(v\d+_)?custom$/, 'randomness'],
  [/^__wbindgen_|^__wbg_/, 'wasm-bindgen'],
  [/^_?emscripten_|^(_emval_|_embind_|invoke_[vijfd]+$|__cxa_|__syscall|_abort_js$|___)/, 'emscripten'],
  [/^seal_/, 'contract'],
  [/^ext_benchmarking_/, 'benchmarking'],
  // Interfaces named `<Chain>Ext`, as in Moonbeam's crate `moonbeam-primitives-ext`, which other chains use.
  [/_ext_(raw|call_list|evm|gasometer|runtime_event|step_event|trac)/, 'tracing'],
  [/^ext_(?!wasm_tracing_)(\w+_)?trac(e|er|ing)_/, 'tracing'],
  [/^ext_(host_calls|elliptic_curves)_/, 'experimental'],
  [/^ext_crypto_\w*(bls381|bls377|bandersnatch)/, 'experimental'],
  [/^ext_(sandbox|runtime_tasks|storage_child)_/, 'removed'],
  [/^ext_storage_\w+_trie_root_version_1$/, 'removed'],
  // Host functions have had versions since 2020.
  [/^ext_(?!\w+_version_\d+$)/, 'removed'],
  // `input` is in the SDK's sources, but in no release yet.
  [new RegExp(`^ext_(${[...hostInterfaces, 'input'].join('|')})_`), 'unknown-version'],
  [/^ext_/, 'custom'],
  [new RegExp(`^(${cLibrary.join('|')})$`), 'c-library'],
];

const removed: ReadonlySet<string> = new Set(removedHostFunctions.map(([name]) => name));

/** @returns undefined for a memory; every node provides it */
export function familyOf({ module, name, kind }: Pick<Import, 'module' | 'name' | 'kind'>): ImportFamily | undefined {
  if (kind === 'memory') return undefined;
  if (module !== 'env') return find(byModule, module) ?? 'other-module';
  if (kind !== 'function') return 'not-a-function';
  if (eccHostFunctions.has(name)) return 'ecc';
  if (removed.has(name)) return 'removed';
  return find(byName, name) ?? 'not-linked';
}

function find(patterns: NamePatterns, text: string): ImportFamily | undefined {
  return patterns.find(([pattern]) => pattern.test(text))?.[1];
}
