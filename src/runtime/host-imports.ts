/** Finds the imports that a node of today does not offer, and what they have in common. */
import { eccHostFunctions, hostFunctions, hostInterfaces } from '../polkadot/host-functions.ts';
import type { Import } from '../wasm/types.ts';

/** What kind of import it is. Each family has a cause and a remedy of its own. */
export type ImportFamily =
  /** Only nodes that are built with `runtime-benchmarks` offer it. */
  | 'benchmarking'
  /** Validators offer it with the executor param `EnabledHostFunction(EccRfc163)`. */
  | 'ecc'
  /** Rust's panic handler was not linked. */
  | 'panic-handler'
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
  /** C or assembly code that was not linked. */
  | 'not-linked'
  /** From another module than `env`. */
  | 'other-module'
  /** A table, a global or a tag. */
  | 'not-a-function';

export interface MissingImport extends Pick<Import, 'module' | 'name' | 'kind'> {
  readonly family: ImportFamily;
}

/** The first pattern that matches counts. */
const byName: readonly (readonly [pattern: RegExp, family: ImportFamily])[] = [
  [/rust_begin_unwind/, 'panic-handler'],
  [/^ext_benchmarking_/, 'benchmarking'],
  // Interfaces named `<Chain>Ext`, as in Moonbeam's crate `moonbeam-primitives-ext`, which other chains use.
  [/_ext_(raw|call_list|evm|gasometer|runtime_event|step_event|trac)/, 'tracing'],
  [/^ext_(?!wasm_tracing_)(\w+_)?trac(e|er|ing)_/, 'tracing'],
  [/^ext_(host_calls|elliptic_curves)_/, 'experimental'],
  [/^ext_crypto_\w*(bls381|bls377|bandersnatch)/, 'experimental'],
  [/^ext_(sandbox|runtime_tasks|storage_child)_/, 'removed'],
  [/^ext_storage_\w+_trie_root_version_1$/, 'removed'],
  [/^ext_misc_chain_id_version_1$/, 'removed'],
  // Host functions have had versions since 2020.
  [/^ext_(?!\w+_version_\d+$)/, 'removed'],
  [new RegExp(`^ext_(${hostInterfaces.join('|')})_`), 'unknown-version'],
  [/^ext_/, 'custom'],
];

/** Every node provides the memory, so an imported memory is never missing. */
export function missingImports(imports: readonly Import[]): MissingImport[] {
  return imports.flatMap(({ module, name, kind }) => {
    const family = kind === 'memory' ? undefined : familyOf({ module, name, kind });
    return family === undefined ? [] : [{ module, name, kind, family }];
  });
}

/** Returns undefined when nodes offer it. */
function familyOf({ module, name, kind }: Pick<Import, 'module' | 'name' | 'kind'>): ImportFamily | undefined {
  if (module !== 'env') return 'other-module';
  if (kind !== 'function') return 'not-a-function';
  if (hostFunctions.has(name)) return undefined;
  if (eccHostFunctions.has(name)) return 'ecc';
  return byName.find(([pattern]) => pattern.test(name))?.[1] ?? 'not-linked';
}
