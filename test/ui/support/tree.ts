import type { Locator } from 'playwright-core';
import { eventually } from './eventually.ts';
import { exactly, plain } from './text.ts';
import type { Workbench } from './workbench.ts';

/** The visible text of the Runtimes view. */
export interface RuntimesTree {
  /** The visible rows as label and description: `Sizes: 338.9 KiB`. */
  lines(): Promise<string[]>;
  /** Waits for a row with the label and a matching description. */
  line(label: string, description: RegExp): Promise<string>;
  /** Waits for the row with the label. */
  row(label: string): Promise<Locator>;
  /** Expands rows in the given order: parents first. */
  open(...labels: readonly string[]): Promise<void>;
}

const CONTAINER = 'Polkadot PVF';
/** Long enough for a preparation. */
const LINE_MS = 120_000;

/** Opens the view. */
export async function runtimesTree(workbench: Workbench): Promise<RuntimesTree> {
  const rows = await workbench.treeRows(CONTAINER);
  const { page } = workbench;
  const row = async (label: string) => {
    const found = rows.filter({ has: page.locator('.label-name', { hasText: exactly(label) }) }).first();
    await found.waitFor();
    return found;
  };
  const lines = async () => {
    // All at once, because rows change while the view is redrawn.
    const texts = await rows.evaluateAll((elements) =>
      elements.map((element) =>
        ['.label-name', '.label-description'].map((part) => element.querySelector(part)?.textContent ?? ''),
      ),
    );
    return texts.map(([label = '', description = '']) => plain(`${label}: ${description}`));
  };
  return {
    lines,
    row,
    line: async (label, description) => {
      const wanted = (line: string) => line.startsWith(`${label}: `) && description.test(line.slice(label.length + 2));
      const what = `the tree has ${label}: ${description}`;
      return (await eventually(what, lines, (all) => all.some(wanted), LINE_MS)).find(wanted) ?? '';
    },
    open: async (...labels) => {
      for (const label of labels) {
        const found = await row(label);
        if ((await found.getAttribute('aria-expanded')) === 'true') continue;
        await found.locator('.monaco-tl-twistie').click();
        const isOpen = async () => (await row(label)).getAttribute('aria-expanded');
        await eventually(`${label} is open`, isOpen, (value) => value === 'true');
      }
    },
  };
}
