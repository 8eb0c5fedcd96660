/** `PrepareError` in SCALE. Source: polkadot-node-core-pvf-common 29.0.0 `error.rs`. */
import { _void, type CodecType, Enum, i32, Option, Struct } from 'scale-ts';
import { text } from './scale.ts';

/** A variant's discriminant is its index. */
const variants = {
  Prevalidation: text,
  Preparation: text,
  /** Pre-checking only. */
  RuntimeConstruction: text,
  JobError: text,
  TimedOut: _void,
  IoErr: text,
  CreateTmpFile: text,
  RenameTmpFile: Struct({ err: text, src: Option(text), dest: Option(text) }),
  OutOfMemory: _void,
  ClearWorkerDir: text,
  JobDied: Struct({ err: text, jobPid: i32 }),
  Kernel: text,
  CouldNotDecompressCodeBlob: text,
};

export const prepareError = Enum(variants);
export type PrepareError = CodecType<typeof prepareError>;

/** Returns undefined when no variant has the discriminant, or when the variant has more content than a text. */
export function prepareErrorFrom(code: number, message: string): PrepareError | undefined {
  const [tag, content]: readonly unknown[] = Object.entries(variants)[code] ?? [];
  if (content === text) return { tag, value: message } as PrepareError;
  return content === _void ? ({ tag, value: undefined } as PrepareError) : undefined;
}

/** Up to pvf-common 5, `JobDied` has a text but no pid. */
export const prepareErrorWithoutJobPid = Enum({ ...variants, JobDied: text });

/** `PrepareError::is_deterministic`: whether the same blob fails the same way on every machine. */
export function isDeterministic(error: PrepareError): boolean {
  switch (error.tag) {
    case 'Prevalidation':
    case 'Preparation':
    case 'JobError':
    case 'OutOfMemory':
    case 'CouldNotDecompressCodeBlob':
      return true;
    case 'RuntimeConstruction':
    case 'TimedOut':
    case 'IoErr':
    case 'CreateTmpFile':
    case 'RenameTmpFile':
    case 'ClearWorkerDir':
    case 'JobDied':
    case 'Kernel':
      return false;
  }
}

/** The text of the error; empty when the variant has none. */
export function messageOf(error: PrepareError): string {
  switch (error.tag) {
    case 'TimedOut':
    case 'OutOfMemory':
      return '';
    case 'RenameTmpFile':
    case 'JobDied':
      return error.value.err;
    default:
      return error.value;
  }
}

/** Rust's `{:?}` of an `Option<String>`. */
const debugOption = (path: string | undefined) => (path === undefined ? 'None' : `Some(${JSON.stringify(path)})`);

/** The error as Polkadot's `Display` prints it. Validators find this text in their logs. */
export function display(error: PrepareError): string {
  switch (error.tag) {
    case 'Prevalidation':
      return `prepare: prevalidation error: ${error.value}`;
    case 'Preparation':
      return `prepare: preparation error: ${error.value}`;
    case 'RuntimeConstruction':
      return `prepare: runtime construction: ${error.value}`;
    case 'JobError':
      return `prepare: job error: ${error.value}`;
    case 'TimedOut':
      return 'prepare: timeout';
    case 'IoErr':
      return `prepare: io error while receiving response: ${error.value}`;
    case 'CreateTmpFile':
      return `prepare: error creating tmp file: ${error.value}`;
    case 'RenameTmpFile': {
      const { err, src, dest } = error.value;
      return `prepare: error renaming tmp file (${debugOption(src)} -> ${debugOption(dest)}): ${err}`;
    }
    case 'OutOfMemory':
      return 'prepare: out of memory';
    case 'ClearWorkerDir':
      return `prepare: error clearing worker cache: ${error.value}`;
    case 'JobDied':
      return `prepare: prepare job with pid ${error.value.jobPid} died: ${error.value.err}`;
    case 'Kernel':
      return `prepare: error interfacing with the kernel: ${error.value}`;
    case 'CouldNotDecompressCodeBlob':
      return `prepare: could not decompress code blob: ${error.value}`;
  }
}
