import { z } from "zod";

/** An account as a system writes it; empty: the account was deleted, or the system does not say. */
export const Login = z.string();

export const AccountType = z.enum(["user", "bot", "unknown"]);
export type AccountType = z.infer<typeof AccountType>;
