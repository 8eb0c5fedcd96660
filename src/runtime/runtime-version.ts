/** Decodes the `runtime_version` custom section: `RuntimeVersion` of sp-version in SCALE. */
import { Bytes, Struct, str, Tuple, u8, u32, Vector } from 'scale-ts';

export interface RuntimeVersion {
  readonly specName: string;
  readonly implName: string;
  readonly authoringVersion: number;
  readonly specVersion: number;
  readonly implVersion: number;
  readonly transactionVersion: number;
  /** Called `system_version` since 2024. Runtimes before about 2022 have none. */
  readonly stateVersion?: number;
}

const fields = {
  specName: str,
  implName: str,
  authoringVersion: u32,
  specVersion: u32,
  implVersion: u32,
  /** Empty here: wasm-builder puts the runtime APIs in the section `runtime_apis`. */
  apis: Vector(Tuple(Bytes(8), u32)),
  transactionVersion: u32,
};

/** Longest first, because new fields are only added at the end. */
const LAYOUTS: readonly ((bytes: Uint8Array) => RuntimeVersion & { readonly apis: unknown })[] = [
  Struct({ ...fields, stateVersion: u8 }).dec,
  Struct(fields).dec,
];

/** Returns undefined when the bytes are not a `RuntimeVersion`. */
export function decodeRuntimeVersion(section: Uint8Array): RuntimeVersion | undefined {
  // Copy, because scale-ts reads the whole buffer of a view.
  const bytes = new Uint8Array(section);
  for (const layout of LAYOUTS) {
    try {
      const { apis: _, ...version } = layout(bytes);
      return version;
    } catch {
      // Too short for this layout, or not SCALE: scale-ts throws errors of any type.
    }
  }
  return undefined;
}

/** A version has two names and six numbers. */
const MAX_VERSIONS = 16;

/**
 * All versions of a section. The linker writes a second one behind the first when two runtimes are linked into one blob.
 * Empty when the section is damaged.
 */
export function decodeRuntimeVersions(section: Uint8Array): RuntimeVersion[] {
  const versions: RuntimeVersion[] = [];
  let rest = section;
  while (rest.length > 0 && versions.length < MAX_VERSIONS) {
    const version = decodeRuntimeVersion(rest);
    if (version === undefined || !/^[ -~]{1,100}$/.test(version.specName)) break;
    versions.push(version);
    rest = rest.subarray(bytesOf(version));
  }
  return versions;
}

/** The encoded size of a version whose list of APIs is empty, as in the section. */
function bytesOf({ specName, implName, stateVersion }: RuntimeVersion): number {
  return str.enc(specName).length + str.enc(implName).length + 17 + (stateVersion === undefined ? 0 : 1);
}
