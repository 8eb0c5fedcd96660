/** The output lines of the native helper (engine/src/bin/pvf-engine/answer.rs), one JSON object each. */

export type HelperLine =
  | { readonly kind: 'decompressed'; readonly bytes: number }
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | HelperAnswer;

/** The last line of a helper. */
export type HelperAnswer =
  | ({
      readonly kind: 'ok';
      /** Bytes after decompression. */
      readonly codeLength: number;
      readonly functions: number;
      readonly instrumentedBytes: number;
    } & Figures)
  /** `code` and `text` are those of a `PrepareError`, or a status of engine/src/status.rs when the job died. */
  | ({ readonly kind: 'err'; readonly code: number; readonly text: string } & Figures);

interface Figures {
  /** CPU time of the whole process; undefined if the system does not report it. */
  readonly cpuMs: number | undefined;
  readonly peakBytes: number;
  readonly steps: readonly { readonly step: string; readonly ms: number }[];
}

/** A parsed line. */
interface Raw {
  readonly progress?: readonly number[];
  readonly decompressed?: number;
  readonly ok?: { readonly code_length: number; readonly functions: number; readonly instrumented_length: number };
  readonly err?: { readonly code: number; readonly text: string };
  readonly cpu_micros?: number | null;
  readonly peak_tracked_alloc?: number;
  readonly step_micros?: Readonly<Record<string, number>>;
}

/** Undefined for other text, and for a truncated line. */
export function readHelperLine(line: string): HelperLine | undefined {
  let raw: Raw;
  try {
    raw = JSON.parse(line) as Raw;
  } catch {
    return undefined;
  }
  const { progress, decompressed, ok, err } = raw;
  if (decompressed !== undefined) return { kind: 'decompressed', bytes: decompressed };
  if (progress !== undefined) return { kind: 'progress', done: progress[0] ?? 0, total: progress[1] ?? 0 };
  if (err !== undefined) return { kind: 'err', code: err.code, text: err.text, ...figures(raw) };
  if (ok === undefined) return undefined;
  const { code_length: codeLength, functions, instrumented_length: instrumentedBytes } = ok;
  return { kind: 'ok', codeLength, functions, instrumentedBytes, ...figures(raw) };
}

function figures({ cpu_micros: micros, peak_tracked_alloc: peakBytes = 0, step_micros: steps = {} }: Raw): Figures {
  return {
    cpuMs: typeof micros === 'number' ? micros / 1000 : undefined,
    peakBytes,
    steps: Object.entries(steps).map(([step, spent]) => ({ step, ms: spent / 1000 })),
  };
}
