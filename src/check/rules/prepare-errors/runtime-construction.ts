/** `RuntimeConstruction`: the compiled code could not be linked with the host. Only pre-checking tries that. */
import { paragraphs } from '../../../base/text.ts';
import { importList, mistypedList } from '../blob/import-list.ts';
import { type ImportText, importTexts } from '../blob/import-texts.ts';
import type { Rule } from '../rule.ts';
import { anyText, prepareErrorHint } from './prepare-error-hint.ts';

export const runtimeConstructionRules: readonly Rule<'outcome'>[] = [
  withForeignImports(
    prepareErrorHint({
      id: 'non-env-import',
      place: 'build-script',
      title: 'The module imports from a module other than env.',
      docs: paragraphs(`
      Validators provide host functions only in the module \`env\`. An import from another module, such as
      \`wasi_snapshot_preview1\` or \`__wbindgen_placeholder__\`, means that a dependency was built for a browser or for
      WASI: wasm-bindgen, \`getrandom\` with its \`js\` feature, or anything with \`std\`.

      Find the dependency with \`cargo tree -e features\`. Build it without \`std\`, or remove it.
    `),
      when: { RuntimeConstruction: /^Other\("host doesn't provide any imports from non-env module/ },
      message: 'Validators would reject it: it imports from a module that they do not have, such as a browser or WASI.',
      hint: 'A dependency needs a browser or WASI (wasm-bindgen, getrandom with its js feature, std). Build it without std, or remove it.',
    }),
  ),
  withForeignImports(
    prepareErrorHint({
      id: 'non-function-import',
      place: 'build-script',
      title: 'The module imports a table or a global.',
      docs: paragraphs(`
      A runtime may import only functions and its memory.

      Let wasm-builder set the linker flags, and remove \`--import-table\` and your other flags from
      \`WASM_BUILD_RUSTFLAGS\` and from the build script.
    `),
      when: { RuntimeConstruction: /^Other\("host doesn't provide any non function imports/ },
      message: 'Validators would reject it: the module imports a table or a global.',
      hint: 'Let wasm-builder set the linker flags: remove --import-table and your other flags.',
    }),
  ),
  withTypes(
    prepareErrorHint({
      id: 'host-function-signature',
      place: 'manifest',
      title: 'A host function has a different type in the worker.',
      docs: paragraphs(`
      The module imports a host function with parameters or results that differ from the worker's. The runtime's SDK is
      newer or older than the worker, or a dependency declares the function by hand.

      Compare the SDK of the runtime with the release of the worker, and look for \`extern "C"\` declarations of \`ext_*\`
      functions in dependencies.
    `),
      when: { RuntimeConstruction: /^Other\("cannot preinstantiate module: incompatible import type/ },
      message: 'Validators would reject it: its declaration of a host function differs from theirs.',
      hint: "Compare the versions of the runtime's SDK and of the worker.",
    }),
  ),
  prepareErrorHint({
    id: 'worker-mismatch',
    place: 'manifest',
    title: 'Different wasmtime versions wrote and read the artifact.',
    docs: paragraphs(`
      The worker could not load the code that it had just compiled. The cause is binaries of different builds in one folder
      (polkadot-sdk issue 1548), or a binary that was replaced while it ran.

      Use worker binaries of one build. \`pvf workers\` lists the workers on this machine.
    `),
    when: { RuntimeConstruction: /^Other\("cannot deserialize module/ },
    message: 'Validators would reject it: the worker could not load the code that it had just compiled.',
    hint: 'Use worker binaries of one build.',
  }),
  prepareErrorHint({
    id: 'runtime-construction-error',
    place: 'manifest',
    title: 'The module could not be linked with the host functions of validators.',
    docs: paragraphs(`
      The module was compiled, but its imports could not be resolved, for a reason that no other finding explains.
      Polkadot does not call the error deterministic, but a validator that gets it votes against the blob.

      Compare the imports of the module with the host functions of the worker's release.
    `),
    when: { RuntimeConstruction: anyText },
    message: 'Validators would reject it: the module could not be linked with their host functions.',
    hint: "Compare its imports with the host functions of the worker's release.",
  }),
];

/** Names the imports that the worker refused, with the remedy of their family. */
function withForeignImports(rule: Rule<'outcome'>): Rule<'outcome'> {
  return {
    ...rule,
    run: (context) => {
      const [details] = rule.run(context);
      if (details === undefined) return [];
      const { missingImports = [] } = context.facts;
      const isModule = rule.id === 'non-env-import';
      const refused = missingImports.filter(({ module, kind }) =>
        isModule ? module !== 'env' : module === 'env' && kind !== 'function',
      );
      const [first] = refused;
      const text: ImportText | undefined =
        first && new Map<string, ImportText>(Object.entries(importTexts)).get(first.family);
      if (first === undefined || text === undefined) return [details];
      const same = importList(refused.filter(({ family }) => family === first.family));
      return [
        { ...details, message: `Validators would reject it: it imports ${text.what}: ${same}.`, hint: text.hint },
      ];
    },
  };
}

/** Names the host functions, and both types of each. */
function withTypes(rule: Rule<'outcome'>): Rule<'outcome'> {
  return {
    ...rule,
    run: (context) => {
      const [details] = rule.run(context);
      const { mistypedImports = [] } = context.facts;
      if (details === undefined || mistypedImports.length === 0) return details === undefined ? [] : [details];
      const message = `Validators would reject it: it imports ${mistypedList(mistypedImports)}.`;
      const data = { count: mistypedImports.length, first: mistypedImports[0]?.name ?? '' };
      return [{ ...details, message, data }];
    },
  };
}
