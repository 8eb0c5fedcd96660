/** Keeps compiled functions between jobs: what an engine may use of a store. It can only make a job shorter. */
export interface FunctionStore {
  /** What was saved under the key, if it is there and whole. Never rejects. */
  read(key: string): Promise<Uint8Array | undefined>;
  /** Returns at once; takes the bytes over. Failures are logged. */
  save(key: string, functions: Uint8Array): void;
  /** Resolves when nothing is being saved. */
  idle(): Promise<void>;
}
