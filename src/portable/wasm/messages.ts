/** What the main thread and an engine's thread send each other: one command at a time, one reply to each. */

export interface CommandTable {
  /** Makes the instance. The module is cloned, but V8 shares its machine code among threads. */
  readonly load: { readonly params: { readonly module: WebAssembly.Module }; readonly value: Record<never, never> };
  /** Everything before the compiler: options, decompression, prevalidation, instrumentation. */
  readonly front: {
    readonly params: { readonly options: string; readonly code: Uint8Array };
    readonly value: FrontFacts;
  };
  /** The instrumented code, for the threads that compile the other shards. */
  readonly instrumented: {
    readonly params: Record<never, never>;
    readonly value: { readonly code: SharedArrayBuffer };
  };
  /** Compiles one shard of another thread's instrumented code, and returns its functions. */
  readonly shard: {
    readonly params: {
      readonly options: string;
      readonly code: SharedArrayBuffer;
      readonly index: number;
      readonly count: number;
    };
    readonly value: { readonly store: Uint8Array; readonly peakBytes: number };
  };
  /** The same for the primary thread, whose functions stay where they are. */
  readonly ownShard: {
    readonly params: { readonly index: number; readonly count: number };
    readonly value: Record<never, never>;
  };
  /** Takes in functions that were compiled before. */
  readonly import: { readonly params: { readonly store: Uint8Array }; readonly value: { readonly entries: number } };
  readonly compile: { readonly params: CompileParams; readonly value: CompileFacts };
  /** All functions that the job needed. */
  readonly export: { readonly params: Record<never, never>; readonly value: { readonly store: Uint8Array } };
}

export interface CompileParams {
  /** All options again: only now is it known whether there is a store. */
  readonly options: string;
  /** Whether the runtime-construction check follows. */
  readonly construct: boolean;
}

export interface FrontFacts {
  /** Bytes after decompression. */
  readonly codeLength: number;
  readonly functions: number;
  readonly instrumentedBytes: number;
  /** Which runtime it is, whatever its version; names its place in the store. */
  readonly identity: string;
  readonly timings: readonly Timing[];
}

export interface CompileFacts {
  readonly artifact: Uint8Array;
  readonly peakBytes: number;
  /** After instrumentation. */
  readonly functions: number;
  /** Functions that were not in the store; 0 without a store. */
  readonly misses: number;
  readonly timings: readonly Timing[];
}

export interface Timing {
  readonly step: string;
  /** CPU time of the thread. */
  readonly ms: number;
}

export type CommandName = keyof CommandTable;
export type Params<Name extends CommandName> = CommandTable[Name]['params'];
export type Value<Name extends CommandName> = CommandTable[Name]['value'];

export type Command = { readonly [Name in CommandName]: { readonly name: Name } & Params<Name> }[CommandName];

/** How a command ended. `cpuMs` is the thread's CPU time since its job began. */
export type CommandOutcome<Result> = { readonly cpuMs: number } & (
  | { readonly kind: 'done'; readonly value: Result }
  /** The engine's verdict on the code: discriminant and text of a `PrepareError`. */
  | { readonly kind: 'refused'; readonly code: number; readonly text: string }
  /** The instance died; `status` as in engine/src/status.rs. */
  | { readonly kind: 'trapped'; readonly status: number; readonly text: string }
);

export interface ProgressMessage {
  readonly kind: 'progress';
  readonly done: number;
  readonly total: number;
  readonly cpuMs: number;
}

/** Sent at once: instrumenting a large runtime takes longer than a user waits for a first sign of progress. */
export interface DecompressedMessage {
  readonly kind: 'decompressed';
  readonly bytes: number;
  readonly cpuMs: number;
}

export type ReportMessage = ProgressMessage | DecompressedMessage;
export type ThreadMessage = CommandOutcome<Value<CommandName>> | ReportMessage;
