/** How far a build is. `elapsedMs` counts from its start. */
export type BuildProgress =
  /** Another process builds the same program; we wait for its result. */
  | { readonly phase: 'waiting'; readonly pid?: number; readonly elapsedMs: number }
  /** cargo fetches the crates; `message` is from cargo. */
  | { readonly phase: 'fetching'; readonly message: string; readonly elapsedMs: number }
  | {
      readonly phase: 'compiling';
      /** cargo's units: crates, build scripts and their runs. */
      readonly done: number;
      readonly total: number;
      /** One that is being built. */
      readonly crate?: string;
      readonly elapsedMs: number;
    }
  | { readonly phase: 'installing'; readonly elapsedMs: number };
