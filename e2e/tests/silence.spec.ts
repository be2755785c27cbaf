// Nobody answers: the clock of Article 21(4) runs out, by the addressee's calendar.
import { expect, test } from "../support/people.js";
import { dossierAddress } from "../support/screens.js";
import { GERMANY, ROTTERDAM, sentStop } from "../support/stops.js";
import type { Dossier } from "../support/node.js";

test("silence makes release due after the last whole working day", async ({ ownNode, at }) => {
  // Sent on Tuesday 24 November: the tenth German working day is Tuesday 8 December.
  const dossier = await sentStop(ownNode);
  const state = async () =>
    (await ownNode.api(GERMANY).get<Dossier>(`/dossiers/${dossier.id}`)).state;

  await ownNode.moveClock("P14D");
  expect(await state(), "the last day is a whole day").toBe("sent");
  await ownNode.moveClock("P1D");
  expect(await state()).toBe("release_due");

  for (const user of [ROTTERDAM, GERMANY]) {
    const page = await at(user, ownNode);
    await page.goto(dossierAddress(dossier.id));
    await expect(page.getByRole("main")).toContainText(
      "The period of Article 21(4) has ended: the goods must be released unless another legal " +
        "ground is recorded.",
    );
  }
});
