/** The names that package.json and the code share. `test/unit/editor/contributions.test.ts` compares them. */

export const commandIds = [
  'pvf.prepare',
  'pvf.prepareAll',
  'pvf.inspect',
  'pvf.measureCosts',
  'pvf.compare',
  'pvf.showReport',
  'pvf.showSizes',
  'pvf.showHistory',
  'pvf.showLog',
  'pvf.diagnose',
  'pvf.selectWorker',
  'pvf.selectProfile',
  'pvf.fetchLimits',
  'pvf.refreshLimits',
  'pvf.buildWorker',
  'pvf.cancel',
  'pvf.clearHistory',
  'pvf.pinBaseline',
  'pvf.createBudget',
  'pvf.copyCodeHash',
  'pvf.upgradeChecklist',
  'pvf.pickFile',
  'pvf.refresh',
  'pvf.explain',
  'pvf.openSettings',
  'pvf.build',
  'pvf.revealBlob',
  'pvf.openManifest',
  'pvf.restartWorker',
  'pvf.allow',
  'pvf.openSource',
  'pvf.openAs',
] as const;
export type CommandId = (typeof commandIds)[number];

export const runtimesView = 'pvf.runtimes';

/** About the runtimes. */
const stateKeys = [
  'pvf.manifests',
  'pvf.unbuilt',
  'pvf.state',
  'pvf.hasRuntimes',
  'pvf.hasReports',
  'pvf.running',
] as const;
export type StateKey = (typeof stateKeys)[number];
/** `pvf.inputs`: the open files that look like runtimes. `pvf.inCrate`: the active editor has a file of a runtime's crate. */
const openFileKeys = ['pvf.inputs', 'pvf.inCrate'] as const;
export type OpenFileKey = (typeof openFileKeys)[number];
export const contextKeys = [...stateKeys, ...openFileKeys] as const;

/** `contextValue` of the tree's items, for the `when` clauses of menus. */
export const treeContexts = [
  'runtime',
  'runtime.running',
  'unbuilt',
  'finding',
  'worker',
  'limits',
  'folder',
  'code',
  'fact',
] as const;
export type TreeContext = (typeof treeContexts)[number];

/** The types of the panels with charts. */
export const panelKinds = ['pvf.sizes', 'pvf.history', 'pvf.compare'] as const;
export type PanelKind = (typeof panelKinds)[number];

export const statusItem = 'pvf.status';
export const languageStatusItem = 'pvf.language';
export const diagnosticSource = 'pvf';
export const taskType = 'pvf';
/** The controller of the Testing view. */
export const testController = 'pvf.tests';
/** The read-only editor of runtime blobs and chain specs. */
export const blobEditor = 'pvf.blob';
export const cargoMatcher = '$pvf-cargo';
/** Reads the lines of `pvf prepare --format line`. */
export const prepareMatcher = '$pvf';
/** Scheme of the documents that exist only in the editor. */
export const documentScheme = 'polkadot-pvf';
/** Scheme of the URIs that connect a runtime in the tree to its file decoration. Not visible. */
export const runtimeScheme = 'polkadot-pvf-runtime';
export const walkthrough = 'polkadot-pvf.polkadot-pvf#pvf.start';
