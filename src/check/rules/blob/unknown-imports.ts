import { paragraphs } from '../../../base/text.ts';
import type { MissingImport } from '../../../runtime/host-imports.ts';
import type { FindingDetails, Rule } from '../rule.ts';
import { importList } from './import-list.ts';
import { type ImportText, importTexts } from './import-texts.ts';

export const unknownImports: Rule<'blob'> = {
  id: 'unknown-imports',
  about: 'blob',
  severity: 'error',
  place: 'manifest',
  title: 'The module imports what no node offers.',
  docs: paragraphs(`
    Validators accept a blob with unknown function imports: preparation replaces each of them with a function that traps
    when it is called. Nodes are strict. A collator refuses the runtime with "runtime requires function imports which are
    not present on the host", so the parachain has no node that can build or import a block.

    The known host functions are those of sp-io 49.0.0 in all versions, the statement store, and the storage proof size
    of cumulus. Import names show the cause:

    \`rust_begin_unwind\` in the name: Rust 1.87 and newer name the panic handler differently (polkadot-sdk issue 8190,
    PR 8198). \`_ext_raw_\` and the like: a build for tracing nodes, which must never be registered. Other names with
    \`ext_\`: a custom host function, which a parachain can't have (polkadot issue 4847), or a newer or much older SDK.
    Names without \`ext_\`: C or assembly of a dependency that was not linked, such as \`ring\` or \`secp256k1-sys\`, or
    C's standard library (\`memcpy\`, \`__stack_chk_fail\`). \`__wbindgen_\` and \`wasi_snapshot_preview1\`: a dependency
    for a browser or for programs. \`seal0\`: the file is a smart contract.

    If your nodes do offer the function, and validators never call it, allow the finding.
  `),
  run({ facts: { missingImports = [] }, prepareError }) {
    // The worker refuses these in pre-checking, and the finding about the outcome names them.
    const isRefused = prepareError === 'RuntimeConstruction';
    const isForeign = ({ module, kind }: MissingImport) => module !== 'env' || kind !== 'function';
    return Object.entries<ImportText>(importTexts).flatMap(([family, text]) => {
      const imports = missingImports.filter(
        (missing) => missing.family === family && !(isRefused && isForeign(missing)),
      );
      return imports.length === 0 ? [] : [detailsOf(text, imports)];
    });
  },
};

function detailsOf({ what, hint }: ImportText, imports: readonly MissingImport[]): FindingDetails {
  return {
    message: `The module imports ${what}: ${importList(imports)}.`,
    hint: `Nodes would refuse to run it. ${hint}`,
    data: { count: imports.length, first: importList(imports.slice(0, 1)) },
  };
}
