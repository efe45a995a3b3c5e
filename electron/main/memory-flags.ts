/**
 * For programs on Node, as the command of a clone has them (build/bin/tickmark.mjs): what lives shortly, and what is no longer
 * needed, is kept in little memory, and long work can give back what it is done with (electron/export/unused-memory.ts).
 */
export const memoryFlags = ["--max-semi-space-size=4", "--heap-growing-percent=40", "--expose-gc"];

/** The same for a utility process of Electron, which takes them in this form alone: by themselves they are passed over in silence. */
export const utilityFlags = [`--js-flags=${memoryFlags.join(" ")}`];
