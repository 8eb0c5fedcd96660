/** Recognizes JSON documents that are no chain spec. */
import type { InputFault } from '../input-error.ts';
import { errorAnswer } from './text-files.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function recognizeJson(value: unknown): InputFault {
  const known = isObject(value) ? (srtoolDigest(value) ?? report(value) ?? serverError(value)) : undefined;
  return (
    known ?? {
      id: 'bad-chain-spec',
      cause: 'this is JSON, but not a chain spec: it has no "genesis"',
      remedy: specRemedy,
    }
  );
}

export const specRemedy = 'Export the chain spec again, or use the wasm file itself.';

/** The digest of `srtool build --json`: since 0.9.4 with `runtimes`, before with `wasm`. */
function srtoolDigest(value: JsonObject): InputFault | undefined {
  const { info, gen, runtimes, wasm } = value;
  const generator = isObject(info) && isObject(info['generator']) ? info['generator']['name'] : gen;
  const isSrtool = typeof generator === 'string' && /^srtool\b/.test(generator);
  const files = isObject(runtimes) ? [runtimes['compressed'], runtimes['compact']] : [{ wasm }];
  const path = files
    .map((file) => (isObject(file) ? file['wasm'] : undefined))
    .find((file): file is string => typeof file === 'string');
  if (!isSrtool && !(isObject(runtimes) && path !== undefined)) return undefined;
  return {
    id: 'srtool-digest',
    cause: 'this is a digest of srtool, not the runtime that it describes',
    remedy:
      path === undefined
        ? 'Give the path of the wasm file that srtool built.'
        : `Give the path of the wasm file that it describes: ${quotePath(path)}.`,
  };
}

/** Paths are not clipped as short as other text, so that users can copy them. */
function quotePath(path: string): string {
  return path.slice(0, 400).replace(/[\p{C}\s]+/gu, ' ');
}

function report(value: JsonObject): InputFault | undefined {
  const { schemaVersion, runtime, tool } = value;
  if (schemaVersion === undefined || !isObject(tool) || !isObject(runtime)) return undefined;
  const path = runtime['path'];
  return {
    id: 'report',
    cause: 'this is a report of this tool, not the runtime that it describes',
    remedy:
      typeof path === 'string'
        ? `Give the path of the runtime: ${quotePath(path)}. A report can be a --baseline.`
        : 'Give the path of the runtime. A report can be a --baseline.',
  };
}

/** Such as `{"message": "Not Found", "status": "404"}` of GitHub. */
function serverError(value: JsonObject): InputFault | undefined {
  const { error, errors, message, status, documentation_url: docs, detail } = value;
  const inner = isObject(error) ? error['message'] : error;
  const [first] = Array.isArray(errors) ? errors : [];
  const listed = isObject(first) ? first['message'] : first;
  const isAnswer = error !== undefined || errors !== undefined || status !== undefined || docs !== undefined;
  const isShort = Object.keys(value).length <= 2;
  const text = [inner, listed, message, detail].find((one): one is string => typeof one === 'string' && one !== '');
  return text !== undefined && (isAnswer || isShort) ? errorAnswer(text) : undefined;
}
