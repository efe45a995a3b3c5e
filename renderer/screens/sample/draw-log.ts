/** As the window asks for the draw log: the ids of larger draws are in the file and in every export, and nobody reads them here. */
export const drawLog = { itemsUpTo: 10_000 } as const;
