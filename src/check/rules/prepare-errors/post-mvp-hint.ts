/** Explains an error by a feature beyond the first version of WebAssembly, and names the place of its first use. */
import { paragraphs } from '../../../base/text.ts';
import type { RuleInfo } from '../../../model/rule-info.ts';
import type { NamedPostMvpUse } from '../../../runtime/post-mvp-names.ts';
import type { WasmFeature } from '../../../wasm/features.ts';
import type { FindingDetails, OutcomeContext, Rule } from '../rule.ts';
import { type ErrorPatterns, parserError } from './prepare-error-hint.ts';

/** The fix when the toolchain, not the runtime's own code, made the module unfit for validators. */
export const stockToolchain =
  'Build with Rust 1.84 or newer and the target wasm32v1-none (rustup target add wasm32v1-none), or with an older Rust and the rust-src component. Compile C dependencies with -mcpu=mvp.';

/** For the docs of everything that the validators' parser does not know. */
export const mvpOnly = paragraphs(`
  Before a worker compiles a module, it parses it with parity-wasm, which knows only the first version of WebAssembly
  (MVP) and rejects all later features (prepare-worker 29.0.0, parity-wasm 0.45). Such code comes from the toolchain, not
  from the runtime's sources: from the prebuilt \`core\` and \`alloc\` of a recent Rust, from a debug build of the blob, or
  from a dependency in C (polkadot-sdk issues 1755, 3192 and 5777). The error is deterministic: every validator rejects
  the blob.

  Use Rust 1.84 or newer and add the target \`wasm32v1-none\`. wasm-builder then uses it by default (polkadot-sdk PR
  7008). With an older Rust, add the \`rust-src\` component, so that wasm-builder rebuilds \`core\` and \`alloc\`. Compile
  dependencies in C with \`-mcpu=mvp\`.
`);

export interface PostMvpHint extends Pick<RuleInfo, 'id' | 'title'> {
  /** The features, each in words that follow "it uses". The first is the one that an error's text stands for. */
  readonly features: Readonly<Partial<Record<WasmFeature, string>>>;
  /** Words for an error whose place is unknown, where its text may stand for several features. */
  readonly anyFeature?: string;
  /** How the error shows the feature. */
  readonly sign: string;
  readonly when: ErrorPatterns;
  /** Default: `stockToolchain`. */
  readonly hint?: string;
}

export function postMvp({
  id,
  title,
  features,
  anyFeature,
  sign,
  when,
  hint = stockToolchain,
}: PostMvpHint): Rule<'outcome'> {
  const [first = 'a later feature'] = Object.values(features);
  return {
    id,
    title,
    about: 'outcome',
    severity: 'error',
    place: 'build-script',
    docs: `${paragraphs(sign)}\n\n${mvpOnly}`,
    run: ({ error, postMvp }) => {
      if (!error) return [];
      const found = error.tag === 'Prevalidation' && postMvp && features[postMvp.feature] !== undefined;
      const applies = isMisread(error, postMvp) ? found : when[error.tag]?.test(error.text);
      if (!applies) return [];
      const uses = (found && features[postMvp.feature]) ?? anyFeature ?? first;
      const message = `Validators would reject it: it uses ${uses}.`;
      return [
        found ? { message: `${message} ${placeText(postMvp)}`, hint, data: placeData(postMvp) } : { message, hint },
      ];
    },
  };
}

/** The parser takes some features for something else, so its error says nothing about the cause. */
function isMisread({ tag, text }: NonNullable<OutcomeContext['error']>, postMvp: NamedPostMvpUse | undefined): boolean {
  return postMvp?.isMisread === true && tag === 'Prevalidation' && parserError('').test(text);
}

/** Names the first use of the feature and the first function that has it. */
function placeText({ name, offset, inFunction }: NamedPostMvpUse): string {
  if (!inFunction) return `The first use is at offset ${hex(offset)}: ${name}.`;
  const { index, functionName, name: instruction } = inFunction;
  const at = `function ${index}, offset ${hex(inFunction.offset)}`;
  const place = functionName === undefined ? at : `\`${functionName}\` (${at})`;
  const inCode = `${offset === inFunction.offset ? 'The first one' : 'The first instruction'} is in ${place}: ${instruction}.`;
  return offset === inFunction.offset ? inCode : `The first use is at offset ${hex(offset)}: ${name}. ${inCode}`;
}

function placeData({ feature, name, offset, inFunction }: NamedPostMvpUse): NonNullable<FindingDetails['data']> {
  return {
    feature,
    first: name,
    offset,
    ...(inFunction && { function: inFunction.index, functionOffset: inFunction.offset }),
    ...(inFunction?.functionName !== undefined && { functionName: inFunction.functionName }),
  };
}

function hex(offset: number): string {
  return `0x${offset.toString(16)}`;
}

/** Any of these types, as a value, a block's result or a table's element. */
export function unknownType(...codes: readonly number[]): string {
  return `Unknown(?:ValueType|BlockType|TableElementType)\\((?:${codes.join('|')})\\)`;
}
