import { paragraphs } from '../../../base/text.ts';
import type { ImportFamily, MissingImport } from '../../../runtime/host-imports.ts';
import type { FindingDetails, Rule } from '../rule.ts';
import { importList } from './import-list.ts';

interface FamilyText {
  /** Follows "The module imports ". */
  readonly what: string;
  readonly hint: string;
}

/** The families that have no rule of their own. */
const families = {
  'panic-handler': {
    what: "Rust's panic handler, which was not linked",
    hint: 'This is polkadot-sdk issue 8190, with Rust 1.87 or newer. Update to an SDK with PR 8198, or build with an older Rust.',
  },
  tracing: {
    what: 'host functions for tracing, which only tracing nodes offer',
    hint: 'This is a tracing build (a code override for tracing nodes). Never register it: build again without the tracing feature.',
  },
  experimental: {
    what: 'experimental host functions, which no node in production offers',
    hint: 'Build without the experimental feature (bls-experimental, bandersnatch-experimental, a curve outside RFC 163), or compute it in the runtime.',
  },
  removed: {
    what: 'host functions of early Substrate, which today no node offers',
    hint: 'The SDK of the runtime is too old for the nodes of today. Update the SDK and build again.',
  },
  'unknown-version': {
    what: 'host functions, or versions of them, that no known node offers',
    hint: "The runtime's SDK is newer than the nodes that this tool knows (sp-io 49.0.0), or it has changes of its own. Build with a released SDK, and update all collators first.",
  },
  custom: {
    what: 'host functions of its own, which validators do not offer',
    hint: 'A parachain can have no custom host functions (polkadot issue 4847). Move the code into the runtime, or remove the crate that declares them with #[runtime_interface].',
  },
  'not-linked': {
    what: 'functions that no node offers, because C or assembly code of a dependency was not linked',
    hint: 'Find the dependency by the names (ring, secp256k1-sys and other bindings to C are usual). Disable the feature that needs it, or use a crate in pure Rust.',
  },
  'other-module': {
    what: 'from a module other than env',
    hint: 'A dependency needs a browser or WASI (wasm-bindgen, getrandom with its js feature, std). Build it without std, or remove it.',
  },
  'not-a-function': {
    what: 'a table or a global, which no node provides',
    hint: 'A runtime may import only functions and its memory. Let wasm-builder set the linker flags.',
  },
} satisfies { readonly [Family in ImportFamily]?: FamilyText };

/** The worker refuses these in pre-checking, with an error that another rule explains. */
const refusedByWorkers: ReadonlySet<string> = new Set(['other-module', 'not-a-function']);

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
    Names without \`ext_\`: C or assembly of a dependency that was not linked, such as \`ring\` or \`secp256k1-sys\`. A
    module other than \`env\`: wasm-bindgen or WASI.

    If your nodes do offer the function, and validators never call it, allow the finding.
  `),
  run({ facts: { missingImports = [] }, prepareError }) {
    const isRefused = prepareError === 'RuntimeConstruction';
    return Object.entries<FamilyText>(families).flatMap(([family, text]) => {
      if (isRefused && refusedByWorkers.has(family)) return [];
      const imports = missingImports.filter((missing) => missing.family === family);
      return imports.length === 0 ? [] : [detailsOf(text, imports)];
    });
  },
};

function detailsOf({ what, hint }: FamilyText, imports: readonly MissingImport[]): FindingDetails {
  return {
    message: `The module imports ${what}: ${importList(imports)}.`,
    hint: `Nodes would refuse to run it. ${hint}`,
    data: { count: imports.length, first: importList(imports.slice(0, 1)) },
  };
}
