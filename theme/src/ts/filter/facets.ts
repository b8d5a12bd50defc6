import { and, conditionsOf, literal, LITERAL, valueOf } from "./cel";

/** The lists that can be filtered. */
export type ListName = "users" | "sessions";

/** A condition of a kind that the page knows, for example a country. */
export interface Chip {
  facet: FacetName;
  /** The facet's value, for example the code of the country; of a time the length before now, for example "7d". */
  value: string;
}

/** A condition of any other kind, as it was written. */
export interface OtherCondition {
  facet: "other";
  value: string;
}

export type Condition = Chip | OtherCondition;

/** What a list can be narrowed by. */
export type FacetName =
  | "person"
  | "personName"
  | "userId"
  | "userIdPart"
  | "address"
  | "network"
  | "sessionId"
  | "sid"
  | "uuid"
  | "provider"
  | "application"
  | "country"
  | "browser"
  | "deviceType"
  | "kind"
  | "startedAfter"
  | "startedBefore"
  | "activeAfter"
  | "activeBefore";

/** Stands for the value in a form, as a text of the language; with what is put before it. */
const VALUE = /\{(usr_)?\}/gu;

/** The conditions of each list by their forms, as the server takes them. A list without a form has no such field. */
const FORMS: Readonly<Record<FacetName, Partial<Record<ListName, string>>>> = {
  person: {
    sessions: "obj.application_user.username.contains({}) || obj.application_user.email.contains({})",
  },
  personName: { sessions: "obj.application_user.name.contains({})" },
  userId: { sessions: "obj.application_user.id == {}", users: "obj.id == {}" },
  userIdPart: { sessions: "obj.application_user.id.contains({})", users: "obj.id.contains({})" },
  address: { sessions: "obj.browser_session.ip_address == {}" },
  network: { sessions: "obj.browser_session.ip_address in cidr({})" },
  sessionId: { sessions: "obj.id == {}" },
  sid: { sessions: "obj.sid == {}" },
  uuid: { sessions: "obj.sid == {} || obj.application_user.id == {usr_}" },
  provider: { sessions: "obj.identity_provider.alias == {}", users: "obj.identity_providers.exists(p, p.alias == {})" },
  application: {
    sessions: "obj.clients.exists(c, c.client_id == {})",
    users: "obj.clients.exists(c, c.client_id == {})",
  },
  country: { sessions: "obj.browser_session.location.country_code == {}" },
  browser: { sessions: "obj.browser_session.user_agent.browser_name == {}" },
  deviceType: { sessions: "obj.browser_session.user_agent.device_type == {}" },
  kind: { sessions: "obj.kind == {}" },
  startedAfter: { sessions: "obj.created_at > timestamp(time.now).subtract({})" },
  startedBefore: { sessions: "obj.created_at < timestamp(time.now).subtract({})" },
  activeAfter: {
    sessions: "obj.last_active > timestamp(time.now).subtract({})",
    users: "obj.last_active > timestamp(time.now).subtract({})",
  },
  activeBefore: {
    sessions: "obj.last_active < timestamp(time.now).subtract({})",
    users: "obj.last_active < timestamp(time.now).subtract({})",
  },
};

/** Whether a list can be narrowed by this. */
export function isOf(list: ListName, facet: FacetName): boolean {
  return FORMS[facet][list] !== undefined;
}

/** The expression that demands all of these; empty for none. Those that the list cannot be narrowed by are left out. */
export function expressionOf(list: ListName, conditions: readonly Condition[]): string {
  return and(conditions.map((condition) => written(list, condition)).filter((text) => text !== ""));
}

/** The conditions of an expression. The expression of these is the same one, but for blanks and brackets. */
export function readConditions(list: ListName, expression: string): readonly Condition[] {
  return conditionsOf(expression).map((text) => chipOf(list, text) ?? { facet: "other", value: text });
}

/** The value of a facet in an expression; undefined where the expression does not demand one. */
export function valueIn(list: ListName, expression: string, facet: FacetName): string | undefined {
  return readConditions(list, expression).find((condition) => condition.facet === facet)?.value;
}

/** The expression with this value of a facet in place of those before; undefined takes the facet out. */
export function withValue(list: ListName, expression: string, facet: FacetName, value: string | undefined): string {
  const others = readConditions(list, expression).filter((condition) => condition.facet !== facet);
  return expressionOf(list, value === undefined ? others : [...others, { facet, value }]);
}

function written(list: ListName, { facet, value }: Condition): string {
  return facet === "other"
    ? value
    : (FORMS[facet][list]?.replace(VALUE, (_all, prefix = "") => literal(`${prefix}${value}`)) ?? "");
}

function chipOf(list: ListName, text: string): Chip | undefined {
  const condition = text.replace(/^\((.*)\)$/su, "$1");
  for (const facet of Object.keys(FORMS) as FacetName[]) {
    const form = FORMS[facet][list];
    const [, first] = (form === undefined ? null : patternOf(form).exec(condition)) ?? [];
    const value = first === undefined ? undefined : valueOf(first);
    // All places of the form must hold the same value.
    if (value !== undefined && normal(written(list, { facet, value })) === normal(condition)) {
      return { facet, value };
    }
  }
  return undefined;
}

/** A form as a pattern, with the first text of the language as its group. */
function patternOf(form: string): RegExp {
  const parts = form
    .replace(VALUE, "\0")
    .split("\0")
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`).replaceAll(" ", String.raw`\s*`));
  return new RegExp(`^${parts.join(`(${LITERAL})`)}$`, "u");
}

/** Without the blanks outside of texts. */
function normal(expression: string): string {
  return expression.replace(new RegExp(`(${LITERAL})|\\s+`, "gu"), "$1");
}
