/** As the window asks for the draw log: the items of larger draws are asked for in pages, where somebody wants to see them. */
export const drawLog = { itemsUpTo: 10_000 } as const;
