import { resolve } from 'node:path';
import { omitUndefined } from '../base/omit-undefined.ts';
import type { RuntimeSummary } from '../model/report.ts';
import type { RuntimeBlob } from '../runtime/blob.ts';
import { buildProfile } from '../runtime/build-profile.ts';
import { buildVariant } from '../runtime/build-variant.ts';
import type { RuntimeFacts } from '../runtime/inspect.ts';

/** What a report says about the blob itself. */
export function summarizeRuntime(
  { path, container, unwrapped, codeAt, stored, codeHash, para }: RuntimeBlob,
  facts: RuntimeFacts,
): RuntimeSummary {
  const {
    rawBytes,
    compression,
    specName,
    specVersion,
    implVersion,
    runtimeVersion,
    functions,
    sections,
    runtimeApis,
  } = facts;
  const { kind, level, windowLog } = compression;
  return {
    path,
    container,
    ...omitUndefined({ unwrapped, codeAt }),
    storedBytes: stored.length,
    ...omitUndefined({ rawBytes }),
    compression: { kind, ...omitUndefined({ level, windowLog }) },
    codeHash,
    ...omitUndefined({ specName, specVersion, implVersion, transactionVersion: runtimeVersion?.transactionVersion }),
    ...omitUndefined({ runtimeApis: runtimeApis?.map((api) => ({ ...api })) }),
    ...omitUndefined({ functions, ...summarizeInterface(facts), sections }),
    // Both follow from the path of a file.
    ...(para === undefined &&
      omitUndefined({ buildVariant: buildVariant(path, container), buildProfile: buildProfile(resolve(path)) })),
    ...omitUndefined({ isParachain: facts.isParachain }),
  };
}

/** What the module exchanges with its host. */
function summarizeInterface({ imports, exports, memory }: RuntimeFacts) {
  return {
    imports: imports?.map(({ module, name, kind }) => ({ module, name, kind })),
    exports: exports?.map(({ name, kind }) => ({ name, kind })),
    memory: memory && {
      minimum: memory.min,
      ...omitUndefined({ maximum: memory.max }),
      imported: memory.imported,
    },
  };
}
