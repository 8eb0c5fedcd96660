/** The sizes in a report: the schema of `size-tree.ts`. */
import * as v from 'valibot';
import { bytes, count } from './report-values.ts';
import { type CodeOwner, type SizeNode, sizeNodeKinds } from './size-tree.ts';

const costs = {
  compileTimeMs: v.exactOptional(
    v.pipe(v.number(), v.minValue(0, 'must not be negative'), v.description('CPU time that the compiler took.')),
  ),
  machineCodeBytes: v.exactOptional(v.pipe(bytes, v.description('Machine code that the compiler made of it.'))),
};

export const sizeNodeSchema: v.GenericSchema<SizeNode> = v.object({
  name: v.string(),
  kind: v.picklist(sizeNodeKinds),
  bytes: v.pipe(bytes, v.description('Equals the sum of the children unless there are none.')),
  functions: v.exactOptional(
    v.pipe(count, v.description('Functions in this part. Each instance of a generic function counts.')),
  ),
  ...costs,
  children: v.pipe(v.array(v.lazy(() => sizeNodeSchema)), v.description('The largest first. Empty for a leaf.')),
});

export const codeOwnerSchema: v.GenericSchema<CodeOwner> = v.object({
  name: v.string(),
  kind: v.picklist(['pallet', 'crate', 'unattributed']),
  bytes,
  functions: count,
  ...costs,
});

const retained = {
  name: v.string(),
  kind: v.picklist(['pallet', 'crate', 'function']),
  functions: count,
  bytes: v.pipe(bytes, v.description('Its own code.')),
  retainedBytes: v.pipe(
    bytes,
    v.description(
      'What its removal would save, about: indirect calls are taken to reach every function of their type in a table.',
    ),
  ),
  inTable: v.pipe(count, v.description('Its functions that are in a table. What calls them from there is unknown.')),
};

export const retainedSizeSchema = v.object(retained);

export const keptBySchema = v.object({
  ...retained,
  through: v.pipe(
    v.array(v.string()),
    v.description(
      'The functions through which every call of it comes, from an export on. Empty when it is reached in ways that have ' +
        'no function in common, or by no call.',
    ),
  ),
  callers: v.pipe(v.array(v.string()), v.description('Functions that call it, the largest first. Not all of many.')),
  callerCount: count,
});

export const recompressionSchema = v.object({
  level: v.pipe(count, v.description('zstd level.')),
  storedBytes: bytes,
  withoutNamesBytes: v.exactOptional(
    v.pipe(bytes, v.description('Stored size of the module without its name section. Absent: it has none.')),
  ),
});

export const sizesSchema = v.pipe(
  v.object({
    totalBytes: v.pipe(bytes, v.description('Size of the decompressed module.')),
    codeBytes: v.pipe(bytes, v.description('Content of the code section.')),
    attributedCodeBytes: v.pipe(bytes, v.description('The part of `codeBytes` whose crate is known.')),
    ownedCodeBytes: v.pipe(
      bytes,
      v.description("The part of `codeBytes` that `owners` gives to a pallet or a crate of the team's own."),
    ),
    tree: sizeNodeSchema,
    owners: v.pipe(
      v.array(codeOwnerSchema),
      v.description(
        "Pallets and crates of the team's own, with their code and the generic code made for them. The largest first. " +
          'Their sum is `codeBytes`.',
      ),
    ),
    retained: v.exactOptional(
      v.pipe(v.array(retainedSizeSchema), v.description('The owners and functions that save most. With `--top`.')),
    ),
    keptBy: v.exactOptional(
      v.pipe(v.array(keptBySchema), v.description('What matches the name of `--why`, the largest first.')),
    ),
    recompression: v.exactOptional(
      v.pipe(
        recompressionSchema,
        v.description('What the strongest compression makes of the module. With `--recompress`.'),
      ),
    ),
  }),
  v.description('What each part of the module costs. Absent for a damaged module.'),
);
