/** A real VS Code workbench with the packed extension, in a headless browser, for one suite of UI tests. */
import { cpSync } from 'node:fs';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { findChromium, launchChromium } from '../../../scripts/vscode-rig/chromium.ts';
import { root } from '../../../scripts/vscode-rig/folders.ts';
import { keepLogs } from '../../../scripts/vscode-rig/keep-logs.ts';
import { packedExtension } from '../../../scripts/vscode-rig/packed-extension.ts';
import { provision } from '../../../scripts/vscode-rig/provision.ts';
import { type Rig, rigNamed } from '../../../scripts/vscode-rig/rigs.ts';
import { installVsix, startServer } from '../../../scripts/vscode-rig/server.ts';
import { keepConsole } from '../../../scripts/vscode-rig/server-rig.ts';
import { workbenchUrl } from '../../../scripts/vscode-rig/workbench-url.ts';
import { ExitGuard } from '../../../src/base/exit-guard.ts';
import { Closers } from './closers.ts';
import { eventually } from './eventually.ts';
import { outputOf } from './output.ts';

export interface WorkbenchOptions {
  readonly rig?: Rig['name'];
  /** A folder whose copy is opened; absent: an empty folder is. */
  readonly workspace?: string;
  /** A `.code-workspace` file in it to open instead, relative to it. */
  readonly workspaceFile?: string;
  /** Beside our own environment, for the extension host. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** User settings beside those of every test. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Asks for trust instead of trusting every workspace. */
  readonly workspaceTrust?: boolean;
}

/** Disposing it ends the browser and the server and removes their files. */
export interface Workbench extends AsyncDisposable {
  /** For what has no helper here. */
  readonly page: Page;
  /** The opened folder. */
  readonly workspace: string;
  /** The extension's cache folder. */
  readonly cache: string;
  /** Runs the command with this label in the palette, as `Polkadot: Prepare PVF`. */
  runCommand(label: string): Promise<void>;
  /** Takes the item that holds the text in the quick pick that is open. */
  pick(text: string): Promise<void>;
  openFile(name: string): Promise<void>;
  /** @param id with the extension's: `<publisher>.<name>.<id>` */
  statusItem(id: string): Locator;
  /** Waits until the item's text matches, and returns it. */
  statusText(id: string, wanted: RegExp): Promise<string>;
  /** The rows of the Problems view that are on screen, opened first. */
  problems(): Promise<Locator>;
  /** Opens a view container of the activity bar by its title and returns its rows. */
  treeRows(container: string): Promise<Locator>;
  /** All text of an output channel so far, from its file. */
  output(channel: string): string;
  /** Shows an output channel, for a screenshot. */
  showOutput(channel: string): Promise<void>;
  /** The texts of the toasts that are on screen. */
  toasts(): Promise<string[]>;
  /** Writes `out/screenshots/<name>.png` and returns its path. */
  screenshot(name: string): Promise<string>;
  /** Keeps screen and logs of what went wrong, and returns their folder. */
  keepEvidence(): Promise<string>;
}

const WAIT_MS = 30_000;

const tell = (line: string) => process.stderr.write(`${line}\n`);

export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const closers = new Closers();
  try {
    return await open(options, closers);
  } catch (error) {
    await closers[Symbol.asyncDispose]();
    throw error;
  }
}

async function open(options: WorkbenchOptions, closers: Closers): Promise<Workbench> {
  const guard = closers.use(new ExitGuard());
  const folder = await mkdtemp(path.join(tmpdir(), 'pvf-ui-'));
  guard.folder(folder);
  const workspace = path.join(folder, 'workspace');
  const cache = path.join(folder, 'cache');
  await mkdir(workspace);
  if (options.workspace !== undefined) cpSync(options.workspace, workspace, { recursive: true });

  const rig = await provision(rigNamed(options.rig ?? 'newest'), guard, tell);
  await installVsix(rig, folder, await packedExtension(guard), guard);
  const { settings = {}, workspaceTrust = false } = options;
  const env = { PVF_CACHE_DIR: cache, ...options.env };
  const server = closers.use(await startServer({ rig, folder, guard, env, settings, workspaceTrust }));
  const browser = closers.use(await launchChromium(findChromium(process.env) ?? 'chromium'));
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(WAIT_MS);
  keepConsole(page, path.join(folder, 'console.log'));
  const opened = path.resolve(workspace, options.workspaceFile ?? '');
  await page.goto(workbenchUrl({ origin: server.origin, workspace: opened }));
  await page.locator('.monaco-workbench').waitFor();
  return {
    ...driverOf(page, folder),
    page,
    workspace,
    cache,
    [Symbol.asyncDispose]: () => closers[Symbol.asyncDispose](),
  };
}

type Driver = Omit<Workbench, 'page' | 'workspace' | 'cache' | typeof Symbol.asyncDispose>;

/** The selectors are the workbench's own and no promise of VS Code; both rigs have them. */
function driverOf(page: Page, folder: string): Driver {
  const input = page.locator('.quick-input-widget input.input');
  const statusItem = (id: string) => page.locator(`.statusbar-item[id="${id}"]`);

  const pick = async (text: string) => {
    await input.waitFor();
    await input.fill(text);
    // The list is filtered a moment later, and Enter takes what has the focus then.
    await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: text }).waitFor();
    await input.press('Enter');
  };
  const runCommand = async (label: string) => {
    await page.keyboard.press('F1');
    await input.waitFor();
    await input.fill(`>${label}`);
    // Another command's label may hold this one's, and be first because it was used before.
    await page.locator('.quick-input-list .label-name', { hasText: exactly(label) }).click();
  };
  return {
    runCommand,
    pick,
    openFile: async (name) => {
      await page.keyboard.press('Control+P');
      await pick(name);
      await page.locator('.tab.active', { hasText: path.basename(name) }).waitFor();
    },
    statusItem,
    statusText: async (id, wanted) => {
      const isThere = () => statusItem(id).isVisible();
      const read = async () => ((await isThere()) ? plain((await statusItem(id).textContent()) ?? '') : '');
      return eventually(`${id} says ${wanted}`, read, (text) => wanted.test(text), STATUS_MS);
    },
    problems: async () => {
      await runCommand('Problems: Focus on Problems View');
      return page.locator('.markers-panel .monaco-list-row');
    },
    treeRows: async (container) => {
      const action = page.locator(`.activitybar .action-label[aria-label^="${container}"]`).first();
      // A click on the container that is shown would hide it.
      const isShown = await action.locator('xpath=..').evaluate((item) => item.classList.contains('checked'));
      if (!isShown) await action.click();
      return page.locator('.sidebar .pane-body .monaco-list-row[role="treeitem"]');
    },
    output: (channel) => outputOf(path.join(folder, 'user/logs'), channel),
    showOutput: async (channel) => {
      await runCommand('Output: Show Output Channels...');
      await page.locator('.quick-input-list .monaco-list-row', { hasText: channel }).first().waitFor();
      await pick(channel);
      await page.locator('.output-view .view-lines').waitFor();
    },
    toasts: () => page.locator('.notifications-toasts .notification-list-item-message').allInnerTexts(),
    screenshot: async (name) => {
      const file = path.join(root, 'out/screenshots', `${name}.png`);
      await page.screenshot({ path: file });
      return file;
    },
    keepEvidence: async () => {
      await page.screenshot({ path: path.join(folder, 'end.png'), timeout: 5000 }).catch(() => {});
      return keepLogs(folder, 'ui');
    },
  };
}

/** The first text of an item comes only after the extension host has started. */
const STATUS_MS = 90_000;

function exactly(text: string): RegExp {
  return new RegExp(`^\\s*${text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
}

/** Without the glyphs of icons and with plain spaces. */
function plain(text: string): string {
  return text
    .replaceAll(/[\uE000-\uF8FF]/g, '')
    .replaceAll('\u00A0', ' ')
    .trim();
}
