import { devNull } from "node:os";

/**
 * A repository that was handed over may be hostile: its configuration can name programs to run. What git is given
 * here stands above every configuration file (command scope), so none of it takes effect.
 */
const settings: readonly (readonly [string, string])[] = [
  ["core.hooksPath", devNull],
  ["core.fsmonitor", "false"],
  ["protocol.ext.allow", "never"],
  ["log.showSignature", "false"], // would run the repository's own gpg.program
  // A commit-graph file is a cache that whoever made the repository could have written; the objects are asked instead.
  ["core.commitGraph", "false"],
  // Folders of other owners are the usual case for files handed over; nothing in them is run.
  ["safe.directory", "*"],
  ["gc.auto", "0"],
  ["maintenance.auto", "false"],
];

/** For commands on a repository that must do nothing but read it: no transport, no configuration but the above. */
export function readingEnvironment(): NodeJS.ProcessEnv {
  return {
    ...environmentWithout(/^GIT_(?!EXEC_PATH$)/),
    ...always,
    ...configuration(settings, 0),
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: devNull,
    GIT_ATTR_NOSYSTEM: "1",
    // A partial clone must not fetch what it lacks. The first is for git 2.44 and later, the second holds for all.
    GIT_NO_LAZY_FETCH: "1",
    GIT_ALLOW_PROTOCOL: "none",
    // Only real parents: no replacements, no grafts.
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_GRAFT_FILE: devNull,
    // Whole buffers, not a write for each commit.
    GIT_FLUSH: "0",
  };
}

/**
 * For clone and fetch into a folder of our own: the machine's and the person's git configuration stays in force, since
 * proxies, certificates and credential helpers live there, and Tickmark itself holds no git credentials.
 */
export function transportEnvironment(): NodeJS.ProcessEnv {
  const before = Number(process.env.GIT_CONFIG_COUNT ?? 0);
  const limits: readonly (readonly [string, string])[] = [
    ["http.lowSpeedLimit", "1000"],
    ["http.lowSpeedTime", "60"],
  ];
  return {
    ...environmentWithout(/^GIT_(?!EXEC_PATH$|SSH|SSL_|HTTP_|PROXY_|ASKPASS$|CONFIG)/),
    ...always,
    ...configuration([...settings, ...limits], Number.isInteger(before) && before > 0 ? before : 0),
    GIT_ALLOW_PROTOCOL: "https:http:ssh:git:file",
  };
}

/** Nobody is there to answer a question, and messages are read by a program. */
const always = { GIT_TERMINAL_PROMPT: "0", GIT_OPTIONAL_LOCKS: "0", GCM_INTERACTIVE: "never", LC_ALL: "C" };

function environmentWithout(pattern: RegExp): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !pattern.test(name)));
}

/** Settings as `GIT_CONFIG_COUNT` takes them, after those that are there. */
function configuration(pairs: readonly (readonly [string, string])[], from: number): Record<string, string> {
  const environment: Record<string, string> = { GIT_CONFIG_COUNT: String(from + pairs.length) };
  for (const [index, [key, value]] of pairs.entries()) {
    environment[`GIT_CONFIG_KEY_${from + index}`] = key;
    environment[`GIT_CONFIG_VALUE_${from + index}`] = value;
  }
  return environment;
}
