import { z } from "zod";
import { OptionalTime, Text, Time } from "../shapes.ts";

/** The parts of the answers of CircleCI's API v2 that are read. */

export const Page = z.object({ items: z.array(z.unknown()) });

export const WorkflowShape = z.object({
  id: z.string().min(1),
  name: Text,
  status: Text,
  created_at: Time,
  stopped_at: OptionalTime,
  started_by: Text,
  project_slug: Text,
  pipeline_number: z.int().positive(),
});

export const JobShape = z.object({
  id: z.string().min(1),
  name: Text,
  type: Text,
  status: Text,
  started_at: OptionalTime,
  stopped_at: OptionalTime,
  approved_by: Text,
});
