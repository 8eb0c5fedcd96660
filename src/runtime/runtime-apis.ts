/** Decodes the custom section `runtime_apis`, which sp-api writes: an id of 8 bytes and a version (u32) for each API. */

const ENTRY_BYTES = 12;

/** The first 8 bytes of blake2b-64 of the API's name (sp-api-proc-macro, `generate_runtime_api_id`), without 0x. */
const names: Readonly<Record<string, string>> = {
  df6acb689907609b: 'Core',
  e0837fce09f4829a: 'TryRuntime',
  '67f4b8fba858782a': 'Benchmark',
};

export interface RuntimeApis {
  /** The ids in hex, in the order of the section. */
  readonly ids: readonly string[];
  readonly hasTryRuntime: boolean;
  readonly hasBenchmark: boolean;
  /** How often `Core` is there. Every runtime has it once. */
  readonly cores: number;
}

/** Undefined when the section has another form. */
export function decodeRuntimeApis(section: Uint8Array): RuntimeApis | undefined {
  if (section.length % ENTRY_BYTES !== 0) return undefined;
  const ids = Array.from({ length: section.length / ENTRY_BYTES }, (_, index) =>
    Buffer.from(section.subarray(index * ENTRY_BYTES, index * ENTRY_BYTES + 8)).toString('hex'),
  );
  const count = (name: string) => ids.filter((id) => names[id] === name).length;
  return { ids, hasTryRuntime: count('TryRuntime') > 0, hasBenchmark: count('Benchmark') > 0, cores: count('Core') };
}
