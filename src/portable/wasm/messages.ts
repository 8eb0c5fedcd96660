/** What the main thread and an engine's thread say to each other: one command at a time, one reply to each. */

export interface CommandTable {
  /** Makes the instance. The module can be cloned; V8 shares its machine code among threads. */
  readonly load: { readonly asks: { readonly module: WebAssembly.Module }; readonly gives: Record<never, never> };
  /** Everything before the compiler: options, decompression, prevalidation, instrumentation. */
  readonly front: {
    readonly asks: { readonly options: string; readonly code: Uint8Array };
    readonly gives: FrontFacts;
  };
  /** The instrumented code, for the threads of the shards. */
  readonly instrumented: { readonly asks: Record<never, never>; readonly gives: { readonly code: SharedArrayBuffer } };
  /** Compiles one share of another thread's instrumented code; gives the store of it. */
  readonly share: {
    readonly asks: {
      readonly options: string;
      readonly code: SharedArrayBuffer;
      readonly index: number;
      readonly count: number;
    };
    readonly gives: { readonly store: Uint8Array; readonly peakBytes: number };
  };
  /** The same for the leader, whose store stays where it is. */
  readonly ownShare: {
    readonly asks: { readonly index: number; readonly count: number };
    readonly gives: Record<never, never>;
  };
  /** Takes in functions that were compiled before. */
  readonly import: { readonly asks: { readonly store: Uint8Array }; readonly gives: { readonly entries: number } };
  readonly compile: { readonly asks: CompileAsks; readonly gives: CompileFacts };
  /** All functions that the job needed. */
  readonly export: { readonly asks: Record<never, never>; readonly gives: { readonly store: Uint8Array } };
}

export interface CompileAsks {
  /** The whole of them: whether there is a store is known only now. */
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
  /** Functions that the store had not; 0 without a store. */
  readonly misses: number;
  readonly timings: readonly Timing[];
}

export interface Timing {
  readonly step: string;
  /** Of the thread's CPU. */
  readonly ms: number;
}

export type CommandName = keyof CommandTable;
export type Asks<Name extends CommandName> = CommandTable[Name]['asks'];
export type Gives<Name extends CommandName> = CommandTable[Name]['gives'];

export type Command = { readonly [Name in CommandName]: { readonly name: Name } & Asks<Name> }[CommandName];

/** How a command ended. `cpuMs`: of the thread since its job began. */
export type Ending<Value> = { readonly cpuMs: number } & (
  | { readonly kind: 'done'; readonly value: Value }
  /** The engine's verdict on the code: discriminant and text of a `PrepareError`. */
  | { readonly kind: 'refused'; readonly code: number; readonly text: string }
  /** The instance ended; `status` as in engine/src/status.rs. */
  | { readonly kind: 'trapped'; readonly status: number; readonly text: string }
);

export interface ProgressMessage {
  readonly kind: 'progress';
  readonly done: number;
  readonly total: number;
  readonly cpuMs: number;
}

/** Told at once: instrumentation of a large runtime takes longer than a person expects to wait for a first sign. */
export interface DecompressedMessage {
  readonly kind: 'decompressed';
  readonly bytes: number;
  readonly cpuMs: number;
}

export type ReportMessage = ProgressMessage | DecompressedMessage;
export type ThreadMessage = Ending<Gives<CommandName>> | ReportMessage;
