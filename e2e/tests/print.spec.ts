// On paper: what it is and who printed it when, and nothing that only works on a screen.
import { expect, test } from "../support/people.js";
import { dossierAddress } from "../support/screens.js";
import { GERMANY, PLANTED, sentStop } from "../support/stops.js";

/** What a sheet of A4 leaves between its margins of 16 mm, in CSS pixels. */
const SHEET = { width: 672, height: 980 };

/** What only works on a screen. */
const CONTROLS = ["button", ".btn", "input", "textarea", "select"]
  .map((control) => `${control}:visible`)
  .join(", ");

const NOTE = "Only Germany reads that the file lies on the second floor.";

test("a printed dossier says what it is, and keeps internal notes back", async ({ node, at }) => {
  const dossier = await sentStop(node);
  await node.api(GERMANY).command(dossier.id, { command: "note", text: NOTE });
  const page = await at(GERMANY);
  await page.goto(dossierAddress(dossier.id) + "?tab=conversation");
  const note = page.getByText(NOTE);
  await expect(note).toBeVisible();
  expect(await page.locator(CONTROLS).count(), "on a screen").toBeGreaterThan(0);

  await page.emulateMedia({ media: "print" });
  const head = page.locator(".print-head");
  await expect(head).toBeVisible();
  for (const words of [dossier.reference, "H1 not in proceedings", "Jonas Brandt", "Germany – Licensing"]) {
    await expect(head).toContainText(words);
  }
  await expect(head).toContainText(/Tue 24 Nov 2026, 10:\d\d CET/);
  await expect(page.getByRole("complementary", { name: "Demonstration" })).toBeVisible();
  await expect(page.getByText("parties and cases are made up")).toBeVisible();
  await expect(page.getByRole("main")).toContainText(PLANTED.exporter);

  await expect(note).toBeHidden();
  await expect(page.locator(".rail")).toBeHidden();
  for (const address of ["", "?tab=details", "?tab=documents", "?tab=history", "?do=answer"]) {
    await page.goto(dossierAddress(dossier.id) + address);
    await expect(head).toBeVisible();
    expect.soft(await page.locator(CONTROLS).count(), address).toBe(0);
  }
});

test("a dossier fits an upright sheet", async ({ node, at }) => {
  const dossier = await sentStop(node);
  const page = await at(GERMANY, node, { viewport: SHEET });
  await page.emulateMedia({ media: "print" });
  for (const address of ["/", dossierAddress(dossier.id), dossierAddress(dossier.id) + "?tab=details"]) {
    await page.goto(address);
    await expect(page.getByText("parties and cases are made up")).toBeVisible();
    await expect(page.locator(".foot-bar")).toBeHidden();
    expect.soft(await page.evaluate(() => document.documentElement.scrollWidth), address)
      .toBeLessThanOrEqual(SHEET.width);
    expect.soft(await page.locator(CONTROLS).count(), address).toBe(0);
  }
});
