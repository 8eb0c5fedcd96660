/**
 * User settings of every test. They turn off prompts, animations, updates and everything unrelated to the extension.
 */
export const settings: Readonly<Record<string, unknown>> = {
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.enableExperiments': false,
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'git.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
  'npm.autoDetect': 'off',
  'typescript.disableAutomaticTypeAcquisition': true,
  'json.schemaDownload.enable': false,
  'window.commandCenter': false,
  // biome-ignore lint/suspicious/noTemplateCurlyInString: VS Code's own placeholders.
  'window.title': '${activeEditorShort}${separator}${rootName}',
  // Shows a count of ports in the status bar.
  'remote.autoForwardPorts': false,
  'editor.minimap.enabled': false,
  // Otherwise screenshots catch widgets that are fading in.
  'workbench.reduceMotion': 'on',
  'workbench.colorTheme': 'Default Dark Modern',
};
