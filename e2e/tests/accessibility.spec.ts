// Every page of the thread passes axe, in the light and in the dark.
import { violations } from "../support/axe.js";
import { expect, test } from "../support/people.js";
import { dossierAddress } from "../support/screens.js";
import { GERMANY, sentStop } from "../support/stops.js";

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
