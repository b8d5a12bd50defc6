import { screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { API, knowAdmin, openPage } from "../testing/page";
import { berlin, client, partner, session, user, userAgent, userId } from "../testing/samples";
import { FakeServer, json } from "../testing/server";

const REVERSED = "\u202elive";

const eve = user({
  name: `Eve ${REVERSED}`,
  username: `eve${REVERSED}`,
  email: `${REVERSED}@acme.example`,
  identity_providers: [{ ...partner, name: REVERSED }],
  clients: [client(`app${REVERSED}`, { name: REVERSED, base_url: REVERSED })],
  latest_session: session({
    browser_session: {
      user_agent: userAgent({ raw: REVERSED, browser_name: REVERSED, os_version: REVERSED }),
      location: { ...berlin, city: REVERSED },
    },
  }),
});

afterEach(() => {
  location.hash = "";
});

it.each(["users", "sessions", `users/${userId}`, `users/${userId}/sessions/ses_1`])(
  "no text of %s turns its direction, be it shown, read out or a tooltip",
  async (address) => {
    const one = { ...eve.latest_session, application_user: { id: userId, name: eve.name, username: eve.username } };
    const sessions = json({ application_sessions: [{ ...one, clients: eve.clients }], uri: "", next_page_uri: null });
    knowAdmin(new FakeServer())
      .on("GET", `${API}/users`, json({ application_users: [eve], uri: "", next_page_uri: null }))
      .on("GET", `${API}/sessions`, sessions)
      .on("GET", `${API}/users/${userId}`, json(eve))
      .on("GET", `${API}/users/${userId}/sessions`, sessions)
      .on("GET", `${API}/sessions/ses_1`, json({ ...one, identity_provider: eve.identity_providers[0] }));
    const { container } = openPage(address);
    await screen.findAllByText("Eve live");
    const texts = [...container.querySelectorAll("*")].flatMap((element) => [
      element.textContent,
      ...["aria-label", "title"].map((name) => element.getAttribute(name) ?? ""),
    ]);
    expect(texts.filter((text) => text.includes("\u202e"))).toEqual([]);
  },
);
