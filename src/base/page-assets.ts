import { readFile } from 'node:fs/promises';
import { packageFolder, pages } from './bundles.ts';

/** The script and the style of the charts' page, to put into a static HTML file. */
export interface PageAssets {
  readonly script: string;
  readonly style: string;
}

/** Reads the built page. Rejects with the system's error when the package is not built. */
export async function readPageAssets(): Promise<PageAssets> {
  const { files } = pages.charts;
  const [script, style] = await Promise.all(
    [files.script, files.style].map((file) => readFile(new URL(file, packageFolder), 'utf8')),
  );
  return { script: script ?? '', style: style ?? '' };
}
