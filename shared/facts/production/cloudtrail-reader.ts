import { z } from "zod";
import type { AccessEvent } from "../../model/production-facts.ts";
import { readArray } from "../array-evidence.ts";
import type { FormatReader } from "../format-reader.ts";
import { type ElementReader, parseShape } from "../json-evidence.ts";
import { Text, Time } from "../shapes.ts";

const Identity = z.object({
  type: Text,
  principalId: Text,
  arn: Text,
  accountId: Text,
  userName: Text,
  accessKeyId: Text,
  invokedBy: Text,
  onBehalfOf: z.object({ userId: Text }).nullish(),
  sessionContext: z.object({ sessionIssuer: z.object({ userName: Text, arn: Text }).partial().nullish() }).nullish(),
});

const Shape = z.object({
  eventID: z.string().min(1),
  eventTime: Time,
  eventSource: Text,
  eventName: z.string(),
  awsRegion: Text,
  sourceIPAddress: Text,
  recipientAccountId: Text,
  errorCode: Text,
  readOnly: z.union([z.boolean(), z.string()]).nullish(),
  userIdentity: Identity.nullish(),
  responseElements: z
    .looseObject({ ConsoleLogin: z.unknown(), credentials: z.looseObject({ accessKeyId: Text }).nullish().catch(null) })
    .partial()
    .nullish()
    .catch(null),
});
type Shape = z.infer<typeof Shape>;

/** Files of CloudTrail (`Records`), or a bare list of its events. Its times are AWS's own. */
export const readCloudtrail: FormatReader = (input) => readArray(input, ["/Records", ""], readEvent);

const readEvent: ElementReader = (element, origin) => {
  const parsed = parseShape(Shape, element);
  if ("reason" in parsed) return parsed;
  const event = parsed.data;
  const service = event.eventSource.replace(/\.amazonaws\.com$/, "");
  const fact: AccessEvent = {
    kind: "access-event",
    origin,
    id: event.eventID,
    log: "CloudTrail",
    host: event.recipientAccountId || event.userIdentity?.accountId || "",
    at: event.eventTime,
    ...whoIn(event.userIdentity),
    action: actionOf(event, service),
    what: [service, event.eventName].filter(Boolean).join(":"),
    writes: writesOf(event),
    from: event.sourceIPAddress,
    ...sessionsOf(event),
  };
  return [fact];
};

/** Kinds of identity that AWS vouches for; another account, or a service, tells nobody. */
const attested = /^(?:Root|IAMUser|AssumedRole|FederatedUser|SAMLUser|WebIdentityUser|IdentityCenterUser)$/;

/** The session of temporary keys, which begin with ASIA, and the one for which keys were given out. */
function sessionsOf({ userIdentity, responseElements }: Shape): Pick<AccessEvent, "session" | "opens"> {
  const used = userIdentity?.accessKeyId ?? "";
  const given = responseElements?.credentials?.accessKeyId ?? "";
  return {
    ...(used.startsWith("ASIA") ? { session: used } : {}),
    ...(given !== "" && attested.test(userIdentity?.type ?? "") ? { opens: given } : {}),
  };
}

/**
 * Who called and, where a role was assumed, as what. A session's name is what whoever assumed the role gave, so it names
 * nobody by itself: it is told together with its role. Only IAM Identity Center gives the names of its sessions itself.
 */
function whoIn(identity: Shape["userIdentity"]): Pick<AccessEvent, "by" | "as"> {
  if (!identity) return { by: "", as: "" };
  const session = identity.principalId.split(":")[1] ?? "";
  const issuer = identity.sessionContext?.sessionIssuer;
  const role = issuer?.userName ?? "";
  const isNamedByAws = /:role\/aws-reserved\/sso\.amazonaws\.com\//.test(issuer?.arn ?? "");
  switch (identity.type) {
    case "Root":
      return { by: "root", as: "" };
    case "AssumedRole":
      return {
        by: isNamedByAws ? session : [role, session || identity.principalId].filter(Boolean).join("/"),
        as: role,
      };
    case "FederatedUser":
      // The name of the session is chosen too; the user who asked for it is its issuer.
      return { by: role || identity.principalId, as: session };
    case "IdentityCenterUser":
      return { by: identity.onBehalfOf?.userId ?? identity.userName, as: "" };
    case "AWSService":
      return { by: identity.invokedBy, as: "" };
    default:
      return { by: identity.userName || session || identity.principalId || identity.accountId, as: "" };
  }
}

const accountChanges =
  /^(?:Create|Delete|Update|Attach|Detach|Put|Add|Remove|Enable|Disable|Deactivate|Change|Upload|Tag|Untag|Set|Resync).*(?:User|Group|Role|Policy|AccessKey|LoginProfile|MFADevice|Password|Credential|SSHPublicKey|Provider)/;

function actionOf({ eventName, errorCode, responseElements }: Shape, service: string): AccessEvent["action"] {
  if (eventName === "ConsoleLogin") return responseElements?.ConsoleLogin === "Success" ? "login" : "login-refused";
  if (/AccessDenied|UnauthorizedOperation|NotAuthorized/.test(errorCode)) return "command-refused";
  return service === "iam" && accountChanges.test(eventName) ? "account-change" : "api-call";
}

/** CloudTrail says itself which calls only read; records from before it did are judged by the verb of their name. */
function writesOf({ eventName, readOnly }: Shape): boolean | null {
  if (eventName === "ConsoleLogin") return false;
  if (readOnly === true || readOnly === "true") return false;
  if (readOnly === false || readOnly === "false") return true;
  return /^(?:Get|List|Describe|Head|Lookup|BatchGet|Search|Query|Scan|View)[A-Z]/.test(eventName) ? false : null;
}
