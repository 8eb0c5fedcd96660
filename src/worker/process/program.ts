/** How a prepare worker is started: the file to run, and what that needs before and beside the words of the protocol. */
export interface Program {
  readonly file: string;
  readonly leadingArgs: readonly string[];
  /** Beside `RUST_LOG`, the only variable that Polkadot's workers may have. */
  readonly env: Readonly<Record<string, string>>;
  /** What messages call it. */
  readonly name: string;
}

/** A worker that is a program by itself, as Polkadot's are. */
export function programAt(path: string): Program {
  return { file: path, leadingArgs: [], env: {}, name: path };
}
