/** A real VS Code workbench with the packed extension in a headless browser, for one suite of UI tests. */
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
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
import { processesNaming } from '../../support/leaks.ts';
import { Closers } from './closers.ts';
import { eventually } from './eventually.ts';
import { outputOf } from './output.ts';
import { exactly, plain, textOf } from './text.ts';

export interface WorkbenchOptions {
  readonly rig?: Rig['name'];
  /** Writes the content of the opened folder. Absent: the folder is empty. */
  readonly workspace?: (folder: string) => void | Promise<void>;
  /** A folder to open instead. It stays. */
  readonly existingFolder?: string;
  /** A `.code-workspace` file to open instead, relative to the folder. */
  readonly workspaceFile?: string;
  /** Additional environment variables of the extension host. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The name of the opened folder. */
  readonly name?: string;
  /** Additional user settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Enables workspace trust. Absent: every workspace is trusted. */
  readonly workspaceTrust?: boolean;
}

/** Disposing it ends the browser and the server, and removes their files. */
export interface Workbench extends AsyncDisposable {
  readonly page: Page;
  /** The opened folder. */
  readonly workspace: string;
  /** The extension's cache folder. */
  readonly cache: string;
  /** Runs a command by its label in the palette, such as `Polkadot: Prepare PVF`. */
  runCommand(label: string): Promise<void>;
  /** Picks the item with the text in the open quick pick. */
  pick(text: string): Promise<void>;
  openFile(name: string): Promise<void>;
  /** @param id `<publisher>.<name>.<id>` */
  statusItem(id: string): Locator;
  /** Waits until the item's text matches, and returns it. */
  statusText(id: string, wanted: RegExp): Promise<string>;
  /** Opens the Problems view and returns its visible rows. */
  problems(): Promise<Locator>;
  /** Opens a view container of the activity bar by its title, and returns its rows. */
  treeRows(container: string): Promise<Locator>;
  /** The text of an output channel, from its log file. */
  output(channel: string): string;
  /** Shows an output channel, for a screenshot. */
  showOutput(channel: string): Promise<void>;
  /** The texts of the visible toasts. */
  toasts(): Promise<string[]>;
  /** The number in the badge of a view container. 0 without a badge. */
  badge(container: string): Promise<number>;
  /** Drags the edge of the side bar to show longer lines. */
  widenSideBar(width: number): Promise<void>;
  hidePanel(): Promise<void>;
  /** Dismisses all toasts. */
  clearToasts(): Promise<void>;
  /** The document in the visible Markdown preview. */
  preview(): FrameLocator;
  /**
   * Writes `out/screenshots/<name>.png` and returns its path.
   * @param pointer `stays` keeps the hover; otherwise moves the pointer to an empty place
   */
  screenshot(name: string, pointer?: 'stays'): Promise<string>;
  /** Saves the screen and the logs, and returns their folder. */
  keepEvidence(): Promise<string>;
}

const WAIT_MS = 60_000;
const OFFER_MS = 3000;

const print = (line: string) => process.stderr.write(`${line}\n`);

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
  // Everything that the editor started ends with it.
  closers.add(() =>
    eventually(
      'its processes are gone',
      () => processesNaming(folder),
      (pids) => pids.length === 0,
    ),
  );
  const workspace = options.existingFolder ?? path.join(folder, options.name ?? 'workspace');
  const cache = path.join(folder, 'cache');
  await mkdir(workspace, { recursive: true });
  await options.workspace?.(workspace);

  const rig = await provision(rigNamed(options.rig ?? 'newest'), guard, print);
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

/** The selectors are internals of VS Code. Both rigs have them. */
function driverOf(page: Page, folder: string): Driver {
  const input = page.locator('.quick-input-widget input.input');
  const actionOf = (container: string) => page.locator(`.activitybar .action-label[aria-label^="${container}"]`);
  const statusItem = (id: string) => page.locator(`.statusbar-item[id="${id}"]`);

  const pick = async (text: string) => {
    await input.waitFor();
    await input.fill(text);
    // VS Code filters the list a moment later, and Enter picks the focused row.
    await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: text }).waitFor();
    await input.press('Enter');
  };
  const runCommand = async (label: string) => {
    // The label of another, recently used command may contain this label and be listed first.
    const command = page.locator('.quick-input-list .label-name', { hasText: exactly(label) });
    const run = async () => {
      await page.keyboard.press('F1');
      await input.fill(`>${label}`, { timeout: OFFER_MS });
      await command.click({ timeout: OFFER_MS });
    };
    const isRun = () =>
      run().then(
        () => true,
        () => page.keyboard.press('Escape').then(() => false),
      );
    // A palette that opened before the extensions were loaded does not get their commands, and an editor that opens closes
    // the palette.
    await eventually(`the palette offers ${label}`, isRun, Boolean, WAIT_MS);
  };
  return {
    runCommand,
    pick,
    openFile: async (name) => {
      await page.keyboard.press('Control+P');
      await input.waitFor();
      await input.fill(name);
      // A row shows the file name and then the folder.
      const parts = [path.basename(name), path.dirname(name)].filter((part) => part !== '.');
      const row = page.locator('.quick-input-list .monaco-list-row.focused');
      await parts.reduce((found, part) => found.filter({ hasText: part }), row).waitFor();
      await input.press('Enter');
      await page.locator('.tab.active', { hasText: path.basename(name) }).waitFor();
      await page.locator('.editor-instance .view-line', { hasText: /\S/ }).first().waitFor();
    },
    statusItem,
    statusText: async (id, wanted) => {
      const isVisible = () => statusItem(id).isVisible();
      const read = async () => ((await isVisible()) ? plain((await statusItem(id).textContent()) ?? '') : '');
      return eventually(`${id} says ${wanted}`, read, (text) => wanted.test(text), STATUS_MS);
    },
    problems: async () => {
      await runCommand('Problems: Focus on Problems View');
      return page.locator('.markers-panel .monaco-list-row');
    },
    treeRows: async (container) => {
      const action = actionOf(container).first();
      // A click on the visible container would hide it.
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
    badge: async (container) => {
      const badge = actionOf(container).locator('xpath=..').locator('.badge-content');
      return Number(await textOf(badge));
    },
    widenSideBar: async (width) => {
      const box = await page.locator('.part.sidebar').boundingBox();
      if (box === null) throw new Error('there is no side bar');
      const y = box.y + box.height / 2;
      await page.mouse.move(box.x + box.width, y);
      await page.mouse.down();
      await page.mouse.move(box.x + width, y, { steps: 4 });
      await page.mouse.up();
    },
    hidePanel: async () => {
      const panel = page.locator('.part.panel');
      if (await panel.isVisible()) await runCommand('View: Toggle Panel Visibility');
      await panel.waitFor({ state: 'hidden' });
    },
    clearToasts: async () => {
      await runCommand('Notifications: Clear All Notifications');
      await page.locator('.notifications-toasts .notification-list-item').first().waitFor({ state: 'hidden' });
    },
    preview: () => page.frameLocator('iframe.webview.ready >> visible=true').frameLocator('#active-frame'),
    screenshot: async (name, pointer) => {
      if (pointer !== 'stays') {
        await page.mouse.move(200, 14);
        // The hover disappears a moment later. A screenshot with the hover is acceptable.
        const hover = page.locator('.workbench-hover-container').first();
        await hover.waitFor({ state: 'hidden', timeout: 3000 }).catch(() => {});
      }
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

/** The first text of an item appears only after the extension host has started. */
const STATUS_MS = 90_000;
