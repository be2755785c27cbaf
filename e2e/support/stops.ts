// The stop of the tests: made-up parties, a licence of Germany, goods that lie in Rotterdam.
import { expect } from "@playwright/test";
import type { Dossier, Node } from "./node.js";

/** Who takes part. */
export const ROTTERDAM = "marijke.dewit";
export const ROTTERDAM_CONTACT_POINT = "pieter.bakker";
export const NETHERLANDS_ADMINISTRATOR = "sanne.visser";
export const GERMANY = "jonas.brandt";
export const FRANCE = "claire.martin";

/** Words that stand nowhere else in the demonstration: whoever can find one, knows of the stop. */
export const PLANTED = {
  exporter: "Quellwasser Feinoptik GmbH",
  consignee: "Zhetisu Kvarts TOO",
  question: "Was the quartz resonator's end user known at issue?",
} as const;

/** A stop as Rotterdam opens it through the API. */
function quartzStop(): Record<string, unknown> {
  return {
    kind: "stop",
    to: ["DE-LICENSING"],
    form: {
      grounds: ["21(3)(a)(i)"],
      items: [
        {
          mrn: "26NL00051012345AB7",
          item_number: 1,
          description: "Quartz resonators for temperatures from -55 to +125 degrees",
          cn8: "85416000",
          net_mass: 18.6,
          statistical_value: 412800,
          country_of_destination: "KZ",
          exporter: { name: PLANTED.exporter, eori: "DE471120883", country: "DE" },
          consignee: { name: PLANTED.consignee, city: "Almaty", country: "KZ" },
          documents: [{ type: "X060", reference: "DE-26-118274-E" }],
        },
      ],
      office: "NL000510",
      place: "Maasvlakte, berth 4",
      suspended_at: "2026-11-23T15:45:00Z",
      licence: "DE-26-118274-E",
      questions: PLANTED.question,
    },
    handling: { code: "H1", source: "B", information: 2 },
    purpose: "Verification of the licence before the goods leave",
    legal_basis: "2021/821 Art. 21(3)",
    send: true,
  };
}

/** A stop that Rotterdam has written and her contact point has let go. */
export async function sentStop(node: Node): Promise<Dossier> {
  const written = await node.api(ROTTERDAM).open(quartzStop());
  expect(written.state).toBe("for_approval");
  expect(written.reference).toMatch(/^NL-2026-[0-9A-Z]{5}-STP$/);
  const sent = await node
    .api(ROTTERDAM_CONTACT_POINT)
    .command(written.id, { command: "approve" });
  expect(sent.state).toBe("sent");
  return { ...written, ...sent };
}
