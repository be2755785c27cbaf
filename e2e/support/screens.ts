// Where things stand on the pages, by what a person reads there: the only place that knows labels.
import { expect, type Locator, type Page } from "@playwright/test";
import type { Account } from "./node.js";

/** Signs a person in and waits for his queue. */
export async function signIn(page: Page, account: Account): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel(/^user name/i).fill(account.user);
  await page.getByLabel("Password", { exact: true }).fill(account.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(queue.heading(page)).toBeVisible();
}

/** The address of a dossier's page. */
export function dossierAddress(id: string): string {
  return `/dossiers/${id}`;
}

/** The list of what is due and waiting. */
export const queue = {
  async open(page: Page): Promise<void> {
    await page.goto("/");
    await expect(queue.heading(page)).toBeVisible();
  },
  heading(page: Page): Locator {
    return page.getByRole("heading", { name: "Due and waiting", level: 1 });
  },
  /** The rows in their order, the heads of groups left out. */
  rows(page: Page): Locator {
    return page.getByRole("main").getByRole("row").filter({ has: page.getByRole("link") });
  },
  row(page: Page, reference: string): Locator {
    return queue.rows(page).filter({ hasText: reference });
  },
  /** A group of rows by its head, for example "Silence decides". */
  group(page: Page, name: string): Locator {
    return queue.groups(page).filter({ hasText: name });
  },
  /** The groups in their order. */
  groups(page: Page): Locator {
    return page.getByRole("main").getByRole("rowgroup").filter({ has: page.getByRole("link") });
  },
  /** Opens the dossier of a row: its subject is the way in, with and without script. */
  async openRow(page: Page, reference: string): Promise<void> {
    await queue.row(page, reference).getByRole("link").first().click();
    await expect(stop.reference(page, reference)).toBeVisible();
    await expect(queue.heading(page)).toHaveCount(0);
  },
};

/** The page of a stop. */
export const stop = {
  /** The reference in its head. */
  reference(page: Page, reference: string): Locator {
    return page.getByRole("main").getByText(reference, { exact: true }).first();
  },
  /** The tag that says where the stop stands. */
  state(page: Page, state: string): Locator {
    const whole = new RegExp(`^\\s*${state}\\s*$`);
    return page.getByRole("main").locator(".tag", { hasText: whole }).first();
  },
  async acknowledge(page: Page): Promise<void> {
    await page.getByRole("button", { name: "Acknowledge" }).click();
    await expect(stop.state(page, "acknowledged")).toBeVisible();
  },
  async answer(page: Page, answer: string, reasoning: string): Promise<void> {
    await page.getByRole("radio", { name: answer }).check();
    await page.getByLabel(/^Reasoning/).fill(reasoning);
    await page.getByRole("button", { name: /^Send answer/ }).click();
    await expect(stop.state(page, "answered")).toBeVisible();
  },
};

/** A new dossier being written. */
export const compose = {
  /** Where a declaration message is chosen. */
  message(page: Page): Locator {
    return page.locator('input[type="file"][name="message"]');
  },
  /** A field by the beginning of its label. */
  field(page: Page, label: string): Locator {
    return page.getByRole("main").getByRole("textbox", { name: new RegExp(`^${label}`) });
  },
  /** A panel by its title. */
  panel(page: Page, title: string): Locator {
    const heading = page.getByRole("heading", { name: new RegExp(`^${title}`), level: 2 });
    return page.getByRole("main").locator("section").filter({ has: heading });
  },
  /** The labels of the fields that are not optional and hold nothing. */
  async leftEmpty(page: Page): Promise<string[]> {
    return page.locator("main .field:not(:has(.opt))").evaluateAll((fields) =>
      fields
        .map((field) => ({
          label: field.querySelector("legend, label")?.textContent?.trim() ?? "",
          boxes: [...field.querySelectorAll<HTMLInputElement>("[type=radio], [type=checkbox]")],
          texts: [
            ...field.querySelectorAll<HTMLInputElement>("input[type=text], textarea, select"),
          ],
        }))
        .filter(
          ({ boxes, texts }) =>
            (boxes.length > 0 && !boxes.some((box) => box.checked)) ||
            texts.some((text) => text.value.trim() === ""),
        )
        .map(({ label }) => label),
    );
  },
};

/** The search. */
export const search = {
  async find(page: Page, words: string): Promise<void> {
    const box = page.getByRole("searchbox");
    await box.fill(words);
    await box.press("Enter");
  },
  nothing(page: Page): Locator {
    return page.getByRole("main").getByText(/nothing found/i);
  },
};

/** The page of an address under which nobody finds anything. */
export const notFound = {
  heading(page: Page): Locator {
    return page.getByRole("heading", { name: "Nothing here under this address", level: 1 });
  },
};
