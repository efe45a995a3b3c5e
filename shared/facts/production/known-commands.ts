/**
 * What is known of commands, by name. A rule says of a command's words after its name whether it writes: true, false, or
 * null where that cannot be told.
 */
export type CommandRule = (words: readonly string[]) => boolean | null;

const never: CommandRule = () => false;
const always: CommandRule = () => true;

/** Writes only with one of these options; a short one also inside a bundle (`-ni`). */
function onlyWith(...options: string[]): CommandRule {
  return (words) => words.some((word) => options.some((option) => isOption(word, option)));
}

/** Writes except with one of these options. */
function exceptWith(...options: string[]): CommandRule {
  return (words) => !words.some((word) => options.some((option) => isOption(word, option)));
}

/** By its first word: what only reads, what writes; anything else is not known. */
function bySubcommand(reads: string, writes: string): CommandRule {
  const [reading, writing] = [new Set(reads.split(" ")), new Set(writes.split(" "))];
  return (words) => {
    const [first = ""] = words;
    // An option before it could be anything, such as a program to page the output with.
    if (first.startsWith("-")) return words.some((word) => writing.has(word)) ? true : null;
    if (writing.has(first)) return true;
    return reading.has(first) ? false : null;
  };
}

/** The same rule after options that only say where to look, and how to show it; `valued` take the next word with them. */
function after(flags: string, valued: string, rule: CommandRule): CommandRule {
  const [alone, taking] = [new Set(flags.split(" ")), new Set(valued.split(" "))];
  return (words) => {
    let at = 0;
    for (let word = words[at]; word?.startsWith("-"); word = words[at]) {
      const name = word.replace(/=.*$/, "");
      if (alone.has(word) || (taking.has(name) && name !== word)) at += 1;
      else if (taking.has(word)) at += 2;
      else break;
    }
    return rule(words.slice(at));
  };
}

function isOption(word: string, option: string): boolean {
  if (option.startsWith("--")) return word === option || word.startsWith(`${option}=`);
  if (option.length > 2 || !option.startsWith("-")) return word === option;
  return /^-[A-Za-z0-9]/.test(word) && word.includes(option.slice(1));
}

const readers =
  "ls dir cat tac less more head tail grep egrep fgrep zgrep zcat zless bzcat xzcat wc uniq cut tr nl od xxd hexdump " +
  "strings stat file du df ps pstree top htop atop free uptime who w whoami id groups last lastb lastlog uname " +
  "printenv netstat lsof ping ping6 traceroute tracepath dig nslookup host pwd echo printf true false test [ " +
  "which whereis type sleep clear man md5sum sha1sum sha256sum sha512sum cksum cmp diff comm column basename dirname " +
  "readlink realpath vmstat iostat mpstat sar lscpu lsblk lspci lsusb lsmod getent getfacl lsattr tty cd jq seq " +
  "mtr nproc locale pgrep pidof exit logout history findmnt blkid";

const writers =
  "rm mv cp touch mkdir rmdir ln unlink chmod chown chgrp chattr setfacl dd tee truncate shred install rsync scp kill " +
  "pkill killall reboot shutdown halt poweroff init telinit umount useradd userdel usermod groupadd groupdel groupmod " +
  "adduser deluser addgroup delgroup chpasswd gpasswd chsh chfn swapon swapoff mkswap mkfs mke2fs fsck parted lvcreate " +
  "lvremove lvextend vgcreate vgremove pvcreate pvremove wipefs systemd-run at batch patch vi vim nvim nano emacs ed " +
  "pico joe sudoedit vipw vigr edquota modprobe insmod rmmod update-rc.d update-alternatives ssh-copy-id " +
  "certbot a2ensite a2dissite a2enmod a2dismod chroot setcap setenforce restorecon semanage";

const rules: Readonly<Record<string, CommandRule>> = {
  sort: onlyWith("-o", "--output"),
  sed: sedRule,
  awk: awkRule,
  gawk: awkRule,
  mawk: awkRule,
  find: (words) => {
    if (words.some((word) => /^-(?:delete|fprint0?|fprintf|fls)$/.test(word))) return true;
    return words.some((word) => /^-(?:exec|execdir|ok|okdir)$/.test(word)) ? null : false;
  },
  hostname: (words) => words.some((word) => !word.startsWith("-")) || onlyWith("-F", "--file", "-b")(words),
  date: (words) =>
    onlyWith("-s", "--set")(words) || words.some((word, index) => /^\d{8,}/.test(word) && words[index - 1] !== "-d"),
  dmesg: onlyWith("-C", "-c", "--clear", "--read-clear", "-n", "-D", "-E"),
  journalctl: (words) =>
    words.some((word) => /^--(?:vacuum|rotate|flush|sync|relinquish|setup-keys|update-catalog)/.test(word)),
  ss: onlyWith("-K", "--kill"),
  ip: (words) => {
    const rest = words.filter((word) => !word.startsWith("-"));
    if (rest.some((word) => /^(?:add|del|delete|set|replace|change|append|flush|exec)$/.test(word))) return true;
    return rest.length <= 1 || rest.some((word) => /^(?:show|list|ls|get|sh|s)$/.test(word)) ? false : null;
  },
  ifconfig: (words) => words.filter((word) => !word.startsWith("-")).length > 1,
  route: (words) => words.some((word) => word === "add" || word === "del" || word === "flush"),
  arp: onlyWith("-d", "-s", "-f"),
  curl: curlRule,
  wget: exceptWith("--spider"),
  systemctl: after(
    "--no-pager -l --full -a --all --quiet -q --plain --no-legend --failed",
    "-n --lines -t --type --state -p --property -o --output",
    bySubcommand(
      "status show cat list-units list-unit-files list-timers list-sockets list-dependencies list-jobs is-active is-enabled is-failed is-system-running get-default help",
      "start stop restart reload try-restart reload-or-restart enable disable reenable mask unmask preset edit revert set-property set-default isolate kill daemon-reload daemon-reexec reset-failed link reboot poweroff halt rescue emergency suspend hibernate",
    ),
  ),
  service: (words) => {
    if (words.some((word) => /^(?:start|stop|restart|reload|force-reload|try-restart|condrestart)$/.test(word)))
      return true;
    return words.at(-1) === "status" || words[0] === "--status-all" ? false : null;
  },
  docker: containerRule,
  podman: containerRule,
  kubectl: after(
    "--warnings-as-errors",
    "-n --namespace --context --cluster --kubeconfig -s --server --user --request-timeout",
    kubectlRule,
  ),
  helm: bySubcommand(
    "list ls status history get show search version template lint",
    "install upgrade uninstall delete rollback",
  ),
  git: after(
    "--no-pager --bare",
    "-C --git-dir --work-tree",
    bySubcommand(
      "log status diff show blame ls-files ls-tree ls-remote rev-parse rev-list describe cat-file shortlog grep for-each-ref merge-base",
      "add commit push pull merge rebase reset checkout switch restore revert clean rm mv clone init fetch cherry-pick am apply gc prune update-ref",
    ),
  ),
  terraform: bySubcommand(
    "plan show output validate version providers graph",
    "apply destroy import taint untaint init",
  ),
  crontab: (words) => !(words.length > 0 && words.some((word) => word === "-l") && !onlyWith("-e", "-r", "-i")(words)),
  apt: packageRule,
  "apt-get": packageRule,
  aptitude: packageRule,
  yum: packageRule,
  dnf: packageRule,
  zypper: packageRule,
  snap: packageRule,
  "apt-cache": never,
  "dpkg-query": never,
  dpkg: (words) =>
    !/^(?:-[lLsSpIc]|--(?:list|listfiles|status|search|print-avail|info|contents|audit|verify|get-selections))$/.test(
      words[0] ?? "",
    ),
  rpm: (words) => !/^(?:-q|--query|-V|--verify)/.test(words[0] ?? ""),
  passwd: exceptWith("-S", "--status"),
  visudo: exceptWith("-c", "--check"),
  mount: (words) => words.length > 0 && words[0] !== "-l",
  iptables: listingRule,
  ip6tables: listingRule,
  nft: (words) => words[0] !== "list",
  ufw: (words) => words[0] !== "status",
  "firewall-cmd": (words) => !words.every((word) => /^--(?:list|get|query|state|info|zone)/.test(word)),
  sysctl: (words) =>
    onlyWith("-w", "--write", "-p", "--load", "--system", "-f")(words) || words.some((word) => word.includes("=")),
  fdisk: exceptWith("-l", "--list"),
  tar: (words) => !/^-?[a-z]*t/.test(words[0] ?? "") && !words.includes("--list"),
  unzip: (words) => !/^-(?:l|v|t|Z|p)/.test(words[0] ?? ""),
  gzip: exceptWith("-c", "-l", "-t", "--stdout", "--list", "--test"),
  gunzip: exceptWith("-c", "-l", "-t", "--stdout", "--list", "--test"),
  puppet: (words) => (words.includes("--noop") ? null : bySubcommand("facts lookup help config", "apply agent")(words)),
  "chef-client": (words) => (onlyWith("-W", "--why-run")(words) ? null : true),
  supervisorctl: bySubcommand("status tail", "start stop restart reload update reread shutdown"),
  timedatectl: (words) => words.some((word) => word.startsWith("set-")),
  hostnamectl: (words) => words.some((word) => word.startsWith("set-") || word === "hostname"),
  loginctl: bySubcommand(
    "list-sessions list-users session-status user-status show-session show-user",
    "terminate-session terminate-user kill-session kill-user lock-session enable-linger disable-linger",
  ),
};

const kubectlVerbs = bySubcommand(
  "get describe logs top version cluster-info api-resources api-versions explain diff events wait",
  "apply create delete edit patch replace scale autoscale set label annotate taint cordon uncordon drain run expose cp certificate debug",
);

function kubectlRule(words: readonly string[]): boolean | null {
  const [verb = "", object = ""] = words;
  if (verb === "rollout") return !/^(?:status|history)$/.test(object);
  if (verb === "config") return /^(?:view|get-contexts|current-context)$/.test(object) ? false : null;
  if (verb === "auth") return object === "can-i" || object === "whoami" ? false : null;
  return kubectlVerbs(words);
}

function sedRule(words: readonly string[]): boolean | null {
  if (onlyWith("-i", "--in-place")(words)) return true;
  const at = words.findIndex((word) => /^(?:-[a-z]*e|--expression)$/.test(word));
  if (words.some((word) => /^(?:-[a-z]*f|--file)/.test(word))) return null;
  const script = (at < 0 ? words.find((word) => !word.startsWith("-")) : words[at + 1]) ?? "";
  // Its language has commands that write (`w`) and that run others (`e`), also behind a substitution.
  return /(?:^|[;{}\d$\s,])[wWe](?:\s|$)|\/[gpiIm\d]*[we]/.test(script) ? null : false;
}

function awkRule(words: readonly string[]): boolean | null {
  if (words.some((word) => word === "-f" || word.startsWith("-i") || word === "--file" || word === "--include"))
    return null;
  // Its programs can write files and run commands.
  return words.some((word) => /[>|]|system|getline|close|fflush|@/.test(word)) ? null : false;
}

function curlRule(words: readonly string[]): boolean | null {
  for (const [index, word] of words.entries()) {
    const method = /^-X(.*)$/.exec(word)?.[1] || (/^(?:-X|--request)$/.test(word) ? words[index + 1] : undefined);
    if (method !== undefined && !/^(?:GET|HEAD|OPTIONS)$/i.test(method)) return true;
    if (
      /^--(?:data|form|json|upload-file|output|remote-name|request=(?!GET|HEAD|OPTIONS)|cookie-jar|dump-header)/.test(
        word,
      )
    )
      return true;
    if (/^-[A-Za-z]*[dFToOcD]/.test(word) && words[index + 1] !== "/dev/null") return true;
    if (/^(?:-K|--config)/.test(word)) return null;
  }
  return false;
}

const containerSubcommands = bySubcommand(
  "ps images logs inspect stats top version info events diff port history search",
  "run rm rmi stop start restart kill pause unpause create build push pull tag commit cp load import update rename prune login logout",
);

function containerRule(words: readonly string[]): boolean | null {
  const [noun = "", verb = ""] = words;
  const isNested = /^(?:container|image|volume|network|compose|system|service|stack|node)$/.test(noun);
  if (!isNested) return containerSubcommands(words);
  if (/^(?:ls|list|inspect|ps|logs|df|top|stats|images|events|info)$/.test(verb)) return false;
  return /^(?:rm|create|up|down|start|stop|restart|kill|prune|run|update|scale|deploy|build|pull|push)$/.test(verb)
    ? true
    : null;
}

function packageRule(words: readonly string[]): boolean | null {
  return bySubcommand(
    "list show search policy info provides repolist check-update changelog depends rdepends",
    "install remove purge update upgrade dist-upgrade full-upgrade autoremove autoclean clean reinstall downgrade erase groupinstall localinstall refresh in rm up",
  )(words);
}

function listingRule(words: readonly string[]): boolean | null {
  const lists = words.some((word) => /^(?:-[A-Za-z]*[LS][A-Za-z]*|--list(?:-rules)?)$/.test(word));
  const changes = words.some((word) =>
    /^(?:-[ADIRFXNPZE]|--(?:append|delete|insert|replace|flush|new|policy|zero).*)$/.test(word),
  );
  return changes || !lists;
}

const known: ReadonlyMap<string, CommandRule> = new Map<string, CommandRule>([
  ...readers.split(" ").map((name): [string, CommandRule] => [name, never]),
  ...writers.split(" ").map((name): [string, CommandRule] => [name, always]),
  ...Object.entries(rules),
]);

/** The rule of a command; undefined when the command is not known. */
export function ruleOf(name: string): CommandRule | undefined {
  if (/^(?:mkfs|fsck)\./.test(name)) return always;
  return known.get(name);
}
