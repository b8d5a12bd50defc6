import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { knowAdmin, openPage } from "../testing/page";
import { FakeServer, json } from "../testing/server";

const REALM = "/admin/realms/acme";
let server: FakeServer;

beforeEach(() => {
  server = knowAdmin(new FakeServer())
    .on("GET", REALM, json({ realm: "acme", attributes: {} }))
    .on("GET", `${REALM}/clients`, json([]));
});
afterEach(() => {
  location.hash = "";
});

describe("the identity providers", () => {
  const PROVIDERS = `${REALM}/identity-provider/instances`;
  const partner = { alias: "partner", displayName: "Partner", providerId: "oidc", config: { clientId: "x" } };

  it("may be allowed to end sessions, and keep the rest of their settings", async () => {
    knowAdmin(server, { realm_access: { acme: ["manage-realm", "manage-identity-providers"] } });
    server
      .on("GET", PROVIDERS, json([partner, { alias: "github", providerId: "github" }]))
      .on("GET", `${PROVIDERS}/partner`, json(partner))
      .on("PUT", `${PROVIDERS}/partner`, new Response(null, { status: 204 }));
    openPage("settings");
    await userEvent.click(await screen.findByLabelText("May revoke: Partner"));
    await waitFor(() => {
      expect(server.received.find(({ method }) => method === "PUT")?.body).toEqual({
        ...partner,
        config: { clientId: "x", "identities.global-token-revocation": "true" },
      });
    });
    expect(screen.queryByLabelText(/github/)).toBeNull();
  });

  it("are not shown to those who may not manage them", async () => {
    openPage("settings");
    await screen.findByRole("button", { name: "Save" });
    expect(screen.queryByText("Identity providers that may revoke")).toBeNull();
  });
});
