/** Holds the imports of a module against the host functions of nodes. */
import { eccHostFunctions, hostFunctions } from '../polkadot/host-functions.ts';
import type { DatedRelease } from '../polkadot/node-releases.ts';
import type { FunctionType, Import } from '../wasm/types.ts';
import { familyOf, type ImportFamily } from './import-families.ts';

export interface MissingImport extends Pick<Import, 'module' | 'name' | 'kind'> {
  readonly family: ImportFamily;
}

/** A host function that not every node has, because it is new. */
export interface NewImport {
  readonly name: string;
  /** The first release that has it. */
  readonly since: DatedRelease;
}

/** A host function that the module imports with another type than the one that nodes have. */
export interface MistypedImport {
  readonly name: string;
  /** `i64 i64 -> i32`, the types of the arguments and of the result. */
  readonly expected: string;
  readonly found: string;
}

export interface HostImports {
  /** What the newest nodes do not offer. */
  readonly missingImports: readonly MissingImport[];
  readonly newImports: readonly NewImport[];
  readonly mistypedImports: readonly MistypedImport[];
}

export function hostImports(imports: readonly Import[]): HostImports {
  return {
    missingImports: missingImports(imports),
    newImports: newImports(imports),
    mistypedImports: mistypedImports(imports),
  };
}

export function missingImports(imports: readonly Import[]): MissingImport[] {
  return imports.flatMap(({ module, name, kind }) => {
    if (isFunctionOfEnv({ module, kind }) && hostFunctions.has(name)) return [];
    const family = familyOf({ module, name, kind });
    return family === undefined ? [] : [{ module, name, kind, family }];
  });
}

function newImports(imports: readonly Import[]): NewImport[] {
  return imports.filter(isFunctionOfEnv).flatMap(({ name }) => {
    const since = hostFunctions.get(name)?.since;
    return since === undefined ? [] : [{ name, since }];
  });
}

function mistypedImports(imports: readonly Import[]): MistypedImport[] {
  return imports.filter(isFunctionOfEnv).flatMap(({ name, type }) => {
    const expected = (hostFunctions.get(name) ?? eccHostFunctions.get(name))?.signature;
    const found = type && signatureOf(type);
    return expected === undefined || found === undefined || found === expected ? [] : [{ name, expected, found }];
  });
}

function isFunctionOfEnv({ module, kind }: Pick<Import, 'module' | 'kind'>): boolean {
  return module === 'env' && kind === 'function';
}

/** As the table of host functions has it. */
function signatureOf({ params, results }: FunctionType): string {
  return `${params.join(' ')} -> ${results.join(' ')}`.trim();
}
