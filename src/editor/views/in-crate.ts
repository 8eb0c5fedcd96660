import path from 'node:path';
import { isInside } from '../../base/paths.ts';

/** Is the file part of the crate, and no output of its build? */
export function isInCrate(file: string, manifestPath: string): boolean {
  const folder = path.dirname(manifestPath);
  return file !== folder && isInside(file, folder) && !isInside(file, path.join(folder, 'target'));
}
