// Somebody who has never done it: from the queue to a stop that waits for approval, few clicks away.
import { fileURLToPath } from "node:url";
import { Clicks } from "../support/clicks.js";
import { expect, test } from "../support/people.js";
import { compose, queue, stop } from "../support/screens.js";
import { ROTTERDAM, ROTTERDAM_CONTACT_POINT } from "../support/stops.js";

const MESSAGE = fileURLToPath(new URL("../fixtures/cc515c-newcomer.xml", import.meta.url));

/** The most clicks from the queue to a stop that has been sent. */
const CLICKS_MAX = 12;

test("a newcomer sends a stop in at most twelve clicks", async ({ at }) => {
  const page = await at(ROTTERDAM);
  const clicks = new Clicks();
  const main = page.getByRole("main");

  await clicks.on(main.getByRole("link", { name: /^New request/ }));
  await clicks.on(main.getByRole("link", { name: "New stop" }));
  await clicks.choose(compose.message(page), MESSAGE);
  await clicks.on(main.getByRole("button", { name: "Fill from the message" }));
  await clicks.on(main.getByRole("radio", { name: /^PRESSURE TRANSDUCERS/ }));
  await clicks.on(main.getByRole("button", { name: "Fill from this item" }));

  // What the message says is there; the licence leads to who is asked.
  await expect(compose.field(page, "Goods")).toHaveValue("PRESSURE TRANSDUCERS 0-13 KPA, 24 PIECES");
  await expect(compose.field(page, "Commodity code")).toHaveValue("90262020");
  await expect(compose.field(page, "Licence cited")).toHaveValue("DE-26-905511-E");
  await expect(compose.panel(page, "Addressee")).toContainText("Germany – Licensing");

  expect(await compose.leftEmpty(page)).toEqual(["Why are the goods held?"]);
  await clicks.on(main.getByRole("checkbox", { name: "21(3)(a)(ii) circumstances changed" }));
  await clicks.type(compose.field(page, "Questions"), "Was the consignee's laboratory visited?");
  expect(await compose.leftEmpty(page), "required and empty").toEqual([]);
  await clicks.on(main.getByRole("button", { name: /^Send to contact point/ }).last());

  await expect(stop.state(page, "for approval")).toBeVisible();
  clicks.expectAtMost(CLICKS_MAX);

  const reference = await main.locator(".meta .code").innerText();
  const contactPoint = await at(ROTTERDAM_CONTACT_POINT);
  await queue.openRow(contactPoint, reference);
  await contactPoint.getByRole("button", { name: "Approve and send" }).click();
  await expect(stop.state(contactPoint, "sent")).toBeVisible();
  await expect(stop.state(page, "sent")).toBeVisible();
});
