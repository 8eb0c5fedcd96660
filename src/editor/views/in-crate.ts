import path from 'node:path';

/** Is the file part of the crate, and no output of its build? */
export function isInCrate(file: string, manifestPath: string): boolean {
  const way = path.relative(path.dirname(manifestPath), file);
  const [first] = way.split(path.sep);
  return way !== '' && first !== '..' && first !== 'target' && !path.isAbsolute(way);
}
