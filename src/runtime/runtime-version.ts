/** The `runtime_version` custom section: `RuntimeVersion` of sp-version in SCALE. */
import { Bytes, Struct, str, Tuple, u8, u32, Vector } from 'scale-ts';

export interface RuntimeVersion {
  readonly specName: string;
  readonly implName: string;
  readonly authoringVersion: number;
  readonly specVersion: number;
  readonly implVersion: number;
  readonly transactionVersion: number;
  /** Called `system_version` since 2024; runtimes before about 2022 have none. */
  readonly stateVersion?: number;
}

const fields = {
  specName: str,
  implName: str,
  authoringVersion: u32,
  specVersion: u32,
  implVersion: u32,
  /** Empty here: wasm-builder puts the runtime APIs in a section of their own, `runtime_apis`. */
  apis: Vector(Tuple(Bytes(8), u32)),
  transactionVersion: u32,
};

/** Fields are only ever added at the end: the longest layout that fits is the one. */
const LAYOUTS: readonly ((bytes: Uint8Array) => RuntimeVersion & { readonly apis: unknown })[] = [
  Struct({ ...fields, stateVersion: u8 }).dec,
  Struct(fields).dec,
];

/** `undefined`: the bytes are no `RuntimeVersion`. */
export function decodeRuntimeVersion(section: Uint8Array): RuntimeVersion | undefined {
  // scale-ts reads the whole buffer behind a view, hence a copy.
  const bytes = section.slice();
  for (const layout of LAYOUTS) {
    try {
      const { apis: _, ...version } = layout(bytes);
      return version;
    } catch {
      // Too short for this layout, or no SCALE at all: scale-ts throws whatever the engine throws.
    }
  }
  return undefined;
}
