/** Stores compiled functions between jobs. A store only makes jobs shorter; no result depends on it. */
export interface FunctionStore {
  /** What was saved under the key; undefined if that is missing or damaged. Never rejects. */
  read(key: string): Promise<Uint8Array | undefined>;
  /** Returns at once and owns the bytes from then on. Failures are logged. */
  save(key: string, functions: Uint8Array): void;
  /** Resolves when nothing is being saved. */
  idle(): Promise<void>;
}
