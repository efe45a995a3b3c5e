import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { commandWrites } from "../../../../shared/facts/production/command-effect.ts";

describe("whether a command can change something", () => {
  test.each([
    "/bin/ls",
    "/bin/cat /var/log/secure",
    "tail -f /var/log/syslog",
    "grep -r error /var/log 2>/dev/null",
    "ps aux | grep java | wc -l",
    "/bin/journalctl -u ledger-core --since -7d",
    "systemctl status nginx",
    "/usr/bin/docker logs web",
    "kubectl get pods",
    "kubectl -n prod get pods",
    "kubectl --context=live auth can-i delete pods",
    "systemctl --no-pager status web",
    "git -C /srv log",
    "kubectl rollout status deploy/web",
    "iptables -L -n",
    "sudo -u deploy ls /srv",
    "sed -n 1,20p /etc/hosts",
    "awk '{print $1}' access.log",
    "find / -name '*.log'",
    "find /srv -exec ls {} ;",
    "bash -c 'ls -l'",
    "curl -s https://example.test/health",
    "date +%F",
    "git log",
    "crontab -l",
    "LANG=C df -h",
    "timeout 5 ping host",
    "cat file > /dev/null 2>&1",
    "sysctl net.ipv4.ip_forward",
    "hostname -f",
    "tar tf backup.tar",
    "dpkg -l",
    "echo $(hostname)",
  ])("%s only reads", (line) => expect(commandWrites(line)).toBe(false));

  test.each([
    "/bin/rm -rf /srv/app",
    "ls; rm x",
    "ls && /usr/bin/systemctl restart nginx",
    "echo x > /etc/motd",
    "echo x >>/etc/motd",
    "cat a &> b",
    "cat a | tee /etc/hosts",
    "sed -i s/a/b/ /etc/hosts",
    "sudo -u root -H touch /x",
    "bash -c 'ls; rm x'",
    "echo $(rm x)",
    "echo `rm x`",
    'echo "$(rm x)"',
    "find / -delete",
    "find / -exec rm {} ;",
    "xargs -n 1 rm",
    "env A=b nohup kill 1",
    "kubectl delete pod web",
    "kubectl --namespace prod delete pod web",
    "kubectl --unknown x delete pod web",
    "systemctl --now disable web",
    "kubectl rollout restart deploy/web",
    "docker run -it debian",
    "docker compose up -d",
    "apt-get install nginx",
    "curl -X POST https://example.test/",
    "curl -d a=b https://example.test/",
    "wget https://example.test/x",
    "vim /etc/hosts",
    "crontab -e",
    "iptables -A INPUT -j DROP",
    "sysctl -w a.b=1",
    "hostname new-name",
    "su - deploy -c 'rm x'",
    "sort -o out in",
    "tar xf backup.tar",
  ])("%s can write", (line) => expect(commandWrites(line)).toBe(true));

  test.each([
    "/bin/bash",
    "su -",
    "sudo -i",
    "bash deploy.sh",
    "/srv/app/bin/migrate",
    "/tmp/ls",
    "./ls",
    "$PAGER file",
    "python3 -c 'print(1)'",
    "/usr/local/sbin/ledger-switch v7",
    "ls 'unclosed",
    "ssh db1 ls",
    "awk '{print > \"x\"}' a",
    "git -c core.pager=x log",
    "find / -exec ./x {} ;",
    "systemctl frobnicate",
    "kubectl --unknown get pods",
    "kubectl exec web -- ls",
    "cat <<EOF",
    "",
    "mysql -e 'select 1'",
  ])("%s is not known", (line) => expect(commandWrites(line)).toBe(null));
});

const reading = fc.constantFrom(
  "ls -l",
  "cat /etc/hosts",
  "ps aux",
  "grep -c a b",
  "df -h",
  "systemctl status web",
  "id",
);
const writing = fc.constantFrom(
  "rm x",
  "systemctl restart web",
  "echo a > b",
  "sed -i s/a/b/ c",
  "kill 1",
  "sudo touch d",
);
const unclear = fc.constantFrom("./x", "bash", "python3 y", "cat 'a", "ssh h", "$X");
const unclearWord = fc.constant("./x");
const joint = fc.constantFrom("; ", " && ", " || ", " | ", " & ", "\n");

describe("always", () => {
  it("one writing command among others makes the whole line a writing one, wherever it stands", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(reading, unclearWord), { maxLength: 5 }),
        writing,
        joint,
        fc.nat(),
        (others, one, by, at) => {
          const commands = (others as string[]).toSpliced(at % (others.length + 1), 0, one);
          expect(commandWrites(commands.join(by))).toBe(true);
        },
      ),
    );
  });

  it("adding a writing command never turns a line that writes, or that is not known, into one that only reads", () => {
    const line = fc.oneof(
      fc.string({ unit: "grapheme-ascii" }),
      fc.array(fc.oneof(reading, writing, unclear)).map((all) => all.join("; ")),
    );
    fc.assert(
      fc.property(line, writing, joint, (before, added, by) => {
        expect(commandWrites(`${before}${by}${added}`)).not.toBe(false);
        // A quote or a backslash at its end takes what is added into the last word: `rm\; rm x` runs a command "rm;".
        const isOpen = /['"`\\]/.test(before);
        if (commandWrites(before) === true && !isOpen) expect(commandWrites(`${before}${by}${added}`)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it("a line of many brackets, quotes and nested shells is answered at once", () => {
    for (const line of [
      "$(".repeat(30_000),
      "`".repeat(30_001),
      "'\"".repeat(30_000),
      "sudo ".repeat(10_000),
      `${"bash -c '".repeat(50)}ls`,
    ]) {
      expect(commandWrites(line)).not.toBe(false);
    }
  });
});
