/** With its publisher's, as VS Code names it. */
export const extensionName = 'polkadot-pvf.polkadot-pvf';
