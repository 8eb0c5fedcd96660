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
  }),
  v.description('What each part of the module costs. Absent for a damaged module.'),
);
