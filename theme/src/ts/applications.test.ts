import { describe, expect, it } from "vitest";
import { completed } from "./applications";
import { client, local, partner, session, user } from "./testing/samples";

describe("a person with all sessions", () => {
  it("has the applications of all of them, each once with its first and its last use", () => {
    const mail = client("mail", { started_at: "2026-11-22T05:00:00Z", last_active: "2026-11-22T05:30:00Z" });
    const earlier = client("mail", { started_at: "2026-11-20T05:00:00Z", last_active: "2026-11-20T05:30:00Z" });
    const wiki = client("wiki", { last_active: "2026-11-23T05:30:00Z" });
    const whole = completed(user({ clients: [mail] }), [session({ clients: [earlier] }), session({ clients: [wiki] })]);
    expect(whole.clients).toEqual([wiki, { ...mail, started_at: "2026-11-20T05:00:00Z" }]);
  });

  it("has the identity providers of all of them", () => {
    const whole = completed(user({ identity_providers: [local] }), [
      session({ identity_provider: partner }),
      session(),
    ]);
    expect(whole.identity_providers).toEqual([local, partner]);
  });

  it("has as many hidden applications as the server tells apart", () => {
    const hidden = client("(hidden)");
    const whole = completed(user({ clients: [hidden, hidden] }), [session({ clients: [hidden] })]);
    expect(whole.clients).toEqual([hidden, hidden]);
  });
});
