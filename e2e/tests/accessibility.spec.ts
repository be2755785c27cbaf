// Every page of the thread passes axe, in the light and in the dark.
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "../support/people.js";
import { dossierAddress } from "../support/screens.js";
import { GERMANY, sentStop } from "../support/stops.js";
import type { Page } from "@playwright/test";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

for (const colorScheme of ["light", "dark"] as const) {
  test(`pages pass axe in the ${colorScheme}`, async ({ node, at, browser }) => {
    const dossier = await sentStop(node);

    const context = await browser.newContext({ baseURL: node.url, colorScheme });
    const stranger = await context.newPage();
    await stranger.goto("/sign-in");
    expect(await violations(stranger), "sign-in").toEqual([]);
    await context.close();

    const germany = await at(GERMANY);
    await germany.emulateMedia({ colorScheme });
    for (const address of ["/", dossierAddress(dossier.id), dossierAddress("none")]) {
      await germany.goto(address);
      expect(await violations(germany), address).toEqual([]);
    }
  });
}

/** What axe finds, in words that lead to the place. */
async function violations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary ?? ""}`),
  );
}
