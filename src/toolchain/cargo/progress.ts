/** Where a build is; `elapsedMs` counts from its start. */
export type BuildProgress =
  /** Another process builds the same; its result will be ours. */
  | { readonly phase: 'waiting'; readonly pid?: number; readonly elapsedMs: number }
  /** cargo gets the crates ready; `message` is what it says. */
  | { readonly phase: 'fetching'; readonly message: string; readonly elapsedMs: number }
  | {
      readonly phase: 'compiling';
      /** Units of cargo's: crates, build scripts and their runs. */
      readonly done: number;
      readonly total: number;
      /** One that is in the making. */
      readonly crate?: string;
      readonly elapsedMs: number;
    }
  | { readonly phase: 'installing'; readonly elapsedMs: number };
