import { z } from "zod";
import type { FileFormat } from "../file-format.ts";

const Run = z.object({
  plays: z.tuple([z.object({ play: z.object({ name: z.string() }), tasks: z.array(z.unknown()) })], z.unknown()),
  stats: z.record(z.string(), z.object({ ok: z.number(), changed: z.number() })),
});

export const ansibleRunJson: FileFormat = {
  format: "ansible-run.json",
  system: "production",
  title: "Run of an Ansible playbook (callback ansible.posix.json), with its revision and check_mode told by set_stats",
  recognisedBy: "plays with their tasks, and the stats of the hosts",
  shape: { cut: "whole" },
  gives: ["convergence"],
  recognise({ json }) {
    if (!Run.safeParse(json).success) return null;
    return { sure: "certain", because: "it is what Ansible's JSON callback writes of a run" };
  },
};
