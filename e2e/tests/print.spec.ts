// On paper: what it is and who printed it when, and nothing that only works on a screen.
import { expect, test } from "../support/people.js";
import { dossierAddress } from "../support/screens.js";
import { GERMANY, PLANTED, sentStop } from "../support/stops.js";

const NOTE = "Only Germany reads that the file lies on the second floor.";

test("a printed dossier says what it is, and keeps internal notes back", async ({ node, at }) => {
  const dossier = await sentStop(node);
  await node.api(GERMANY).command(dossier.id, { command: "note", text: NOTE });
  const page = await at(GERMANY);
  await page.goto(dossierAddress(dossier.id) + "?tab=conversation");
  const note = page.getByText(NOTE);
  await expect(note).toBeVisible();

  await page.emulateMedia({ media: "print" });
  const head = page.locator(".print-head");
  await expect(head).toBeVisible();
  for (const words of [dossier.reference, "H1", "Jonas Brandt", "Germany – Licensing"]) {
    await expect(head).toContainText(words);
  }
  await expect(head).toContainText(/Tue 24 Nov 2026, 10:\d\d CET/);
  await expect(page.getByRole("complementary", { name: "Demonstration" })).toBeVisible();
  await expect(page.getByText("parties and cases are made up")).toBeVisible();
  await expect(page.getByRole("main")).toContainText(PLANTED.exporter);

  await expect(note).toBeHidden();
  await expect(page.locator(".rail")).toBeHidden();
  await expect(page.getByRole("searchbox")).toBeHidden();
  await expect(page.locator("button:visible, .btn:visible")).toHaveCount(0);
  await expect(page.locator("input:visible, textarea:visible, select:visible")).toHaveCount(0);
});
