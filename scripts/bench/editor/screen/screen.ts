/** Measures when results appear on screen: the workbench in a browser, with shell-2 and its next builds. */
import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { sleep } from '../../../../src/base/deadline.ts';
import { statusItem } from '../../../../src/editor/contributions.ts';
import { eventually } from '../../../../test/ui/support/eventually.ts';
import { openWorkbench, type Workbench } from '../../../../test/ui/support/workbench.ts';
import { extensionName } from '../extension-name.ts';
import { PageWatch } from './page-watch.ts';
import { blobIn, makeWorkspace } from './shell-workspace.ts';

/** Milliseconds since the user's command or the build's write. */
export interface Seen {
  /** Absent when the result came before a spinner. */
  readonly spinner?: number;
  readonly result: number;
}

export interface ScreenFigures {
  readonly first: Seen;
  /** A blob with bytes that are new. */
  readonly changed: readonly Seen[];
  /** A blob with the bytes that it had before. */
  readonly returned: readonly Seen[];
  /** How often the blob was touched, and how often the screen changed after it. */
  readonly touched: { readonly times: number; readonly shown: number };
  /** The command on an unchanged blob; `result` is the toast. */
  readonly command: readonly Seen[];
}

export interface ScreenBench {
  /** Path of shell-2. */
  readonly blob: string;
  readonly nextBuilds: readonly Uint8Array[];
  /** For `pvf.worker`. */
  readonly worker: string;
}

const TIMES = 5;
const TOUCHES = 3;
/** The extension reacts to a change within about a second. */
const TOUCH_WATCH_MS = 4000;

export async function seenOnScreen({ blob, nextBuilds, worker }: ScreenBench): Promise<ScreenFigures> {
  const fill = (workspace: string) => makeWorkspace(workspace, readFileSync(blob));
  await using workbench = await openWorkbench({ workspace: fill, settings: { 'pvf.worker': worker } });
  await workbench.statusText(`${extensionName}.${statusItem}`, /PVF/);
  const watch = await PageWatch.begin(workbench.page);
  const first = await ofCommand(workbench, watch);
  const changed: Seen[] = [];
  for (const build of nextBuilds) changed.push(await ofChange(workbench, watch, build));
  const returned: Seen[] = [];
  for (const build of nextBuilds.slice(0, -1)) returned.push(await ofChange(workbench, watch, build));
  const touched = { times: TOUCHES, shown: await shownTouches(workbench, watch) };
  const command: Seen[] = [];
  for (let n = 0; n < TIMES; n += 1) command.push(await ofCommand(workbench, watch));
  return { first, changed, returned, touched, command };
}

async function ofChange({ workspace }: Workbench, watch: PageWatch, build: Uint8Array): Promise<Seen> {
  writeFileSync(blobIn(workspace), build);
  const writtenAt = Date.now();
  const { spinnerAt, resultAt } = await watch.check(writtenAt);
  return { ...(spinnerAt && { spinner: spinnerAt - writtenAt }), result: resultAt - writtenAt };
}

async function shownTouches({ workspace }: Workbench, watch: PageWatch): Promise<number> {
  let shown = 0;
  for (let n = 0; n < TOUCHES; n += 1) {
    const now = new Date();
    utimesSync(blobIn(workspace), now, now);
    await sleep(TOUCH_WATCH_MS);
    if ((await watch.since(now.getTime())).length > 0) shown += 1;
  }
  return shown;
}

async function ofCommand(workbench: Workbench, watch: PageWatch): Promise<Seen> {
  const calledAt = Date.now();
  await workbench.runCommand('Polkadot: Prepare PVF');
  const clickedAt = await watch.lastClick(calledAt);
  const toastAt = await watch.toast(clickedAt);
  const spinnerAt = (await watch.since(clickedAt)).find(({ what }) => what === 'sync')?.at;
  await workbench.runCommand('Notifications: Clear All Notifications');
  await eventually(
    'no toast',
    () => workbench.toasts(),
    ({ length }) => length === 0,
  );
  return { ...(spinnerAt && { spinner: spinnerAt - clickedAt }), result: toastAt - clickedAt };
}
