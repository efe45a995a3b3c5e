import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { type Application, openTickmark, processIdsOf } from "./application.ts";
import { dragIn } from "./file-drop.ts";
import { expectNoViolation, goTo, watchPolicy } from "./job-steps.ts";

/* What is thrown at the window: pages in frames, calls that are far too large, and files that are not what they seem. */

const megabyte = 1024 * 1024;

let application: Application;
let page: Page;

test.beforeAll(async () => {
  application = await openTickmark("project's Node");
  page = application.page;
  await watchPolicy(page);
});

test.afterAll(async () => {
  await application.close();
});

/** Resident memory of a process, in bytes. */
function memoryOf(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) * 1024;
}

async function memoryOfAll(): Promise<number> {
  const own = await application.electron.evaluate(({ app }) => app.getAppMetrics().map(({ pid }) => pid));
  const started = [...(await processIdsOf(application, "engine")), ...(await processIdsOf(application, "verifier"))];
  return [...new Set([...own, ...started])].reduce((sum, pid) => sum + memoryOf(pid), 0);
}

test("a frame within the page gets no bridge, and nothing is loaded into it", async () => {
  const seen = await page.evaluate(async () => {
    const frame = document.createElement("iframe");
    const policy = new Promise<string>((resolve) => {
      document.addEventListener("securitypolicyviolation", (event) => resolve(event.violatedDirective), { once: true });
    });
    document.body.append(frame);
    const hasBridge = () => {
      try {
        return Object.hasOwn(frame.contentWindow ?? {}, "tickmark");
      } catch {
        // What was not loaded is shown as a page of nobody's, which this page cannot look into.
        return false;
      }
    };
    const empty = hasBridge();
    frame.src = "app://tickmark/index.html";
    const violated = await policy;
    const loaded = hasBridge();
    frame.remove();
    window.policyViolations = [];
    return { empty, loaded, violated };
  });
  expect(seen).toEqual({ empty: false, loaded: false, violated: "frame-src" });
});

test("a call of hundreds of megabytes is refused as such, and the window goes on", async () => {
  test.setTimeout(60_000);
  const answer = await page.evaluate(
    (size) => window.tickmark.call("engagement.open", { path: "x".repeat(size) }),
    300 * megabyte,
  );
  expect(answer).toEqual({ ok: false, fault: expect.objectContaining({ code: "request-invalid" }) });
  expect(answer.ok ? "" : answer.fault.message).toContain("at most 1048576 bytes are accepted");
  expect(await page.evaluate(() => window.tickmark.call("engine.ping", {}))).toMatchObject({ ok: true });
});

test.describe("files that are dropped", () => {
  const inFolder = (name: string) => join(application.folder, name);

  test.beforeAll(async () => {
    const made = await page.evaluate(
      (path) =>
        window.tickmark.call("engagement.create", {
          path,
          ...{ name: "Attacked", entity: "A company", from: "2026-01-01", to: "2026-03-31" },
          ...{ timeZone: "UTC", auditor: "Test" },
        }),
      inFolder("attacked.tickmark"),
    );
    expect(made).toMatchObject({ ok: true });
    await page.evaluate(() => window.location.assign("#/overview"));
    await page.reload();
  });

  async function dropOnSources(path: string) {
    await goTo(page, "Sources");
    await (await dragIn(application, [path])).drop();
    return page.getByRole("dialog", { name: "Add handed-over files" });
  }

  test("a folder is looked at file by file, and neither links nor pipes in it are read", async () => {
    const folder = inFolder("handed-over");
    mkdirSync(join(folder, "inner"), { recursive: true });
    writeFileSync(join(folder, "inner/report.xml"), '<testsuite name="s" tests="1"><testcase name="t"/></testsuite>');
    symlinkSync("/etc/passwd", join(folder, "passwd.json"));
    execFileSync("mkfifo", [join(folder, "pipe.log")]);
    const dialog = await dropOnSources(folder);
    await expect(dialog.getByRole("listitem")).toHaveCount(1);
    await expect(dialog.getByRole("listitem")).toContainText("handed-over/inner/report.xml");
    await dialog.getByRole("button", { name: "Cancel" }).click();
  });

  test("a link, a pipe and a device are refused for what they are", async () => {
    symlinkSync("/etc/passwd", inFolder("report.json"));
    execFileSync("mkfifo", [inFolder("pipe.log")]);
    for (const [path, message] of [
      [inFolder("report.json"), "is a link"],
      [inFolder("pipe.log"), "is neither a file nor a folder"],
      ["/dev/zero", "is neither a file nor a folder"],
    ] as const) {
      const dialog = await dropOnSources(path);
      await expect(dialog.getByRole("alert")).toContainText(message);
      await expect(dialog.getByRole("button", { name: "Add as a source" })).toBeDisabled();
      await dialog.getByRole("button", { name: "Cancel" }).click();
    }
  });

  test("pipes and folders that are named like a bundle or an engagement are refused at once", async () => {
    execFileSync("mkfifo", [inFolder("pipe.zip"), inFolder("pipe.tickmark")]);
    mkdirSync(inFolder("folder.zip"));
    for (const name of ["pipe.zip", "folder.zip"]) {
      await (await dragIn(application, [inFolder(name)])).drop();
      await expect(page.getByRole("alert")).toContainText("it is not a file");
    }
    await (await dragIn(application, [inFolder("pipe.tickmark")])).drop();
    await expect(page.getByRole("alert")).toContainText("It is no file.");
  });

  test("a file of 5 GB is told for what it is, and costs the memory of its beginning", async () => {
    test.setTimeout(120_000);
    const before = await memoryOfAll();
    for (const name of ["large.zip", "large.log"]) {
      writeFileSync(inFolder(name), "");
      truncateSync(inFolder(name), 5 * 1024 * megabyte);
    }
    const dialog = await dropOnSources(inFolder("large.log"));
    await expect(dialog.getByRole("listitem")).toContainText("large.log would not be taken");
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await (await dragIn(application, [inFolder("large.zip")])).drop();
    await expect(page.getByRole("alert")).toBeVisible();
    expect((await memoryOfAll()) - before).toBeLessThan(200 * megabyte);
  });
});

test("nothing of all this was against the content security policy", async () => {
  await expectNoViolation(page);
});
