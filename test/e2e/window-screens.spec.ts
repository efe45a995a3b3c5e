import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import type { Bridge } from "../../shared/ipc/contract.ts";
import { type FakeWindow, openFakeWindow } from "./window-page.ts";

/* Every screen in every state that can be looked at, on the fake bridge: accessible, within the policy, usable by keyboard. */

let window: FakeWindow;
let page: Page;

test.beforeAll(async () => {
  window = await openFakeWindow();
  page = window.page;
});

test.afterAll(async () => {
  await window.close();
});

test.beforeEach(async () => {
  await setZoom(1);
  await window.resize(1360, 860);
});

async function setZoom(factor: number): Promise<void> {
  await window.electron.evaluate(
    ({ BrowserWindow }, zoom) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(zoom),
    factor,
  );
}

async function violationsOfPolicy(): Promise<unknown> {
  return page.evaluate(() => Reflect.get(globalThis, "violations"));
}

async function openItem(ref: string): Promise<void> {
  await page.getByRole("gridcell", { name: ref, exact: true }).click();
  await page.getByRole("heading", { name: /Results and the values/ }).waitFor();
}

async function tryCatalog(): Promise<void> {
  await page.getByRole("textbox", { name: "Edited catalog" }).fill("/home/auditor/edited.yaml");
  await page.getByRole("button", { name: "Try it" }).click();
  await page.getByRole("region", { name: "Items that come out otherwise" }).waitFor();
}

const copyWithMistakes = `id: copy\n  pass: wrong == 1\n${"\n".repeat(60)}  pass: "wrong"\n`;

async function useHouseTable(path: string): Promise<void> {
  await page.getByRole("textbox", { name: "House table" }).fill(path);
  await page.keyboard.press("Enter");
  await page.getByText("The planner looks sizes up in this table of yours.").waitFor();
}

async function startCopy(): Promise<void> {
  await page.getByRole("button", { name: "Edit a copy" }).click();
  await page.getByRole("textbox", { name: /^Text of the copy/ }).waitFor();
}

async function editCopy(): Promise<void> {
  await startCopy();
  await page.getByText("No mistakes: every rule has the right types.").waitFor();
}

async function press(name: string, then: "dialog"): Promise<void> {
  await page.getByRole("button", { name }).first().click();
  await page.getByRole(then).waitFor();
}

/** Opens the form on the first result that is neither passed nor judged, and chooses an outcome. */
async function judge(outcome: string): Promise<void> {
  await page.getByRole("button", { name: "Judge", exact: true }).filter({ visible: true }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: /You conclude/ }).click();
  await page.getByRole("option", { name: new RegExp(`^${outcome}`) }).click();
  await page.getByRole("option").first().waitFor({ state: "detached" });
}

async function openRecord(name: string, shown: string): Promise<void> {
  await openItem("C.9");
  await showRecord(name);
  await page.locator(shown).first().waitFor();
  expect(await page.title()).not.toContain("ran");
}

/** Of the item that is shown. */
async function showRecord(name: string): Promise<void> {
  await page
    .getByRole("button", { name: /^\d+ more$/ })
    .first()
    .click();
  await page
    .getByRole("button", { name: new RegExp(`^Open raw record.*${name}`) })
    .first()
    .click();
}

type Act = () => Promise<unknown>;
type State = Readonly<Record<string, string | number>>;
/** Name of what is looked at → screen, what the bridge plays, what is done there first. */
const views: readonly (readonly [name: string, screen: string, state: State, act?: Act])[] = [
  ["start", "start", { stage: "none" }],
  ["start with an engagement open", "start", {}],
  [
    "start with fields left empty",
    "start",
    { stage: "none" },
    () => page.getByRole("button", { name: "Create…" }).click(),
  ],
  ["the palette", "overview", {}, () => choose("palette", () => page.getByRole("menu").waitFor())],
  [
    "the palette with a change that was found",
    "overview",
    {},
    () =>
      choose("palette", async () => {
        await page.getByRole("searchbox", { name: "Go to anything" }).fill("rotate settlement");
        await page
          .getByRole("menuitem", { name: /Rotate settlement/ })
          .first()
          .waitFor();
      }),
  ],
  [
    "a reason for undoing that was not recorded, offered",
    "conclusions",
    {},
    () =>
      choose("undo-mark", async () => {
        await page.getByRole("textbox", { name: "Reason" }).fill("On second thoughts.");
        await page.keyboard.press("Escape");
        await choose("undo-mark", () => page.getByRole("button", { name: "Take up" }).waitFor());
      }),
  ],
  [
    "the last mark, to be undone",
    "conclusions",
    {},
    () => choose("undo-mark", () => page.getByRole("dialog").getByText("Nothing is erased").waitFor()),
  ],
  ["the tour's first stop", "start", { stage: "none" }, () => choose("tour", atStop(1))],
  ["a stop of the tour", "start", {}, () => choose("tour", () => page.getByRole("button", { name: "Next" }).click())],
  ["settings", "settings", { stage: "none" }],
  [
    "settings with a signer that is not well named",
    "settings",
    {},
    async () => {
      await page.getByText("Add a signer", { exact: true }).click();
      await page.getByRole("textbox", { name: "Fingerprint" }).fill("12:34");
      await page.getByRole("button", { name: "Trust this signer" }).click();
    },
  ],
  ["settings with a house table of one's own", "settings", { stage: "none" }, () => useHouseTable("/firm/sizes.yaml")],
  [
    "settings with a house table that has a mistake",
    "settings",
    { stage: "none" },
    async () => {
      await page.getByRole("textbox", { name: "House table" }).fill("/firm/wrong.yaml");
      await page.getByRole("button", { name: "Use this table" }).click();
      await page.getByText(/line 8, column 22/).waitFor();
    },
  ],
  ["an engine that was started again", "overview", {}, () => restartEngine()],
  ["overview", "overview", {}],
  ["overview of a new engagement", "overview", { stage: "new" }],
  ["overview without an engagement", "overview", { stage: "none" }],
  ["overview while it loads", "overview", { stuck: "engagement.current" }],
  ["sources", "sources", {}],
  ["sources before the pull", "sources", { stage: "new" }],
  ["sources that cannot be read", "sources", { failing: "source.list" }],
  [
    "sources with an answer of a connection test",
    "sources",
    {},
    () => page.getByRole("button", { name: "Test connection of ledger-github" }).click(),
  ],
  [
    "the form of a source, with all that can be set",
    "sources",
    {},
    async () => {
      await page.getByRole("button", { name: "Add a source" }).click();
      await page.getByRole("button", { name: /Kind of source/ }).click();
      await page.getByRole("option", { name: "Jira", exact: true }).click();
      await page.getByText("Further options").click();
      await page.getByText("How the server is reached").click();
    },
  ],
  [
    "tokens on a system without a keychain",
    "sources",
    { keychain: "no" },
    async () => {
      await page.getByRole("button", { name: "Tokens" }).click();
      await page.getByRole("button", { name: "Replace northwind-github" }).click();
    },
  ],
  ["a record of a pull", "sources", {}, () => page.getByText("Record of this pull (IPE)").nth(1).click()],
  ["people before the freeze", "people", { stage: "pulled" }],
  ["people", "people", {}],
  ["an account being joined to a person", "people", {}, () => press("Join git: root@build-07.internal", "dialog")],
  ["population before the freeze", "population", { stage: "pulled" }],
  ["population before the pull", "population", { stage: "new" }],
  ["population", "population", {}],
  ["population of deployments", "population?population=deployment", {}],
  ["population with nothing found", "population?search=nothing-like-this", {}],
  ["population that cannot be read", "population", { failing: "population.items" }],
  ["reconciliation", "population?view=reconciliation", {}, () => page.getByText("Changes without a request").click()],
  ["sample before the freeze", "sample", { stage: "pulled" }],
  ["sample before the draw", "sample", { stage: "frozen" }],
  [
    "a plan while it is typed",
    "sample",
    { stage: "frozen" },
    async () => {
      await page.getByRole("textbox", { name: "Tolerable rate (%)" }).fill("5");
      await page.getByRole("img", { name: /The plan is 59 at 5 %/ }).waitFor();
    },
  ],
  [
    "a plan that no sample can support",
    "sample",
    { stage: "frozen" },
    async () => {
      await page.getByRole("textbox", { name: "Tolerable rate (%)" }).fill("5");
      await page.getByRole("textbox", { name: "Expected rate (%)" }).fill("6");
      await page.getByText("No size").waitFor();
    },
  ],
  [
    "a size by house table",
    "sample",
    { stage: "frozen" },
    async () => {
      await page.getByRole("radio", { name: "House table" }).click();
      await page.getByText("40 items", { exact: true }).waitFor();
    },
  ],
  ["strata of a sample", "sample", { stage: "frozen" }, () => chooseMethod("Stratified, by rank from a seed")],
  ["items that the auditor names", "sample", { stage: "frozen" }, () => chooseMethod("Targeted, non-statistical")],
  ["sample", "sample", {}],
  [
    "a draw of many items",
    "sample",
    { sampled: "5000" },
    async () => {
      await page.getByText("Drawn items in the order of the draw (5,000)").click();
      await page.getByRole("grid").getByText("4").first().waitFor();
    },
  ],
  ["a replacement in a sample", "sample", {}, () => page.getByText("Replace an item").click()],
  ["items added outside of a plan", "sample", {}, () => page.getByText("Add items outside of a plan").click()],
  ["conclusions before the evaluation", "conclusions", { stage: "drawn" }],
  ["conclusions", "conclusions", {}],
  [
    "the conclusion on a control",
    "conclusions",
    {},
    () =>
      page
        .getByText(/^REV-01 .*: not supported/)
        .first()
        .click(),
  ],
  ["catalog", "catalog", {}],
  ["a trial of an edited catalog", "catalog", {}, () => tryCatalog()],
  ["a copy of the catalog without a mistake", "catalog", {}, () => editCopy()],
  [
    "a copy of the catalog with mistakes, tried before they were made",
    "catalog",
    {},
    async () => {
      await editCopy();
      await page.getByRole("button", { name: "Dry run" }).click();
      await page.getByRole("region", { name: "Items that come out otherwise" }).waitFor();
      await page.getByRole("textbox", { name: /^Text of the copy/ }).fill(copyWithMistakes);
      await page.getByText("2 mistakes").waitFor();
    },
  ],
  ["a copy of the catalog that cannot be checked", "catalog", { failing: "catalog.check" }, () => startCopy()],
  ["testing before the draw", "testing", { stage: "frozen" }],
  ["testing before the evaluation", "testing", { stage: "drawn" }],
  ["testing", "testing", {}],
  ["testing of deployments", "testing?population=deployment", {}],
  ["results by control", "testing", {}, () => page.getByRole("button", { name: "Results by control" }).click()],
  ["exceptions", "exceptions", {}],
  ["an exception being written up", "exceptions", {}, () => press("Write up an exception", "dialog")],
  ["a control being signed off", "conclusions", {}, () => press("Sign off REV-01", "dialog")],
  [
    "missing evidence being judged",
    "testing",
    {},
    async () => {
      await openItem("C.15");
      await judge("pass");
    },
  ],
  ["evidence of a change that was judged", "testing", {}, () => openItem("C.7")],
  ["evidence of a deployment", "testing?population=deployment", {}, () => openItem("D.5")],
  [
    "a raw record",
    "testing",
    {},
    async () => {
      await openItem("C.7");
      await page
        .getByRole("button", { name: /^Open raw record/ })
        .first()
        .click();
      await page.locator("pre").waitFor();
    },
  ],
  [
    "a record in Markdown that tries to run and to load",
    "testing",
    {},
    () => openRecord("change-policy.md", ".record-markdown"),
  ],
  ["a record that is a diff", "testing", {}, () => openRecord("change.patch", ".record-added")],
  ["a record of tests", "testing", {}, () => openRecord("report.xml", "text=<script>")],
  ["a record of findings", "testing", {}, () => openRecord("report.sarif", "text=js/xss")],
  ["a record that is a picture", "testing", {}, () => openRecord("minutes.html", ".record-picture")],
  ["a record that is a PDF with a script", "testing", {}, () => openRecord("policy.pdf", "canvas[data-drawn='1']")],
  ["export without an identity", "export", { identity: "no" }],
  [
    "export",
    "export",
    {},
    async () => {
      await page.getByRole("button", { name: "Export…" }).click();
      await page.getByText("Exported and signed").waitFor();
    },
  ],
  [
    "export of an edition for outsiders",
    "export",
    {},
    async () => {
      await chooseRules("/home/auditor/rules.yaml");
      await page.getByRole("region", { name: "What they ask for" }).waitFor();
      await page.getByRole("button", { name: "Export…" }).click();
      await page.getByText("1,387 places in 214 records").waitFor();
    },
  ],
  [
    "export by rules that cannot be followed",
    "export",
    {},
    async () => {
      await chooseRules("/home/auditor/wrong.json");
      await page.getByRole("alert").waitFor();
      await expect(page.getByRole("button", { name: "Export…" })).toBeDisabled();
    },
  ],
  [
    "export that runs",
    "export",
    { stuck: "export.write" },
    async () => {
      await page.getByRole("button", { name: "Export…" }).click();
      await atWork("Writing the bundle", 1_204, 1_988);
    },
  ],
  ["verify", "verify", { stage: "none" }],
  [
    "verify that runs",
    "verify",
    { stage: "none", stuck: "bundle.verify" },
    async () => {
      await emit("open-requested", { kind: "bundle", path: "/home/auditor/large.zip" });
      await atWork("Testing the items again", 412, 10_000);
    },
  ],
  [
    "verify that was cancelled",
    "verify",
    { stage: "none" },
    async () => {
      await emit("open-requested", { kind: "bundle", path: "/home/auditor/cancelled.zip" });
      await page.getByRole("heading", { name: /^Cancelled/ }).waitFor();
    },
  ],
  ["verify of an unknown signer", "verify", {}, () => verify("/home/auditor/unknown.zip")],
  ["verify of a trusted signer", "verify", {}, () => verify("/home/auditor/trusted.zip")],
  [
    "verify that opens a bundle to browse it",
    "verify",
    { stage: "none", stuck: "bundle.browse" },
    async () => {
      await verify("/home/auditor/unknown.zip");
      await page.getByRole("button", { name: "Browse the bundle" }).click();
      await page.getByRole("progressbar").waitFor();
    },
  ],
  ["overview of a browsed bundle", "overview", { browsed: "yes" }],
  ["an item of a browsed bundle", "testing", { browsed: "yes" }, () => openItem("C.9")],
  ["verify of a failed bundle", "verify", {}, () => verify("/home/auditor/failed.zip")],
  [
    "verify that stops with a fault",
    "verify",
    { failing: "bundle.verify" },
    () => page.getByRole("button", { name: "Choose a bundle…" }).click(),
  ],
];

/** Chooses of the menu what the window carries out itself. */
async function choose(command: string, then: Act): Promise<void> {
  await emit("menu-chosen", { command });
  await then();
}

function atStop(stop: number): Act {
  return () => page.getByText(`Guided tour, ${stop} of `).waitFor();
}

async function restartEngine(): Promise<void> {
  await emit("engine-state", {
    state: "restarted",
    sentence: "The engine stopped unexpectedly and was started again.",
  });
  await page.getByRole("alert").waitFor();
}

async function emit(event: string, payload: unknown): Promise<void> {
  await page.evaluate(
    ([name, content]) => {
      const bridge = Reflect.get(globalThis, "tickmark") as { emit(event: string, payload: unknown): void };
      bridge.emit(name as string, content);
    },
    [event, payload] as const,
  );
}

async function chooseMethod(name: string): Promise<void> {
  await page.getByRole("button", { name: /^By rank from a seed/ }).click();
  await page.getByRole("option", { name }).click();
  await page.getByRole("option", { name }).waitFor({ state: "detached" });
}

async function chooseRules(path: string): Promise<void> {
  await page.getByText("Make an edition for outsiders").click();
  await page.getByRole("textbox", { name: "Redaction rules" }).fill(path);
}

/** A step is under way, as far as its newest event says. */
async function atWork(what: string, done: number, total: number): Promise<void> {
  await page.getByRole("button", { name: /^Cancel the/ }).waitFor();
  await emit("work-progress", { what, done, total });
  await page.getByText(`${done.toLocaleString("en")} of ${total.toLocaleString("en")}`).waitFor();
}

async function verify(path: string): Promise<void> {
  await emit("open-requested", { kind: "bundle", path });
  await page.getByRole("status", { name: "Verdict" }).waitFor();
}

for (const [name, screen, state, act] of views) {
  test(`${name}: accessible in both themes, no wider than a small zoomed window, within the policy`, async () => {
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await window.show(screen, state);
    await act?.();
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      expect.soft(await findAccessibilityViolations(), `accessibility in ${colorScheme} colours`).toEqual([]);
    }
    await window.resize(1280, 720);
    await setZoom(2);
    await expect.poll(() => page.evaluate(() => globalThis.innerWidth)).toBeLessThanOrEqual(640);
    expect.soft(await findSidewaysOverflow(), "px to scroll sideways at 200 %").toBe(0);
    expect.soft(await findAccessibilityViolations(), "accessibility at 200 %").toEqual([]);
    expect.soft(await violationsOfPolicy(), "content security policy").toEqual([]);
  });
}

async function findAccessibilityViolations(): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("\n")}`);
}

async function findSidewaysOverflow(): Promise<number> {
  return page.evaluate(() => {
    const scrolled = [
      document.documentElement,
      ...document.querySelectorAll("#main, .page, .page-body, .evidence, .dialog-body"),
    ];
    return Math.max(...scrolled.map((element) => element.scrollWidth - element.clientWidth));
  });
}

for (const screen of ["conclusions", "sample", "settings"]) {
  test(`${screen} in the system's own colours and with more contrast: accessible, and what is chosen is told apart`, async () => {
    await window.show(screen);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce", contrast: "more" });
      expect.soft(await findAccessibilityViolations(), `more contrast in ${colorScheme}`).toEqual([]);
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce", contrast: null, forcedColors: "active" });
      expect.soft(await findAccessibilityViolations(), `own colours in ${colorScheme}`).toEqual([]);
      const { shown, chosen } = await page.evaluate(() => {
        const probe = document.body.appendChild(document.createElement("i"));
        probe.style.cssText = "forced-color-adjust: none; background: Highlight";
        const groundOf = (element: Element | null) => (element ? getComputedStyle(element).backgroundColor : "");
        return { shown: groundOf(document.querySelector('[aria-current="page"]')), chosen: groundOf(probe) };
      });
      expect.soft(shown, "ground of the screen's name in the sidebar").toBe(chosen);
      await page.emulateMedia({ forcedColors: null });
    }
  });
}

test("who has prepared and reviewed the engagement stands in the head of a workpaper, and leads to the sign-offs", async () => {
  await window.show("testing");
  const marks = page.getByRole("link", { name: /^Sign-off of the engagement/ });
  await expect(marks).toContainText("Prepared: ");
  await expect(marks).toContainText("Reviewed: nobody");
  await marks.click();
  await expect(page.getByRole("heading", { level: 1, name: "Conclusions" })).toBeVisible();
});

test("a chosen theme is kept over the system's", async () => {
  await page.emulateMedia({ colorScheme: "light" });
  await window.show("overview");
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.getByRole("radio", { name: "Dark" }).click();
  expect(await ground()).not.toBe(light);
  await page.reload();
  await page.locator(".page").waitFor();
  expect(await ground()).not.toBe(light);
  await page.getByRole("radio", { name: "As the system" }).click();
  expect(await ground()).toBe(light);
});

test.describe("the testing matrix", () => {
  test("is walked by keys, opens an item by Enter, and takes the focus back when the item is closed", async () => {
    await window.show("testing");
    const focused = () => page.evaluate(() => document.activeElement?.closest("[role=row]")?.textContent ?? "");
    const cell = () => page.evaluate(() => document.activeElement?.getAttribute("aria-colindex") ?? "");
    await page.getByRole("gridcell", { name: "C.1", exact: true }).focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowRight");
    expect(await focused()).toMatch(/^C\.2/);
    expect(await cell()).toBe("2");
    await page.keyboard.press("Enter");
    const panel = page.getByRole("complementary", { name: "Evidence chain" });
    await expect(panel).toBeFocused();
    await expect(panel).toContainText("C.2");
    await page.keyboard.press("]");
    await expect(panel).toContainText("C.3");
    await page.keyboard.press("[");
    await page.keyboard.press("[");
    await expect(panel).toContainText("C.1");
    await expect(panel.getByRole("button", { name: "Previous item" })).toBeDisabled();
    await page.keyboard.press("Escape");
    await expect(panel).toBeHidden();
    expect(await focused()).toMatch(/^C\.1/);
  });

  test("shows only deviations when asked, and items then follow each other among these", async () => {
    await window.show("testing");
    await page.getByRole("radio", { name: "Deviations" }).click();
    const rows = page.getByRole("grid").getByRole("row");
    await expect(page.getByText(/\d+ of 30 sampled/)).toBeVisible();
    for (const row of (await rows.all()).slice(1)) {
      await expect(row.getByRole("img", { name: /^(fail|no evidence)$/ }).first()).toBeVisible();
    }
    await page.getByRole("gridcell", { name: "C.5", exact: true }).click();
    await page.keyboard.press("]");
    await expect(page.getByRole("complementary")).toContainText("C.7");
  });

  test("names each control and its outcomes to those who hear it", async () => {
    await window.show("testing");
    await expect(
      page.getByRole("columnheader", { name: /^REV-01, An independent peer approved.*1 fail/ }),
    ).toBeVisible();
  });

  test("copies its rows with headings and without formulas", async () => {
    await window.show("testing");
    await page.getByRole("button", { name: "Copy: Testing matrix" }).click();
    await expect(page.getByText("Copied: Testing matrix")).toBeAttached();
    const copied = await window.electron.evaluate(({ clipboard }) => clipboard.readText());
    expect(copied.split("\n")).toHaveLength(31);
    expect(copied).toMatch(/^Ref\tChange\tTitle\t/);
  });
});

test.describe("a population of a million changes", () => {
  for (const zoom of [1, 1.5, 2]) {
    test(`has its last row within reach at ${zoom * 100} %`, async () => {
      await window.show("population", { changes: 1_000_000 });
      await setZoom(zoom);
      await expect.poll(() => page.evaluate(() => globalThis.innerWidth)).toBe(Math.round(1360 / zoom));
      await page.getByRole("gridcell").first().focus();
      await page.keyboard.press("Control+End");
      const last = page.locator('[role=row][aria-rowindex="1000001"]');
      await expect(last).toBeInViewport();
      await expect(last).toContainText("LED-1000199");
      await page.keyboard.press("ArrowUp");
      await expect(page.locator('[role=row][aria-rowindex="1000000"] [tabindex="0"]')).toBeFocused();
      await page.keyboard.press("Control+Home");
      await expect(page.locator('[role=row][aria-rowindex="2"]')).toBeInViewport();
    });
  }

  test("renders only what can be seen", async () => {
    await window.show("population", { changes: 1_000_000 });
    await page.getByRole("grid").evaluate((grid) => grid.scrollTo({ top: 3_000_000 }));
    await expect(page.getByRole("gridcell", { name: /^LED-/ }).first()).toBeVisible();
    expect(await page.getByRole("row").count()).toBeLessThan(60);
  });
});

test.describe("the heads of columns", () => {
  const head = (name: string | RegExp) => page.getByRole("columnheader", { name });
  const firstRow = () => page.locator('[role=row][aria-rowindex="2"]');

  test("sort a population by mouse and by keyboard, say how, and keep it in the address", async () => {
    await window.show("population");
    await expect(firstRow()).toContainText("LED-");
    const frozenFirst = await firstRow().textContent();
    const title = head("Title");
    await expect(title).toHaveAttribute("aria-sort", "none");
    await title.click();
    await expect(title).toHaveAttribute("aria-sort", "ascending");
    await expect(title).toBeFocused();
    await expect(firstRow()).not.toHaveText(frozenFirst ?? "");
    const up = await firstRow().textContent();
    await page.keyboard.press("Enter");
    await expect(title).toHaveAttribute("aria-sort", "descending");
    await expect(firstRow()).not.toHaveText(up ?? "");
    await page.getByRole("link", { name: "Overview" }).click();
    await page.goBack();
    await expect(title).toHaveAttribute("aria-sort", "descending");
    await page.getByRole("gridcell").first().focus();
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowRight");
    await expect(title).toBeFocused();
    await page.keyboard.press("Space");
    await expect(title).toHaveAttribute("aria-sort", "none");
    await expect(firstRow()).toHaveText(frozenFirst ?? "");
    await page.keyboard.press("ArrowDown");
    await expect(firstRow().locator('[tabindex="0"]')).toBeFocused();
  });

  test("sort the matrix by a control, its deviations first", async () => {
    await window.show("testing");
    const control = head(/^REV-01, /);
    await control.click();
    await expect(control).toHaveAttribute("aria-sort", "ascending");
    await expect(firstRow().getByRole("img", { name: "fail" }).first()).toBeVisible();
    await page.getByRole("radio", { name: "As drawn" }).click();
    await expect(control).toHaveAttribute("aria-sort", "none");
    await expect(firstRow()).toContainText("C.1");
  });
});

test("a week that is chosen filters the population, and the search within it as well", async () => {
  await window.show("population");
  await page.getByRole("button", { name: /^Week of 19 Jan 2026: / }).click();
  const count = await page.getByText(/\d+ found/).textContent();
  await page.getByRole("searchbox").fill("rounding");
  await expect(page.getByText(/\d+ found/)).not.toHaveText(count ?? "");
  await page.getByRole("button", { name: "Week of 19 Jan 2026: show all weeks again" }).click();
  await page.getByRole("button", { name: "Clear" }).click();
  await expect(page.getByText("12,480 in all")).toBeVisible();
});

test("a copy of the catalog is edited by keyboard: checked, mended at its place, tried, saved and thrown away once agreed", async () => {
  await window.show("catalog");
  await page.getByRole("button", { name: "Edit a copy" }).press("Enter");
  const text = page.getByRole("textbox", { name: /^Text of the copy/ });
  await text.fill(copyWithMistakes);
  await page.getByText("2 mistakes").waitFor();
  await expect(page.getByRole("button", { name: "Dry run" })).toBeDisabled();
  await text.press("Tab");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: /^Line 63, column 10/ })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(text).toBeFocused();
  await page.keyboard.press("Delete");
  await page.getByText("1 mistake", { exact: true }).waitFor();
  await page.getByRole("button", { name: /^Line 2, column 9/ }).press("Enter");
  await page.keyboard.press("Delete");
  await page.getByText("No mistakes: every rule has the right types.").waitFor();
  expect(await text.inputValue()).toBe(copyWithMistakes.replaceAll("wrong", "rong"));
  // A look elsewhere keeps the edits.
  await page.getByRole("link", { name: "Overview" }).click();
  await page.goBack();
  expect(await text.inputValue()).toContain("rong == 1");
  await page.getByText("No mistakes: every rule has the right types.").waitFor();
  await page.getByRole("button", { name: "Dry run" }).press("Enter");
  await page.getByRole("button", { name: "Use it for this engagement" }).press("Enter");
  await expect(page.getByText("It is the engagement's catalog now. Evaluate again.")).toBeVisible();
  await text.press("a");
  await expect(page.getByRole("button", { name: "Use it for this engagement" })).toBeDisabled();
  await page.getByRole("button", { name: "Save the copy…" }).press("Enter");
  await expect(page.getByText(/^Saved as .*-edited\.yaml\.$/)).toBeVisible();
  await text.press("b");
  await page.getByRole("button", { name: "Throw away…" }).press("Enter");
  await page.keyboard.press("Escape");
  await expect(text).toBeVisible();
  await page.getByRole("button", { name: "Throw away…" }).press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Throw it away" }).press("Enter");
  await expect(page.getByRole("button", { name: "Edit a copy" })).toBeVisible();
});

test("the house table that the settings name is the planner's, and one with a mistake does not take its place", async () => {
  await window.show("settings", { stage: "frozen" });
  await useHouseTable("/firm/sizes.yaml");
  await page.getByRole("textbox", { name: "House table" }).fill("/firm/wrong.yaml");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText("line 8, column 22");
  await expect(page.getByText("Sizes of our firm, version 7.")).toBeVisible();
  // Saving what new engagements begin with leaves the table as it is.
  await page.getByRole("button", { name: "Save", exact: true }).press("Enter");
  await page.getByText("Saved. Engagements that exist are not changed.").waitFor();
  await page.getByRole("link", { name: "Sample" }).press("Enter");
  await page.getByRole("radio", { name: "House table" }).press("Enter");
  await expect(page.getByText(/by the house table "Sizes of our firm"/)).toBeVisible();
});

test("nothing is drawn by a house table that was edited after its size was shown, before it is looked at again", async () => {
  await window.show("settings", { stage: "frozen" });
  await useHouseTable("/firm/edited-meanwhile.yaml");
  await page.getByRole("link", { name: "Sample" }).click();
  await page.getByRole("radio", { name: "House table" }).click();
  await page.getByText(/by the house table "Sizes of our firm":/).waitFor();
  await page.getByRole("textbox", { name: "Seed" }).fill("20261128");
  await page.getByRole("button", { name: "Draw", exact: true }).press("Enter");
  await expect(page.getByRole("alert")).toContainText("Nothing was drawn");
  await expect(page.getByText(/by the house table "Sizes of our firm, edited"/)).toBeVisible();
  const entered = () =>
    page.evaluate(async () => {
      const bridge = Reflect.get(globalThis, "tickmark") as Bridge;
      const current = await bridge.call("engagement.current", {});
      const id = current.ok ? current.value?.engagement.id : "";
      const read = await bridge.call("draft.read", { place: JSON.stringify([id, "draw", "change"]) });
      return read.ok && read.value !== null;
    });
  await expect.poll(entered).toBe(true);
  await page.getByRole("button", { name: "Draw", exact: true }).press("Enter");
  await expect(page.getByRole("heading", { name: "30 changes drawn from 12,480" })).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
  // The form is gone with its draw, and so is what was entered in it.
  await expect.poll(entered).toBe(false);
});

test("a judgement stands beside the result, which stays as it was", async () => {
  await window.show("testing");
  await openItem("C.15");
  await judge("pass");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Reason" }).fill("The protocol has it.");
  await dialog.getByRole("button", { name: "Record the judgement" }).click();
  await expect(dialog.getByRole("textbox", { name: "What was done instead" })).toHaveAttribute("aria-invalid", "true");
  await dialog.getByRole("textbox", { name: "What was done instead" }).fill("The protocol was read.");
  await dialog.getByRole("textbox", { name: "What was seen" }).fill("All tests had passed.");
  await page.keyboard.press("Tab");
  await dialog.getByRole("button", { name: "Record the judgement" }).press("Enter");
  await expect(dialog).toBeHidden();
  const beside = page.getByRole("region", { name: "Judgement on TST-01 holds" });
  await expect(beside).toContainText("disposes of missing evidence");
  await expect(beside).toContainText("J. Duarte");
  const row = page.getByRole("row").filter({ has: page.getByRole("gridcell", { name: "C.15", exact: true }) });
  await expect(row.getByRole("gridcell", { name: "no evidence judged pass" })).toBeVisible();
  // It is undone by the key for that: the reversal is a judgement of its own, and nothing is erased.
  await expect(page.getByRole("status").filter({ hasText: "on TST-01 holds: judged pass." })).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(page.getByText("what was judged before is taken back. Both stay in the log.")).toBeVisible();
  await expect(row.getByRole("gridcell", { name: "no evidence judged pass" })).toHaveCount(0);
  await beside.getByText("Earlier judgements: 2").click();
  await expect(beside).toContainText("was recorded by mistake, and undone at once.");
  // What was marked before it is undone with a reason, whatever it was: by one more entry of the log.
  await page.keyboard.press("Control+z");
  const undoing = page.getByRole("dialog", { name: "Undo the last mark" });
  await expect(undoing).toContainText("Nothing is erased");
  await page.keyboard.press("Escape");
  await expect(beside.getByText("Earlier judgements: 2")).toBeVisible();
});

test("what was entered and not recorded is offered where it was entered, never enters itself, and goes when it is recorded", async () => {
  await window.show("testing");
  await openItem("C.15");
  const dialog = page.getByRole("dialog");
  const [reason, outcome, take] = [
    dialog.getByRole("textbox", { name: "Reason" }),
    dialog.getByRole("button", { name: /You conclude/ }),
    dialog.getByRole("button", { name: "Take up" }),
  ];
  const open = async () => {
    await page
      .getByRole("button", { name: /^Judge( again)?$/ })
      .filter({ visible: true })
      .first()
      .click();
    await reason.waitFor();
  };
  await judge("fail");
  await reason.fill("Nobody has it.");
  await page.keyboard.press("Escape");
  await openItem("C.25");
  await open();
  await expect(dialog.getByRole("textbox", { name: "Your name" })).toHaveValue("J. Duarte");
  await expect(dialog.getByText("was not recorded")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await openItem("C.15");
  await open();
  await expect(dialog.getByRole("status")).toContainText("What was entered here");
  await expect(outcome).toContainText("no evidence");
  await expect(reason).toHaveValue("");
  await take.click();
  await expect(outcome).toContainText("fail");
  await expect(outcome).toBeFocused();
  await expect(reason).toHaveValue("Nobody has it.");
  await page.keyboard.press("Tab");
  await dialog.getByRole("button", { name: "Record the judgement" }).press("Enter");
  await expect(dialog).toBeHidden();
  await open();
  await expect(dialog.getByRole("textbox", { name: "Your name" })).toHaveValue("J. Duarte");
  await expect(dialog.getByRole("status")).toHaveCount(0);
  // The judgement that it is about is taken back meanwhile: what was written can be read, and not taken up.
  await reason.fill("It was found since.");
  await page.keyboard.press("Escape");
  await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
  await page.getByText("what was judged before is taken back").waitFor();
  await open();
  await expect(dialog.getByRole("status")).toContainText("What it is about has changed since");
  await expect(take).toHaveCount(0);
  await dialog.getByText("Read what was written").click();
  await expect(dialog.getByText("It was found since.")).toBeVisible();
  await dialog.getByRole("button", { name: "Discard" }).click();
  await expect(dialog.getByRole("status")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await open();
  await expect(dialog.getByRole("textbox", { name: "Your name" })).toHaveValue("J. Duarte");
  await expect(dialog.getByRole("status")).toHaveCount(0);
});

test("how a sample shall be drawn, decisions and reasons for taking back are offered again too, each in its place", async () => {
  await window.show("people");
  const dialog = page.getByRole("dialog");
  const [take, discard] = [
    page.getByRole("button", { name: "Take up" }),
    page.getByRole("button", { name: "Discard" }),
  ];
  await page
    .getByRole("button", { name: /^Split/ })
    .first()
    .click();
  await dialog.getByRole("textbox", { name: "Reason" }).fill("Another of the name.");
  await page.keyboard.press("Escape");
  await page
    .getByRole("button", { name: /^Split/ })
    .nth(1)
    .click();
  await expect(dialog.getByRole("textbox", { name: "Reason" })).toHaveValue("");
  await expect(take).toHaveCount(0);
  await page.keyboard.press("Escape");
  await page
    .getByRole("button", { name: /^Split/ })
    .first()
    .click();
  await take.click();
  await expect(dialog.getByRole("textbox", { name: "Reason" })).toHaveValue("Another of the name.");
  await page.keyboard.press("Escape");

  await page.getByRole("link", { name: "Sample" }).click();
  await page.getByText("Draw once more").first().click();
  await page.getByRole("button", { name: /Method$/ }).click();
  await page.getByRole("option", { name: /^Strat/ }).click();
  await page.getByRole("textbox", { name: "Why this size" }).fill("As the plan says.");
  await page.getByRole("link", { name: "Conclusions" }).click();
  await page.getByRole("link", { name: "Sample" }).click();
  await page.getByText("Draw once more").first().click();
  await expect(page.getByRole("textbox", { name: "Why this size" })).toHaveValue("");
  await take.click();
  await expect(page.getByRole("button", { name: /Method$/ })).toContainText("Strat");
  await expect(page.getByRole("textbox", { name: "Why this size" })).toHaveValue("As the plan says.");

  await page.getByRole("link", { name: "Conclusions" }).click();
  await page
    .getByRole("button", { name: /^Withdraw/ })
    .first()
    .click();
  await dialog.getByRole("textbox", { name: "Why it is withdrawn" }).fill("Signed too early.");
  await page.keyboard.press("Escape");
  await page
    .getByRole("button", { name: /^Withdraw/ })
    .first()
    .click();
  await expect(take).toBeVisible();
  await page.keyboard.press("Escape");
  await choose("undo-mark", () => dialog.getByText("Nothing is erased").waitFor());
  await dialog.getByRole("textbox", { name: "Reason" }).fill("On second thoughts.");
  await page.keyboard.press("Escape");
  await choose("undo-mark", () => take.waitFor());
  await discard.click();
  await expect(dialog.getByRole("textbox", { name: "Reason" })).toHaveValue("It was recorded by mistake.");
  await page.keyboard.press("Escape");
});

test("a sign-off is the last mark that is undone, by who gave it and with a reason", async () => {
  await window.show("conclusions");
  const row = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: "DEP-01", exact: true }) });
  await row.getByRole("button", { name: "Sign off DEP-01" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Sign off", exact: true }).click();
  await expect(row).toContainText("prepared");
  await choose("undo-mark", () => page.getByRole("dialog").getByText("Sign-off S.").waitFor());
  const dialog = page.getByRole("dialog", { name: "Undo the last mark" });
  await dialog.getByRole("textbox", { name: "Reason" }).fill("Signed too early.");
  await dialog.getByRole("button", { name: "Undo it" }).click();
  await expect(dialog).toBeHidden();
  await expect(row).toContainText("not signed");
});

test("a reviewer does not sign off the engagement while a review note is open, and is told which", async () => {
  await window.show("conclusions");
  await page.getByRole("button", { name: "Sign off the engagement" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Your name" }).fill("M. Lindqvist");
  await dialog.getByRole("button", { name: "Sign off", exact: true }).click();
  await expect(dialog.getByRole("alert")).toContainText("N.1");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Clear N.1" }).click();
  await dialog.getByRole("textbox", { name: "Why it is cleared" }).fill("I see.");
  await dialog.getByRole("button", { name: "Record" }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole("button", { name: "Sign off the engagement" }).click();
  await expect(dialog.getByRole("textbox", { name: "Your name" })).toHaveValue("M. Lindqvist");
  await dialog.getByRole("button", { name: "Sign off", exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("M. Lindqvist, 2026-07-07", { exact: false }).first()).toBeVisible();
});

test("an unknown account is joined to a person with a reason, and the decision can be withdrawn", async () => {
  await window.show("people");
  const unknown = page.getByRole("button", { name: "Join git: root@build-07.internal to a person" });
  await unknown.click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: "Same person as" }).fill("somebody");
  await dialog.getByRole("textbox", { name: "Reason" }).fill("The build host's owner confirmed it in writing");
  await dialog.getByRole("button", { name: "Record" }).click();
  await expect(dialog.getByText("Choose one of the accounts that are offered.")).toBeVisible();
  await dialog.getByRole("combobox", { name: "Same person as" }).fill("A. Osei, github: a-osei");
  await dialog.getByRole("button", { name: "Record" }).click();
  await expect(dialog).toBeHidden();
  await expect(unknown).toHaveCount(0);
  await expect(page.getByText("git: root@build-07.internal is the same person as github: a-osei")).toBeVisible();
  await expect(page.getByText(/^1 decision made since the populations were frozen/)).toBeVisible();
  await expect(page.getByText("github: j-duarte[U+202E]-admin")).toBeVisible();
  await page.getByRole("button", { name: "Withdraw decision 40" }).click();
  await dialog.getByRole("textbox", { name: "Reason" }).fill("It was another host");
  await dialog.getByRole("button", { name: "Record" }).click();
  await expect(unknown).toBeVisible();
});

test("hostile evidence stays text", async () => {
  await window.show("testing");
  await openItem("C.7");
  await page
    .getByRole("button", { name: /^Open raw record/ })
    .first()
    .click();
  const text = page.locator("pre");
  await expect(text).toContainText("<img src=x onerror=alert(1)>");
  await expect(text).toContainText("[U+202E]");
  expect(await page.locator("pre img").count()).toBe(0);
  await page.keyboard.press("Escape");
  await expect(text).toBeHidden();
  await expect(page.getByRole("complementary")).toBeVisible();
});

test("a fault is shown in full, and trying again asks again", async () => {
  await window.show("sources", { failing: "source.list" });
  const fault = page.getByRole("alert");
  await expect(fault).toContainText("The server refused the token");
  await expect(fault).toContainText("Give a token that is valid");
  await expect(fault).toContainText("http-unauthorised");
  await fault.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
});

test("a bundle that is dropped anywhere is verified, and the window says so while it hovers", async () => {
  await window.show("overview");
  await page.evaluate(() => {
    const files = new DataTransfer();
    files.items.add(new File(["x"], "failed.zip"));
    const send = (kind: string) =>
      document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: files, bubbles: true, cancelable: true }));
    send("dragover");
    Object.assign(globalThis, { send });
  });
  await expect(page.getByText("Drop a bundle to verify it")).toBeVisible();
  await page.evaluate(() => (Reflect.get(globalThis, "send") as (kind: string) => void)("drop"));
  await expect(page.getByRole("status", { name: "Verdict" })).toContainText("Failed");
  await expect(page.getByRole("status", { name: "Verdict" })).toContainText("fail: merged by the author");
  await expect(page.getByText("/dropped/failed.zip")).toBeVisible();
});

test("a file that is dropped on the sources is shown with what it is taken for, and can be corrected before it is added", async () => {
  await window.show("sources");
  await expect(page.getByRole("heading", { name: "Completeness" })).toBeVisible();
  await page.evaluate(() => {
    const files = new DataTransfer();
    files.items.add(new File(["x"], "minutes.log"));
    for (const kind of ["dragover", "drop"]) {
      document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: files, bubbles: true, cancelable: true }));
    }
  });
  const dialog = page.getByRole("dialog", { name: "Add handed-over files" });
  await expect(dialog).toContainText("minutes.log would not be taken: it is text of no known format.");
  await expect(dialog.getByRole("button", { name: "Add as a source" })).toBeDisabled();
  await dialog.getByRole("button", { name: /What they are/ }).click();
  await page.getByRole("option", { name: /attachment\.document/ }).click();
  await expect(dialog).toContainText("minutes.log: Documents (attachment.document), because the auditor said so.");
  await dialog.getByRole("button", { name: "Add as a source" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("Completeness of minutes-log")).toBeVisible();
});

test("an engagement is closed and opened again from the start screen", async () => {
  await window.show("start");
  await page.getByRole("button", { name: "Close the engagement" }).click();
  await expect(page.getByRole("link", { name: "Overview" })).toHaveCount(0);
  await page.getByRole("button", { name: "Open…" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
});

test("a new engagement is made from the form, and nothing is asked for while a field is empty", async () => {
  await window.show("start", { stage: "none" });
  await page.getByRole("textbox", { name: "Name" }).fill("Northwind SOC 2 Type II");
  await page.getByRole("button", { name: "Create…" }).click();
  // The auditor is suggested by the settings.
  await expect(page.getByText("Fill this in.")).toHaveCount(3);
  await expect(page.getByRole("textbox", { name: "Auditor" })).toHaveValue("Ada Auditor");
  await page.getByRole("textbox", { name: "Entity" }).fill("Northwind Ledger");
  await page.getByRole("textbox", { name: "First day" }).fill("2026-01-01");
  await page.getByRole("textbox", { name: "Last day" }).fill("2026-06-30");
  await page.getByRole("textbox", { name: "Auditor" }).fill("J. Duarte");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
});

test("a new engagement is tested against the catalog that the settings name", async () => {
  await window.show("start", { stage: "none" });
  await page.evaluate(() => {
    const { tickmark } = globalThis as unknown as {
      tickmark: { call(of: string, request: unknown): Promise<unknown> };
    };
    const { call } = tickmark;
    const settings = { auditor: "Ada Auditor", timeZone: "", catalogPath: "/audit/own.yaml", houseTablePath: "" };
    tickmark.call = async (procedure, request) => {
      if (procedure === "settings.show") return { ok: true, value: settings };
      if (procedure === "engagement.create") Object.assign(globalThis, { created: request });
      return call(procedure, request);
    };
  });
  for (const [field, text] of [
    ["Name", "Q1"],
    ["Entity", "Northwind Ledger"],
    ["First day", "2026-01-01"],
    ["Last day", "2026-03-31"],
    ["Time zone", "Europe/Oslo"],
  ] as const)
    await page.locator("main").getByLabel(field, { exact: true }).fill(text);
  await page.getByRole("button", { name: "Create…" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  const created = await page.evaluate(() => (globalThis as { created?: unknown }).created);
  expect(created).toMatchObject({
    auditor: "Ada Auditor",
    timeZone: "Europe/Oslo",
    catalogPath: "/audit/own.yaml",
    path: "/home/auditor/Q1.tickmark",
  });
});

test("a source is added by its form and stands in the list", async () => {
  await window.show("sources");
  await page.getByRole("button", { name: "Add a source" }).click();
  await page.getByRole("button", { name: /Kind of source/ }).click();
  await page.getByRole("option", { name: "List of people" }).click();
  await page.getByRole("textbox", { name: "Short name" }).fill("People");
  await page.getByRole("textbox", { name: "File or folder" }).fill("/evidence/people.csv");
  await page.getByRole("button", { name: "Add the source" }).click();
  await expect(page.getByText("lower-case letters, digits and hyphens", { exact: true })).toBeVisible();
  await page.getByRole("textbox", { name: "Short name" }).fill("people");
  await page.getByRole("button", { name: "Add the source" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(page.getByRole("button", { name: "Pull people" })).toBeVisible();
});

test("a pull shows the progress of each source and can be cancelled", async () => {
  await window.show("sources", { stage: "new", stuck: "pull.run" });
  await page.getByRole("button", { name: "Pull what is missing" }).click();
  await page.evaluate(() => {
    const bridge = Reflect.get(globalThis, "tickmark") as { emit(event: string, payload: unknown): void };
    bridge.emit("pull-progress", { sourceId: "ledger-git", what: "Reading commits", done: 340, total: 812 });
  });
  await expect(page.getByRole("progressbar", { name: "Progress of ledger-git" })).toBeVisible();
  await expect(page.getByText("340 / 812")).toBeVisible();
  await page.getByRole("link", { name: "Overview" }).click();
  await page
    .getByRole("link", { name: /^Sources/ })
    .first()
    .click();
  await expect(page.getByText("340 / 812")).toBeVisible();
  await expect(page.getByRole("button", { name: "Cancel the pull" })).toBeEnabled();
});

test("a bundle that holds is browsed on the same screens, where nothing can be changed, until it is closed", async () => {
  const changing =
    /^(Add|Pull|Test|Attest|Tokens|Freeze|Draw|Evaluate|Judge|Take back|Write up|Revise|Sign|Raise|Answer|Clear|Close G|Try|Join|Split|Withdraw|Undo|Replace|Expand)/;
  await window.show("sources");
  await expect(page.getByRole("main").getByRole("button", { name: changing })).not.toHaveCount(0);
  await window.show("verify", { stage: "none" });
  await verify("/home/auditor/failed.zip");
  await expect(page.getByRole("button", { name: "Browse the bundle" })).toBeHidden();
  await verify("/home/auditor/unknown.zip");
  await page.getByRole("button", { name: "Browse the bundle" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  const notice = page.getByRole("region", { name: "Bundle, to look at" });
  const stages = page.getByRole("navigation", { name: "Stages of the engagement" }).getByRole("link");
  const screens = await stages.evaluateAll((links) =>
    links.map((link) => link.getAttribute("href")?.split("#")[1] ?? ""),
  );
  const ofBundle = screens.filter((screen) => !/start|verify|settings/.test(screen));
  expect(ofBundle.join(" ")).toBe(
    "/overview /sources /people /population /sample /testing /exceptions /conclusions /catalog",
  );
  for (const [index, screen] of screens.entries()) {
    if (!ofBundle.includes(screen)) continue;
    await stages.nth(index).click();
    await expect(stages.nth(index)).toHaveAttribute("aria-current", "page");
    await expect(page.locator("main .state")).toHaveCount(0);
    await expect(notice).toContainText("Read-only: unknown.zip. Consistent, but the signer is unknown.");
    await expect(page.getByRole("main").getByRole("button", { name: changing })).toHaveCount(0);
    const [screenBox, barBox] = await Promise.all(
      [".page", ".status-bar"].map((name) => page.locator(name).boundingBox()),
    );
    expect((screenBox?.y ?? 0) + (screenBox?.height ?? 0)).toBeLessThanOrEqual(barBox?.y ?? 0);
  }
  await stages.and(page.getByTitle("Verify bundle", { exact: true })).click();
  await expect(page.getByRole("status", { name: "Verdict" })).toBeVisible();
  await page.getByRole("button", { name: "Close the bundle" }).click();
  await expect(notice).toBeHidden();
});

test("a part of an audit, and an edition for outsiders, say on the same screens what they do not have", async () => {
  const notice = page.getByRole("region", { name: "Bundle, to look at" });
  const browse = async (path: string) => {
    await window.show("verify", { stage: "none" });
    await verify(path);
    await page.getByRole("button", { name: "Browse the bundle" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  };
  await browse("/home/auditor/audit.part.zip");
  await expect(notice).toContainText("of REV-01. What is in the others is not here: audit.TRC-01.zip.");
  await notice.getByText("1 check could not be done again").click();
  await expect(notice).toContainText("The reconciliation comes out the same");
  await page
    .getByRole("link", { name: /^Conclusions/ })
    .first()
    .click();
  await expect(page.getByRole("main")).toContainText("Not in this part. A requirement is answered by several controls");
  await browse("/home/auditor/outsiders.zip");
  await expect(notice).toContainText("shown as the bundle states them");
  await page
    .getByRole("link", { name: /^Testing/ })
    .first()
    .click();
  await openItem("C.9");
  await page
    .getByRole("button", { name: /^Open raw record/ })
    .first()
    .click();
  const record = page.getByRole("dialog");
  await expect(record).toContainText("Not as it was received: of it were replaced 4 × person.");
  await expect(record.getByRole("radio", { name: "As received" })).toHaveCount(0);
  await page.keyboard.press("Escape");
  await showRecord("minutes.html");
  await expect(record).toContainText("Withheld in this edition: It is no text, in which nothing can be found and");
  await expect(record).not.toContainText("not found");
  await expect(record.locator(".record-picture")).toHaveCount(0);
});

test("what of a bundle comes out otherwise and is no failure is shown with both values, and never called verified", async () => {
  await window.show("verify");
  await verify("/home/auditor/earlier-trusted.zip");
  const verdict = page.getByRole("status", { name: "Verdict" });
  await expect(verdict).toContainText("Whole, but not all done again");
  const check = page.getByRole("listitem").filter({ hasText: "Every fact is what the evidence says" });
  for (const said of ["Not checked", "It comes out otherwise now.", "2 builds", "1 build"])
    await expect(check).toContainText(said);
});

test("an unknown signer is never called verified", async () => {
  await window.show("verify");
  await verify("/home/auditor/unknown.zip");
  const verdict = page.getByRole("status", { name: "Verdict" });
  await expect(verdict).toContainText("the signer is unknown");
  await expect(verdict).not.toContainText("Verified");
});
