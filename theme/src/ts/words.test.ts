import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { translator } from "./i18n";
import { messagesOf, t } from "./testing/page";
import { berlin, client, session, user, userAgent } from "./testing/samples";
import { isWebAddress, versioned, Words } from "./words";

const words = new Words("en", t);

describe("a device", () => {
  it.each([
    [{}, "Chrome on Windows"],
    [{ os_name: "" }, "Chrome"],
    [{ browser_name: "" }, "Windows"],
    [{ browser_name: "", os_name: "" }, "Unknown device"],
    [{ browser_name: "Other", os_name: "Other" }, "Unknown device"],
    [{ browser_name: "Other" }, "Windows"],
    [{ browser_name: "", os_name: "", device_type: "Bot" }, "Program"],
    [{ browser_name: "Other", os_name: "Other", device_type: "Bot" }, "Program"],
    [{ browser_name: "curl", os_name: "", device_type: "Bot" }, "curl"],
    [{ browser_name: "", os_name: "", device_type: "" }, "Unknown device"],
  ])("%j is %s", (changes, expected) => {
    expect(words.device(userAgent(changes))).toBe(expected);
  });
});

describe("a name with its version", () => {
  it.each([
    ["Chrome", "141.0", "Chrome 141.0"],
    ["Chrome", "", "Chrome"],
    ["", "141.0", ""],
    ["Other", "", ""],
  ])("%j and %j are %j", (name, version, expected) => {
    expect(versioned(name, version)).toBe(expected);
  });
});

describe("a sign-in", () => {
  const german = new Words("de", translator(messagesOf("de"), "de"));

  it.each([
    ["client_credentials", "Without a browser: client credentials", "Ohne Browser: Client-Credentials"],
    ["password", "Without a browser: password", "Ohne Browser: Passwort"],
    ["token_exchange", "Without a browser: token exchange", "Ohne Browser: Token-Exchange"],
    ["impersonation", "Without a browser: impersonation", "Ohne Browser: Identitätswechsel"],
    ["new_grant", "Without a browser: new_grant", "Ohne Browser: new_grant"],
    [null, "", ""],
  ])("by %j is %j", (grant, english, inGerman) => {
    expect(words.signIn(session({ grant }))).toBe(english);
    expect(german.signIn(session({ grant }))).toBe(inGerman);
  });

  it("of an administrator says by whom, not by which request", () => {
    const impersonated = session({ impersonator: { id: "usr_c", username: "chief" }, grant: "impersonation" });
    expect(words.signIn(impersonated)).toBe("Impersonated by chief");
    expect(german.signIn(impersonated)).toBe("Identitätswechsel durch chief");
  });

  it("of an administrator who may not be seen says no more than that", () => {
    const impersonated = session({ impersonator: { id: "", username: "(hidden)" } });
    expect(words.signIn(impersonated)).toBe("Impersonated by an administrator you may not see");
    expect(german.signIn(impersonated)).toBe("Identitätswechsel durch jemanden, den Sie nicht sehen dürfen");
  });
});

describe("a session that Keycloak refuses", () => {
  const german = new Words("de", translator(messagesOf("de"), "de"));

  it.each([
    ["account_disabled", "Refused: account disabled", "Abgewiesen: Konto deaktiviert"],
    ["account_unknown", "Refused: account is gone", "Abgewiesen: Konto nicht mehr da"],
    ["not_before", "Refused: older than not-before", "Abgewiesen: älter als „Nicht vor“"],
    ["a_new_reason", "Refused by Keycloak", "Von Keycloak abgewiesen"],
  ])("because of %s: %s", (reason, english, inGerman) => {
    expect(words.suspension(reason)).toBe(english);
    expect(german.suspension(reason)).toBe(inGerman);
  });
});

describe("a place", () => {
  const country = { ...berlin, city: null, latitude: null, longitude: null, lat_long_radius_km: null };

  it("is city and country in the administrator's language", () => {
    expect(words.place(berlin)).toBe("Berlin, Germany");
    expect(new Words("de", translator(messagesOf("de"), "de")).place(berlin)).toBe("Berlin, Deutschland");
  });

  it("may be a country only, or nothing", () => {
    expect(words.place(country)).toBe("Germany");
    expect(words.place(null)).toBe("");
  });

  it("survives a code that is no country's", () => {
    expect(words.place({ ...country, country_code: "not a code" })).toBe("not a code");
  });

  it("says how far off it may be", () => {
    expect(words.accuracy(berlin)).toContain("within about 50 kilometers");
    expect(words.accuracy({ ...berlin, lat_long_radius_km: null })).toContain("may be far off");
    expect(words.accuracy(country)).toContain("only the country");
  });
});

describe("names", () => {
  it("say what the server may not", () => {
    expect(words.person(user({ name: "(unknown user)" }))).toBe("Unknown user");
    expect(words.application(client("(hidden)"))).toBe("Hidden application");
    expect(words.applicationHelp(client("(hidden)"))).toContain("view-clients");
    expect(words.applicationHelp(client("mail"))).toBeUndefined();
    expect(words.party({ party: "(hidden)", name: "(hidden)", status: "pending" })).toBe("Hidden application");
  });

  it("and places come without marks that turn the direction of text", () => {
    expect(words.person(user({ name: "Eve \u202elive" }))).toBe("Eve live");
    expect(words.person(user({ name: "\u2066\u2069", username: "\u200eeve" }))).toBe("eve");
    expect(words.application(client("mail", { name: "\u2066Mail\u2069" }))).toBe("Mail");
    expect(words.provider({ alias: "google", name: "\u061cGoogle", url: "" })).toBe("Google");
    expect(words.party({ party: "mail", name: "\u202dMail", status: "pending" })).toBe("Mail");
    expect(words.device(userAgent({ browser_name: "\u202eemorhC" }))).toBe("emorhC on Windows");
    expect(words.signIn(session({ impersonator: { id: "usr_c", username: "\u202bchief" } }))).toContain("by chief");
    expect(words.place({ ...berlin, city: "\u200fBerlin" })).toBe("Berlin, Germany");
    expect(versioned("\u202eemorhC", "141.0")).toBe("emorhC 141.0");
  });

  it("fall back to what identifies", () => {
    expect(words.person(user({ name: "" }))).toBe("alice.martin");
    expect(words.application(client("mail", { name: "" }))).toBe("mail");
    expect(words.provider({ alias: "google", name: "", url: "" })).toBe("google");
    expect(words.party({ party: "idp:google", name: "", status: "pending" })).toBe("idp:google");
  });
});

describe("a time", () => {
  beforeEach(() => vi.useFakeTimers({ now: new Date("2026-11-22T12:00:00Z") }));
  afterEach(() => vi.useRealTimers());

  it.each([
    ["2026-11-22T11:59:30Z", "30 seconds ago"],
    ["2026-11-22T11:01:00Z", "59 minutes ago"],
    ["2026-11-22T11:00:00Z", "1 hour ago"],
    ["2026-11-21T12:00:00Z", "yesterday"],
    ["2025-11-22T12:00:00Z", "12 months ago"],
    ["2023-11-22T12:00:00Z", "3 years ago"],
    ["2026-11-22T14:30:00Z", "in 2 hours"],
    ["whenever", "whenever"],
  ])("%s was %s", (time, expected) => {
    expect(words.relative(time)).toBe(expected);
  });

  it("is exact with its zone", () => {
    expect(words.exact("2026-11-22T11:59:30Z")).toMatch(/Nov 22, 2026.*(UTC|GMT)/);
    expect(words.exact("whenever")).toBe("whenever");
  });
});

describe("an address", () => {
  it.each(["https://a.example/", "http://a.example"])("%s may be a link", (text) => {
    expect(isWebAddress(text)).toBe(true);
  });

  it.each(["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "/relative", "", "https://"])(
    "%j may not",
    (text) => {
      expect(isWebAddress(text)).toBe(false);
    },
  );
});
