/** How to start a prepare worker. */
export interface Program {
  readonly file: string;
  /** Arguments before those of the protocol. */
  readonly leadingArgs: readonly string[];
  /** Environment variables in addition to `RUST_LOG`, the only one that Polkadot's workers may have. */
  readonly env: Readonly<Record<string, string>>;
  /** The worker's name in messages. */
  readonly name: string;
}

/** A worker that is a stand-alone program, such as Polkadot's own. */
export function programAt(path: string): Program {
  return { file: path, leadingArgs: [], env: {}, name: path };
}
