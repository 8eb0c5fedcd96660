/** The value of `--worker` and of the setting that selects the built-in worker. A file of this name is `./portable`. */
export const builtInName = 'portable';
