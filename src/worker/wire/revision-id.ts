/** The names of the wire revisions: the first pvf-common release that uses each. Oldest first. */
export const revisionIds = ['5.0.0', '6.0.0', '8.0.0', '16.0.0', '17.0.1', '20.0.0', '25.0.0', '26.0.0'] as const;

export type RevisionId = (typeof revisionIds)[number];
