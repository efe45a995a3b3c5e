import { hash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { describeDemoSources } from "../../../electron/engine/steps/demo-step.ts";
import { createGithubDriver } from "../../../electron/sources/code-host/github-driver.ts";
import { startDemoServer } from "../../../electron/sources/demo/server/demo-server.ts";
import { createJiraDriver } from "../../../electron/sources/jira/jira-driver.ts";
import type { PullContext, PullOutcome } from "../../../electron/sources/source-driver.ts";
import { type ErrorCode, faultOf } from "../../../shared/errors.ts";
import { resolvePeriod } from "../../../shared/model/period.ts";
import type { Source } from "../../../shared/model/source.ts";
import { quickLimits } from "./code-host/fake-github.ts";
import { type MadeSources, makeSources } from "./demo/made-sources.ts";
import { type Fault, type FaultProxy, type Mischief, type Question, startFaultProxy, strike } from "./fault-proxy.ts";
import { createPullDouble, type PullDouble, recordsOf } from "./pull-double.ts";
import { doubled } from "./pull-with-secret.ts";

const [token, renewed] = ["a-token-that-expires", "a-token-that-was-renewed"];
const limits = { ...quickLimits, timeoutMs: 20_000 };
/** Half a month, so that a pull is short; its margin gives the list of requests a page without any request of it. */
const period = resolvePeriod("2026-03-16", "2026-03-31", "Europe/Berlin");
const noon = new Date("2026-06-01T12:00:00Z");
const anHour = 3_600_000;

type System = "GitHub" | "Jira";
interface Pulled {
  readonly double: PullDouble;
  readonly proxy: FaultProxy;
  readonly waits: readonly string[];
  readonly outcome: PullOutcome;
}

let made: MadeSources;
beforeAll(async () => {
  made = await makeSources();
});
afterAll(() => made[Symbol.asyncDispose]());

/** One of the demo's systems, behind a proxy of its own. */
async function behindProxy(system: System, settings: { fault?: Fault; date?: Date } = {}) {
  const { fault, date = noon } = settings;
  const server = await startDemoServer(made.sources, { token });
  onTestFinished(() => server.close());
  const target = system === "GitHub" ? server.githubUrl : server.jiraUrl;
  const proxy = await startFaultProxy({
    target,
    date,
    pageSize: system === "GitHub" ? 10 : 20,
    ...(fault ? { fault } : {}),
  });
  const sources = describeDemoSources(made.sources, { githubUrl: proxy.url, jiraUrl: proxy.url }, "UNUSED");
  return { proxy, source: sources.find(({ kind }) => kind === system.toLowerCase()) };
}

function pullFrom(source: Source | undefined, context: PullContext): Promise<PullOutcome> {
  if (source?.kind === "github") return createGithubDriver(limits).pull(source, context);
  if (source?.kind === "jira") return createJiraDriver(limits).pull(source, context);
  throw new Error("the demo has a GitHub and a Jira");
}

function contextOf(double: PullDouble, secret: string, waits: string[] = []): PullContext {
  const report = ({ what }: { what: string }) => {
    if (what.startsWith("waiting for")) waits.push(what);
  };
  return { ...double.context, now: () => noon.toISOString(), readSecret: () => secret, report };
}

async function pullThrough(system: System, settings: { fault?: Fault; date?: Date } = {}): Promise<Pulled> {
  const { proxy, source } = await behindProxy(system, settings);
  const [double, waits] = [createPullDouble({ period }), [] as string[]];
  const outcome = await pullFrom(source, contextOf(double, token, waits));
  return { double, proxy, waits, outcome };
}

const calm = new Map<System, Pulled>();
async function undisturbed(system: System): Promise<Pulled> {
  const pulled = calm.get(system) ?? (await pullThrough(system));
  calm.set(system, pulled);
  return pulled;
}

/** Evidence as a set, as the store keeps it, without the port that the proxy happened to have. */
function evidenceOf({ double, proxy }: Pick<Pulled, "double" | "proxy">): string[] {
  const spelled = double.records.map(
    ({ format, locator, bytes }) => `${format} ${locator.replace(proxy.url, "")} ${hash("sha256", bytes)}`,
  );
  return [...new Set(spelled)].sort();
}

/** Each ticket's own record, whichever page it came on. */
function ticketsOf({ double }: Pulled): string[] {
  const issues = recordsOf(double, "jira.issues").flatMap(({ bytes }): { key: string }[] => {
    return JSON.parse(Buffer.from(bytes).toString()).issues;
  });
  return [...new Set(issues.map((issue) => JSON.stringify(issue)))].sort();
}

/** How often each question was asked in vain before its answer came, from the request records. */
function vainAttempts({ double, proxy }: Pulled): string[] {
  return double.requests.flatMap(({ asked, attempts }) =>
    Array.from({ length: attempts - 1 }, () => asked.replace(`GET ${proxy.url}`, "")),
  );
}

/** The outcome, without the one word in it that names the proxy's port. */
function withoutPort({ endpoint: _endpoint, ...said }: PullOutcome): Omit<PullOutcome, "endpoint"> {
  return said;
}

const isPage = (path: RegExp) => (question: Question) => path.test(question.path);
const requestList = isPage(/\/pulls$/);
const runList = (question: Question) => /\/actions\/runs$/.test(question.path) && question.query.has("branch");
const ticketList = (question: Question) => question.query.get("fields") === "*all" && isList(question);
const keyList = (question: Question) => question.query.get("fields") === "created" && isList(question);
const isList = ({ query }: Question) => query.get("jql")?.startsWith("project") === true;
const history = isPage(/\/changelog$/);

describe.each<System>(["GitHub", "Jira"])("%s", (system) => {
  const nowAndThen = (mischief: Mischief) => strike(mischief, (nth) => nth % 7 === 3);

  it.each<[name: string, mischief: Mischief]>([
    ["refuses now and then with 429 and Retry-After", refusal("0.01")],
    ["answers 500 now and then", { does: "answer", status: 500 }],
    ["resets the connection in the middle of a body", { does: "reset" }],
    ["ends a body before the length that it announced", { does: "cut", announced: "length" }],
    ["ends a chunked body without its last chunk", { does: "cut", announced: "chunks" }],
    ["announces the half of a body as the whole", { does: "cut", announced: "the half" }],
  ])(
    "%s: the evidence is that of an undisturbed pull, and the attempts of the requests tell it",
    async (_, mischief) => {
      const calmly = await undisturbed(system);
      const pulled = await pullThrough(system, { fault: nowAndThen(mischief) });
      expect(evidenceOf(pulled)).toEqual(evidenceOf(calmly));
      expect(withoutPort(pulled.outcome)).toEqual(withoutPort(calmly.outcome));
      expect(pulled.proxy.struck.length).toBeGreaterThan(2);
      expect(vainAttempts(pulled).sort()).toEqual(pulled.proxy.struck.toSorted());
      expect(pulled.waits.length).toBe(mischief.does === "answer" && mischief.headers ? pulled.proxy.struck.length : 0);
    },
  );

  it("sends bytes slowly, but in time: that is no fault, and nothing is asked twice", async () => {
    const calmly = await undisturbed(system);
    const pulled = await pullThrough(system, { fault: nowAndThen({ does: "drip" }) });
    expect(pulled.proxy.struck.length).toBeGreaterThan(2);
    expect(evidenceOf(pulled)).toEqual(evidenceOf(calmly));
    expect(withoutPort(pulled.outcome)).toEqual(withoutPort(calmly.outcome));
    expect(vainAttempts(pulled)).toEqual([]);
  });

  it.each([-7, 7])(
    "has a clock that is %i hours off: its own time is on record, and waits are held against it",
    async (hours) => {
      const calmly = await undisturbed(system);
      const date = new Date(noon.getTime() + hours * anHour);
      const fault = strike(refusal(date.toUTCString()), (nth) => nth === 5);
      const pulled = await pullThrough(system, { fault, date });
      expect(evidenceOf(pulled)).toEqual(evidenceOf(calmly));
      expect(withoutPort(pulled.outcome)).toEqual(withoutPort(calmly.outcome));
      expect(vainAttempts(pulled)).toEqual(pulled.proxy.struck);
      expect(new Set(pulled.double.requests.map(({ serverDate }) => serverDate))).toEqual(
        new Set([date.toUTCString()]),
      );
      expect(new Set(pulled.double.requests.map(({ at }) => at))).toEqual(new Set([noon.toISOString()]));
    },
  );

  it.each<[name: string, code: ErrorCode, status: number]>([
    ["lets the token expire halfway", "http-unauthorised", 401],
    ["goes down halfway", "http-server-error", 503],
  ])(
    "%s: the pull is interrupted with nothing stored half, and ends in the evidence of an undisturbed one",
    async (_, code, status) => {
      const calmly = await undisturbed(system);
      const half = Math.floor(calmly.double.requests.length / 2);
      const down = strike({ does: "answer", status }, (nth) => nth > half);
      // After an expiry the system goes on, for whoever has the new token.
      const fault: Fault = (question) => (question.renewed ? null : down(question));
      const { proxy, source } = await behindProxy(system, { fault });
      const broken = createPullDouble({ period });
      const thrown = await pullFrom(source, contextOf(broken, token)).catch((error: unknown) => error);
      expect(faultOf(thrown).code).toBe(code);
      expect(faultOf(thrown).message).toContain(String(status));
      const kept = evidenceOf({ double: broken, proxy });
      expect(kept.length).toBeGreaterThan(3);
      expect(evidenceOf(calmly)).toEqual(expect.arrayContaining(kept));
      expect(kept.length).toBeLessThan(evidenceOf(calmly).length);
      expect(broken.requests.map(({ sha256 }) => sha256)).toEqual(
        broken.records.map(({ bytes }) => hash("sha256", bytes)),
      );

      if (status !== 401) proxy.mend();
      const resumed = createPullDouble({ after: broken });
      const outcome = await pullFrom(source, contextOf(resumed, status === 401 ? renewed : token));
      expect(evidenceOf({ double: resumed, proxy })).toEqual(evidenceOf(calmly));
      expect(withoutPort(outcome)).toEqual(withoutPort(calmly.outcome));
      expect(new Set(resumed.requests.map((request) => request.status))).toEqual(new Set([200]));
    },
  );
});

const firstPage = (query: URLSearchParams): void => query.set("page", "1");

it.each<[name: string, matches: (question: Question) => boolean, page: number, mischief: Mischief, told: string]>([
  [
    "gives a page of requests twice",
    requestList,
    2,
    { does: "swap", ask: firstPage },
    "pull requests were listed again",
  ],
  ["gives an empty page of requests in the middle", requestList, 2, emptied(null, true), "found only by reading"],
  ["ends the list of requests too early", requestList, 2, emptied(null, false), "found only by reading"],
  ["leaves out a page of requests of the margin alone", requestList, 4, emptied(null, false), "found only by reading"],
  ["gives a page of runs twice", runList, 2, { does: "swap", ask: firstPage }, "workflow runs were found only by"],
  ["gives an empty page of runs", runList, 2, emptied("workflow_runs", true), "workflow runs were found only by"],
  ["ends the list of runs too early", runList, 2, emptied("workflow_runs", false), "workflow runs were found only by"],
])(
  "GitHub %s: the list is read once more, nothing is lost or doubled, and a note tells it",
  async (_, matches, page, mischief, told) => {
    const calmly = await undisturbed("GitHub");
    const pulled = await pullThrough("GitHub", { fault: strike(mischief, (nth) => nth === page, matches) });
    expect(pulled.proxy.wrong).toHaveLength(1);
    const [evidence, expected] = [new Set(evidenceOf(pulled)), new Set(evidenceOf(calmly))];
    expect([...expected].filter((line) => !evidence.has(line))).toEqual([]);
    // What came wrong is evidence of what came wrong, and all that there is besides.
    const more = [...evidence].filter((line) => !expected.has(line));
    expect(more.map((line) => line.replace(/^\S+ /, ""))).toEqual(pulled.proxy.wrong);
    expect(doubled(pulled.double, "github.pulls", "github.runs", "github.other")).toEqual([]);
    const { counts, tieOuts, coverage } = calmly.outcome;
    expect(pulled.outcome).toMatchObject({ counts, tieOuts, coverage });
    expect(pulled.outcome.notes.join("\n")).toContain(told);
  },
);

it.each<[name: string, matches: (question: Question) => boolean, page: number, mischief: Mischief, told: RegExp]>([
  [
    "gives an earlier page of tickets again",
    ticketList,
    3,
    { does: "swap", ask: withoutToken },
    /40 tickets were listed again/,
  ],
  [
    "gives an empty page of tickets in the middle",
    ticketList,
    3,
    emptied("issues", true),
    /20 tickets were not on the pages/,
  ],
  ["ends the list of tickets too early", ticketList, 5, emptied("issues", false), /\d+ tickets were not on the pages/],
  [
    "gives an empty page of keys",
    keyList,
    3,
    emptied("issues", true),
    /20 tickets of LED were received and are not in/,
  ],
  [
    "ends the list of keys too early",
    keyList,
    2,
    emptied("issues", false),
    /\d+ tickets of LED were received and are not in/,
  ],
  [
    "gives a page of a history twice",
    history,
    3,
    { does: "swap", ask: fromTheStart },
    /LED-1000, Jira first gave another page/,
  ],
  ["gives an empty page of a history", history, 3, emptied("values", true), /LED-1000, Jira first gave an empty one/],
])("Jira %s: nothing is lost or doubled, and a note tells it", async (_, matches, page, mischief, told) => {
  const calmly = await undisturbed("Jira");
  const pulled = await pullThrough("Jira", { fault: strike(mischief, (nth) => nth === page, matches) });
  expect(pulled.proxy.wrong).toHaveLength(1);
  expect(ticketsOf(pulled)).toEqual(ticketsOf(calmly));
  const historiesOf = ({ double, proxy }: Pulled) =>
    evidenceOf({ double, proxy }).filter((line) => line.startsWith("jira.changelog"));
  expect(historiesOf(pulled)).toEqual(historiesOf(calmly));
  const { counts, coverage } = calmly.outcome;
  expect(pulled.outcome).toMatchObject({ counts, coverage });
  for (const { expected, received } of pulled.outcome.tieOuts) expect(received).toBe(expected);
  expect(pulled.outcome.notes.join("\n")).toMatch(told);
});

it("Jira gives the page of tickets just read once more: the pull is interrupted, and ends in the evidence of an undisturbed one", async () => {
  const calmly = await undisturbed("Jira");
  let [before, strikes] = ["", 0];
  const fault: Fault = (question) => {
    if (!ticketList(question)) return null;
    const last = before;
    before = question.query.get("nextPageToken") ?? "";
    strikes += 1;
    return strikes === 3 ? { does: "swap", ask: (query) => query.set("nextPageToken", last) } : null;
  };
  const { proxy, source } = await behindProxy("Jira", { fault });
  const broken = createPullDouble({ period });
  const thrown = await pullFrom(source, contextOf(broken, token)).catch((error: unknown) => error);
  expect(faultOf(thrown)).toMatchObject({
    code: "response-invalid",
    message: expect.stringContaining("the same page"),
  });
  const resumed = createPullDouble({ after: broken });
  const outcome = await pullFrom(source, contextOf(resumed, token));
  expect(evidenceOf({ double: resumed, proxy })).toEqual(evidenceOf(calmly));
  expect(withoutPort(outcome)).toEqual(withoutPort(calmly.outcome));
});

function refusal(retryAfter: string): Mischief {
  return { does: "answer", status: 429, headers: { "retry-after": retryAfter } };
}

function emptied(list: string | null, goesOn: boolean): Mischief {
  return { does: "empty", list, goesOn };
}

function withoutToken(query: URLSearchParams): void {
  query.delete("nextPageToken");
}

function fromTheStart(query: URLSearchParams): void {
  query.set("startAt", "0");
}
