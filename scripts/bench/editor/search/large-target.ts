import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const PROFILES = ['debug', 'release'];
const FOLDERS = ['deps', 'build', 'incremental', '.fingerprint'];
const IN_EACH = 125;
const FILES = 100;

/** Creates a target folder like Cargo's with 100 000 files, without blobs. Returns the number of files. */
export function makeLargeTarget(workspace: string): number {
  let count = 0;
  for (const profile of PROFILES) {
    for (const name of FOLDERS) {
      for (let n = 0; n < IN_EACH; n += 1) {
        const folder = path.join(workspace, 'target', profile, name, `crate-${n}`);
        mkdirSync(folder, { recursive: true });
        for (let file = 0; file < FILES; file += 1) writeFileSync(path.join(folder, `${file}.o`), '');
        count += FILES;
      }
    }
  }
  return count;
}
