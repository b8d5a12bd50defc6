import { afterEach, describe, expect, it } from "vitest";
import { and, conditionsOf, literal, valueOf } from "./cel";
import { expressionOf, type FacetName, isOf, readConditions, valueIn, withValue } from "./facets";
import { fromAddress, isElsewhere, toAddress, namesPeople } from "./kept";
import { canonicalAddress, canonicalNetwork, meaningOf, personOf } from "./meaning";

const FACETS: readonly FacetName[] = [
  ...([
    "person",
    "personName",
    "userId",
    "userIdPart",
    "address",
    "network",
    "sessionId",
    "sid",
    "uuid",
    "provider",
  ] as const),
  ...(["application", "country", "browser", "deviceType", "kind", "startedAfter", "startedBefore"] as const),
  ...(["activeAfter", "activeBefore"] as const),
];
/** What would end a text too early, if it could. */
const HOSTILE = ['"', '\\"', '" || obj.kind == "', "a\\", "a\nb", "a\u0007b", "(", "')", "ü\u{1f600}", "&& ||", "{}"];

describe("a text of the language", () => {
  it.each([
    ["plain", '"plain"'],
    ['say "no"', String.raw`"say \"no\""`],
    ["a\\b", String.raw`"a\\b"`],
    ["a\nb", String.raw`"a\nb"`],
    ["\u0007", String.raw`"\u0007"`],
    ["Jörg 😀", '"Jörg 😀"'],
    ["\ud83d", '"\ufffd"'],
  ])("of %j is %s", (text, written) => {
    expect(literal(text)).toBe(written);
  });

  it.each(HOSTILE)("of %j stands for it", (text) => {
    expect(valueOf(literal(text))).toBe(text);
  });
});

describe("conditions", () => {
  it.each([
    ["", []],
    ["obj.a == 1", ["obj.a == 1"]],
    ["obj.a == 1 && obj.b == 2 &&obj.c", ["obj.a == 1", "obj.b == 2", "obj.c"]],
    ["(obj.a && obj.b) && obj.c", ["(obj.a && obj.b)", "obj.c"]],
    ['obj.a == "x && y" && obj.b', ['obj.a == "x && y"', "obj.b"]],
    ["obj.a == 'x && \" y' && obj.b", ["obj.a == 'x && \" y'", "obj.b"]],
    ["obj.a && obj.b || obj.c", ["obj.a && obj.b || obj.c"]],
    ['obj.a.exists(c, c.b == "x" && c.d) && obj.e', ['obj.a.exists(c, c.b == "x" && c.d)', "obj.e"]],
  ])("of %s are split where all must hold", (expression, conditions) => {
    expect(conditionsOf(expression)).toEqual(conditions);
  });

  it("are joined so that none takes a part of another", () => {
    expect(and([])).toBe("");
    expect(and(["a || b"])).toBe("a || b");
    expect(and(["a || b", "c"])).toBe("(a || b) && c");
    expect(and(["(a || b)", 'x == "||"'])).toBe('(a || b) && x == "||"');
  });
});

describe("a facet", () => {
  it.each(FACETS.flatMap((facet) => ["x", ...HOSTILE].map((value) => [facet, value] as const)))(
    "%s of %j is known again in the expression that it writes, alone and among others",
    (facet, value) => {
      for (const list of ["sessions", "users"] as const) {
        if (isOf(list, facet)) {
          const chip = { facet, value };
          const other = { facet: "other", value: "obj.remember_me" } as const;
          expect(readConditions(list, expressionOf(list, [chip]))).toEqual([chip]);
          expect(readConditions(list, expressionOf(list, [other, chip]))).toEqual([other, chip]);
        }
      }
    },
  );

  it.each([
    ["address", "203.0.113.77", 'obj.browser_session.ip_address == "203.0.113.77"'],
    ["network", "10.7.0.0/16", 'obj.browser_session.ip_address in cidr("10.7.0.0/16")'],
    ["application", "wiki", 'obj.clients.exists(c, c.client_id == "wiki")'],
    ["uuid", "u", 'obj.sid == "u" || obj.application_user.id == "usr_u"'],
    ["provider", "", 'obj.identity_provider.alias == ""'],
    ["startedAfter", "7d", 'obj.created_at > timestamp(time.now).subtract("7d")'],
  ] as const)("%s of %s is written as the server reads it", (facet, value, expression) => {
    expect(expressionOf("sessions", [{ facet, value }])).toBe(expression);
  });

  it("is not claimed of an expression that only looks like it", () => {
    const uneven = 'obj.sid == "a" || obj.application_user.id == "usr_b"';
    expect(readConditions("sessions", uneven)).toEqual([{ facet: "other", value: uneven }]);
    const single = "obj.kind == 'offline'";
    expect(readConditions("sessions", single)).toEqual([{ facet: "other", value: single }]);
  });

  it("is known without the blanks, too", () => {
    expect(readConditions("sessions", 'obj.kind=="offline"')).toEqual([{ facet: "kind", value: "offline" }]);
  });

  it("replaces its value, and leaves what else is demanded", () => {
    const before = 'obj.kind == "online" && obj.remember_me';
    const after = withValue("sessions", before, "kind", "offline");
    expect(after).toBe('obj.remember_me && obj.kind == "offline"');
    expect(valueIn("sessions", after, "kind")).toBe("offline");
    expect(withValue("sessions", after, "kind", undefined)).toBe("obj.remember_me");
  });

  it("is left out where the list does not have it", () => {
    expect(expressionOf("users", [{ facet: "country", value: "DE" }])).toBe("");
  });
});

describe("an address", () => {
  it.each([
    ["203.0.113.77", "203.0.113.77"],
    ["[2001:DB8::9]", "2001:db8::9"],
    ["2001:db8:0:0:0:0:0:9", "2001:db8::9"],
    ["fe80::1%eth0", "fe80::1"],
    ["::ffff:192.0.2.10", "192.0.2.10"],
  ])("%s is %s", (text, address) => {
    expect(canonicalAddress(text)).toBe(address);
  });

  it.each(["", "1.2.3", "1.2.3.256", "01.2.3.4", "1.2.3.4.5", "::g", "a:b", "12:30", "1.2.3.4 ", "wiki"])(
    "%j is none",
    (text) => {
      expect(canonicalAddress(text)).toBeUndefined();
    },
  );

  it.each([
    ["10.7.0.0/16", "10.7.0.0/16"],
    ["2001:DB8::/48", "2001:db8::/48"],
    ["10.7.0.0/33", undefined],
    ["10.7.0.0/", undefined],
    ["2001:db8::/129", undefined],
    ["and/12", undefined],
  ])("the network %s is %s", (text, network) => {
    expect(canonicalNetwork(text)).toBe(network);
  });
});

describe("a text in the search bar", () => {
  const known = [{ id: "app-03", name: "Customers" }];

  it.each([
    [" 203.0.113.77 ", "address", "203.0.113.77"],
    ["10.7.0.0/16", "network", "10.7.0.0/16"],
    ["ses_6b0a2e8afK5L6Wu00L4LV1oyALJ8q0RtY", "sessionId", "ses_6b0a2e8afK5L6Wu00L4LV1oyALJ8q0RtY"],
    ["K5L6Wu00L4LV1oyALJ8q0RtY", "sid", "K5L6Wu00L4LV1oyALJ8q0RtY"],
    ["381a13a6-ccf2-4a10-96a8-123f136c4cac", "uuid", "381a13a6-ccf2-4a10-96a8-123f136c4cac"],
    ["afe43e5f", "userIdPart", "afe43e5f"],
    ["381A13A6-CC", "userIdPart", "381a13a6-cc"],
    ["usr_1", "userId", "usr_1"],
    ["APP-03", "application", "app-03"],
    ["customers", "application", "app-03"],
    ["app:unknown", "application", "unknown"],
  ])("%s is %s %s", (text, facet, value) => {
    const { chips, certain } = meaningOf(text, known);
    expect(chips[0]).toEqual({ facet, value });
    expect(certain).toBe(true);
  });

  it.each(["alice", "Alice Martin", "alice@acme.example", "facade", "*mar*", "2026", "MaximilianMuster"])(
    "%s is a name",
    (text) => {
      expect(meaningOf(text, known).certain).toBe(false);
    },
  );

  it.each([
    ["Ali", "person", "ali"],
    ["Alice@Acme.example", "person", "alice@acme.example"],
    ["Alice Martin", "personName", "Alice Martin"],
  ])("%s finds sessions by %s %s", (text, facet, value) => {
    expect(personOf(text)).toEqual({ facet, value });
  });

  it("that is one word may be an application that the page does not know", () => {
    expect(meaningOf("wiki", known).chips).toEqual([{ facet: "application", value: "wiki" }]);
    expect(meaningOf("Alice Martin", known).chips).toEqual([]);
  });

  it.each(['obj.kind == "offline"', "!obj.remember_me", "( obj.a )"])("%s is an expression", (text) => {
    expect(meaningOf(text, known)).toEqual({ expression: text, chips: [], certain: true });
  });
});

describe("an address of the page", () => {
  afterEach(() => {
    sessionStorage.clear();
  });

  it("holds an expression without names", () => {
    const expression = 'obj.kind == "offline"';
    expect(toAddress(expression)).toBe(expression);
    expect(fromAddress(expression)).toBe(expression);
  });

  it.each([
    'obj.application_user.username == "alice"',
    'obj.application_user . email.contains("a")',
    'obj.name == "Alice"',
  ])("does not hold %s", (expression) => {
    expect(namesPeople(expression)).toBe(true);
    const addressed = toAddress(expression);
    expect(addressed).toBe("kept-1");
    expect(toAddress(expression)).toBe(addressed);
    expect(toAddress(`${expression} && true`)).toBe("kept-2");
    expect(fromAddress(addressed)).toBe(expression);
  });

  it("does not hold one that is too long for the sign-in", () => {
    const long = Array.from({ length: 30 }, () => 'obj.kind == "offline"').join(" || ");
    expect(toAddress(long)).toBe("kept-1");
    expect(fromAddress("kept-1")).toBe(long);
  });

  it.each(["obj.browser_session.user_agent.browser_name", "obj.clients"])("may hold %s", (expression) => {
    expect(namesPeople(expression)).toBe(false);
  });

  it("of another tab is not taken for a list without a filter", () => {
    expect(fromAddress("kept-7")).toBe("kept-7");
    expect(isElsewhere("kept-7")).toBe(true);
  });
});
