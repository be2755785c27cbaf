// The keyboard alone: keys that lead somewhere, none of them while typing, all of them to be switched off.
import { expect, test } from "../support/people.js";
import { queue } from "../support/screens.js";
import { GERMANY } from "../support/stops.js";
import type { Locator, Page } from "@playwright/test";

/** Somebody whose account settings no other test relies on. */
const COLLEAGUE = "femke.dijkstra";

test("keys open the list of keys, search, and the ways", async ({ at }) => {
  const page = await at(GERMANY);
  await page.keyboard.press("?");
  await expect(overlay(page)).toBeVisible();
  await expect(overlay(page)).toContainText("Next and previous row");
  await page.keyboard.press("Escape");
  await expect(overlay(page)).toBeHidden();

  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox")).toBeFocused();
  // The key itself is not typed, and what is typed from here on does nothing else.
  await page.keyboard.type("c?jgs");
  await settled(page);
  await expect(page.getByRole("searchbox")).toHaveValue("c?jgs");
  await expect(overlay(page)).toBeHidden();
  await expect(selected(page)).toHaveCount(0);
  await expect(queue.heading(page)).toBeVisible();

  await queue.open(page);
  await page.keyboard.press("g");
  await page.keyboard.press("s");
  await expect(page).toHaveURL(/\/stops$/);
  await page.keyboard.press("g");
  await page.keyboard.press("d");
  await expect(queue.heading(page)).toBeVisible();
  await page.keyboard.press("c");
  await expect(page).toHaveURL(/\/new$/);
});

test("j and k move through the queue, Enter opens", async ({ at }) => {
  const page = await at(GERMANY);
  const rows = queue.rows(page);
  await page.keyboard.press("j");
  await expect(rows.nth(0)).toHaveClass(/selected/);
  await page.keyboard.press("j");
  await expect(rows.nth(1)).toHaveClass(/selected/);
  await page.keyboard.press("j");
  await expect(rows.nth(2)).toHaveClass(/selected/);
  await page.keyboard.press("k");
  await expect(rows.nth(1)).toHaveClass(/selected/);
  await expect(selected(page)).toHaveCount(1);

  const reference = await selected(page).getAttribute("data-reference");
  // The preview follows the row.
  await expect(page.locator(".drawer")).toContainText(reference ?? "a reference");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main").locator(".meta")).toContainText(reference ?? "a reference");
});

test("single keys are switched off in the account", async ({ at }) => {
  const page = await at(COLLEAGUE);
  await switchKeys(page, "Off, and no hints are shown");
  await queue.open(page);
  for (const key of ["?", "j", "c"]) await page.keyboard.press(key);
  await page.keyboard.press("g");
  await page.keyboard.press("s");
  await page.keyboard.press("/");
  await settled(page);
  await expect(queue.heading(page)).toBeVisible();
  await expect(page).toHaveURL(/\/$/);
  await expect(overlay(page)).toBeHidden();
  await expect(selected(page)).toHaveCount(0);
  await expect(page.getByRole("searchbox")).not.toBeFocused();
  await expect(page.locator("kbd.hint:visible")).toHaveCount(0);

  await switchKeys(page, "On");
  await queue.open(page);
  await page.keyboard.press("?");
  await expect(overlay(page)).toBeVisible();
});

/** Waits until a way that a key had opened would have been gone: that nothing happens takes time to see. */
async function settled(page: Page): Promise<void> {
  await page.waitForTimeout(500);
}

function overlay(page: Page): Locator {
  return page.getByRole("dialog", { name: "Keys" });
}

/** The row that is selected. */
function selected(page: Page): Locator {
  return page.locator("[data-row].selected");
}

async function switchKeys(page: Page, to: string): Promise<void> {
  await page.goto("/account");
  await page.getByRole("radio", { name: to, exact: true }).check();
  await page.getByRole("button", { name: "Save the keys" }).click();
  await expect(page.getByRole("main")).toContainText("Saved.");
}
