// Without script: everything can be read, and every form can be sent.
import { expect, test } from "../support/people.js";
import { compose, queue, stop } from "../support/screens.js";
import { GERMANY, PLANTED, ROTTERDAM, sentStop } from "../support/stops.js";

const WITHOUT_SCRIPT = { javaScriptEnabled: false };

test("without script a stop is read, discussed, acknowledged and answered", async ({ node, at }) => {
  const dossier = await sentStop(node);
  const page = await at(GERMANY, node, WITHOUT_SCRIPT);
  await queue.openRow(page, dossier.reference);
  await expect(page.getByRole("main")).toContainText(PLANTED.exporter);

  await stop.acknowledge(page);

  await page.getByRole("link", { name: /^Conversation/ }).click();
  const words = "Which of the two resonators is meant?";
  await page.getByLabel(/^Message to Netherlands – Customs/).fill(words);
  await page.getByRole("button", { name: /^Send message/ }).click();
  await expect(page.getByRole("article").filter({ hasText: words })).toHaveCount(1);

  await page.getByRole("link", { name: /^Answer/ }).first().click();
  const reasoning = "The statement names the end user whom we examined.";
  await stop.answer(page, "Maintained", reasoning);
  await expect(page.getByRole("main")).toContainText(reasoning);
});

test("without script a draft is made from the empty form, entry by entry", async ({ at, node }) => {
  const page = await at(ROTTERDAM, node, WITHOUT_SCRIPT);
  const main = page.getByRole("main");
  await main.getByRole("link", { name: /^New request/ }).click();
  await main.getByRole("link", { name: "New stop" }).click();

  const goods = compose.field(page, "Goods");
  await goods.fill("Dividing heads");
  await main.getByRole("button", { name: "Another Item" }).click();
  await expect(goods).toHaveCount(2);
  await expect(goods.first()).toHaveValue("Dividing heads");
  await goods.last().fill("Rotary tables");
  await main.getByRole("checkbox", { name: "21(3)(a)(i) information not considered" }).check();
  await main.getByRole("button", { name: "Save draft" }).first().click();

  // What is kept is what a new page shows.
  await expect(main).toContainText(/Draft NL-2026-[0-9A-Z]{5}-STP/);
  await page.goto(page.url());
  await expect(goods.first()).toHaveValue("Dividing heads");
  await expect(goods.last()).toHaveValue("Rotary tables");
  await expect(
    main.getByRole("checkbox", { name: "21(3)(a)(i) information not considered" }),
  ).toBeChecked();
});
