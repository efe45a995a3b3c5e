import type { Application } from "./application.ts";

/**
 * Drops files and folders in the middle of the window as the desktop does: the page gets them with their paths.
 * What it shows while they hover can be looked at before `drop` is called.
 */
export async function dragIn(
  { page }: Pick<Application, "page">,
  paths: readonly string[],
): Promise<{ drop(): Promise<void> }> {
  const session = await page.context().newCDPSession(page);
  const { width, height } = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  const at = { x: Math.round(width / 2), y: Math.round(height / 2) };
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  const send = (type: "dragEnter" | "dragOver" | "drop") =>
    session.send("Input.dispatchDragEvent", { type, ...at, data });
  await send("dragEnter");
  await send("dragOver");
  return {
    drop: async () => {
      await send("drop");
      await session.detach();
    },
  };
}
