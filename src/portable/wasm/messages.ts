/** Messages between the main thread and an engine's thread: one command at a time, with one reply each. */

/** A command without parameters, or a reply without a value. */
type Nothing = Record<never, never>;

interface CommandTable {
  /** Creates the instance. The module is cloned, but its machine code is shared between threads. */
  readonly load: { readonly params: { readonly module: WebAssembly.Module }; readonly value: Nothing };
  /** The steps before the compiler: options, decompression, prevalidation, instrumentation. */
  readonly front: {
    readonly params: { readonly options: string; readonly code: Uint8Array };
    readonly value: FrontFacts;
  };
  /** Returns the instrumented code, for the threads that compile the other shards. */
  readonly instrumented: {
    readonly params: Nothing;
    readonly value: { readonly code: SharedArrayBuffer };
  };
  /** Compiles one shard of another thread's instrumented code, and returns its functions. */
  readonly shard: {
    readonly params: {
      readonly options: string;
      readonly code: SharedArrayBuffer;
      readonly index: number;
      readonly count: number;
      /** Whether the options ask for costs. */
      readonly costs: boolean;
    };
    readonly value: ShardFunctions & { readonly peakBytes: number };
  };
  /** The same on the primary thread, which keeps its functions. */
  readonly ownShard: {
    readonly params: { readonly index: number; readonly count: number };
    readonly value: Nothing;
  };
  /** Imports functions that were compiled before. */
  readonly import: { readonly params: ShardFunctions; readonly value: Nothing };
  readonly compile: {
    readonly params: {
      /** All options again, since the use of a store is decided only now. */
      readonly options: string;
      /** Whether the runtime-construction check follows. */
      readonly construct: boolean;
      /** Whether the options ask for costs. */
      readonly costs: boolean;
    };
    readonly value: CompileFacts;
  };
  /** Returns all functions that the job needed. */
  readonly export: { readonly params: Nothing; readonly value: { readonly store: Uint8Array } };
}

/** Functions that another thread or an earlier job compiled. */
interface ShardFunctions {
  readonly store: Uint8Array;
  /** What each cost, if that was measured. */
  readonly costs?: Uint8Array;
}

export interface FrontFacts {
  /** Bytes after decompression. */
  readonly codeLength: number;
  readonly functions: number;
  readonly instrumentedBytes: number;
  /** Identifies the runtime independent of its version. Part of its key in the store. */
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
  /** What each function cost, if that was measured. */
  readonly costs?: Uint8Array;
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

/** The result of a command. `cpuMs` is the thread's CPU time since its job began. */
export type CommandOutcome<Result> = { readonly cpuMs: number } & (
  | { readonly kind: 'done'; readonly value: Result }
  /** The engine refused the code: discriminant and text of a `PrepareError`. */
  | { readonly kind: 'refused'; readonly code: number; readonly text: string }
  /** The instance trapped. `status` is one of engine/src/status.rs. */
  | { readonly kind: 'trapped'; readonly status: number; readonly text: string }
);

/** A progress report while a command runs. */
export type ReportMessage = { readonly cpuMs: number } & (
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  /** Sent before the long instrumentation, as a first sign of progress. */
  | { readonly kind: 'decompressed'; readonly bytes: number }
);
export type ThreadMessage = CommandOutcome<Value<CommandName>> | ReportMessage;
