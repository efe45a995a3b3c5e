/**
 * A Jira Cloud on loopback with as many issues as asked for: `jira-server-process.ts ISSUES gzip|identity`. Prints its address. A
 * process of its own, so that its work is not counted as anybody else's; it only puts prepared texts together, and with
 * `gzip` compresses them for whoever takes that, as Jira Cloud does.
 */
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";

const issues = Number(process.argv[2]);
const isCompressed = process.argv[3] === "gzip";
const words =
  "limit card payments raised review rollback plan attached on-call team ledger refund settlement gateway retry".split(
    " ",
  );
const texts = createTexts(997);

const server = createServer((request, response) => {
  const url = new URL(request.url ?? "/", "http://loopback");
  if (url.pathname === "/rest/api/3/myself") return answer(response, account(0));
  if (url.pathname === "/rest/api/3/mypermissions") return answer(response, '{"permissions":{}}');
  if (url.pathname !== "/rest/api/3/search/jql") return answer(response, "{}", 404);
  const size = Number(url.searchParams.get("maxResults"));
  const start = Number(url.searchParams.get("nextPageToken") ?? 0);
  const isFull = url.searchParams.get("fields") === "*all";
  const isDescending = url.searchParams.get("jql")?.endsWith("ORDER BY key DESC") === true;
  const end = Math.min(issues, start + size);
  const page: string[] = [];
  for (let at = start; at < end; at += 1) {
    const number = isDescending ? issues - at : at + 1;
    page.push(isFull ? fullIssue(number) : keyOnly(number));
  }
  const next = end < issues ? `"nextPageToken":"${end}","isLast":false` : '"isLast":true';
  answer(response, `{"issues":[${page.join(",")}],${next}}`);
});
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});

function answer(response: ServerResponse, json: string, status = 200): void {
  const bytes = isCompressed ? gzipSync(json) : Buffer.from(json);
  const encoding = isCompressed ? { "content-encoding": "gzip" } : {};
  response.writeHead(status, { "content-type": "application/json", "content-length": bytes.length, ...encoding });
  response.end(bytes);
}

function keyOnly(number: number): string {
  return `{"id":"${number}","key":"BANK-${number}","fields":{"created":"${timeOf(number)}"}}`;
}

/** About 12 KB: a description, two comments, ten entries of history and the fields that sites add and leave empty. */
function fullIssue(number: number): string {
  const person = account(number % 97);
  const time = timeOf(number);
  const history = Array.from(
    { length: 10 },
    (_, index) =>
      `{"id":"${number * 10 + index}","author":${person},"created":"${time}","items":[{"field":"status","fieldtype":"jira","fieldId":"status","from":"3","fromString":"In Progress","to":"10002","toString":"Done"}]}`,
  );
  const comments = [1, 2].map(
    (index) =>
      `{"id":"${number * 2 + index}","author":${person},"body":${documentOf(number + index)},"updateAuthor":${person},"created":"${time}","updated":"${time}","jsdPublic":true}`,
  );
  return `{"expand":"operations,changelog","id":"${number}","key":"BANK-${number}","changelog":{"startAt":0,"maxResults":10,"total":10,"histories":[${history.join(",")}]},"fields":{"issuetype":{"id":"10001","name":"Story","subtask":false},"project":{"id":"1","key":"BANK","name":"Bank"},"summary":"${texts[number % texts.length]} ${number}","description":${documentOf(number + 7)},"status":{"name":"Done","id":"10002","statusCategory":{"id":3,"key":"done","name":"Done"}},"created":"${time}","updated":"${time}","resolutiondate":"${time}","reporter":${person},"creator":${person},"assignee":${person},"labels":[],"comment":{"comments":[${comments.join(",")}],"maxResults":2,"total":2,"startAt":0},${emptyFields}}}`;
}

const emptyFields = Array.from({ length: 60 }, (_, index) => `"customfield_${10_000 + index}":null`).join(",");

function documentOf(number: number): string {
  const paragraph = (at: number) =>
    `{"type":"paragraph","content":[{"type":"text","text":"${texts[(number * 31 + at) % texts.length]}"}]}`;
  return `{"type":"doc","version":1,"content":[${[1, 2, 3].map(paragraph).join(",")}]}`;
}

function account(number: number): string {
  const avatars = ["48x48", "24x24", "16x16", "32x32"].map(
    (size) => `"${size}":"https://avatars.example/${number}/${size}.png"`,
  );
  return `{"self":"https://bank.example/rest/api/3/user?accountId=5b10${number}","accountId":"5b10${number}","displayName":"Person ${number}","avatarUrls":{${avatars.join(",")}},"active":true,"timeZone":"Europe/London","accountType":"atlassian"}`;
}

function timeOf(number: number): string {
  return new Date(Date.UTC(2025, 0, 1) + (number % 500_000) * 60_000).toISOString().replace("Z", "+0000");
}

function createTexts(count: number): string[] {
  let state = 20_250_101;
  const next = (): string => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return words[state % words.length] ?? "";
  };
  return Array.from({ length: count }, () => Array.from({ length: 14 }, next).join(" "));
}
