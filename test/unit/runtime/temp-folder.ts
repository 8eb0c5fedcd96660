import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface TempFolder {
  path(name: string): string;
  /** Returns the file's path. */
  write(name: string, content: string | Uint8Array): string;
}

/** Creates a new folder for each test of the surrounding `describe`, and removes it after the test. */
export function useTempFolder(): TempFolder {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'pvf-runtime-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const pathOf = (name: string) => path.join(folder, name);
  return {
    path: pathOf,
    write: (name, content) => {
      writeFileSync(pathOf(name), content);
      return pathOf(name);
    },
  };
}
