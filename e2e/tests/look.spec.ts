// How the pages look: a full queue on one screen, nothing that overflows a telephone, axe in light and dark.
// Pictures of every page, in the light, in the dark and on a telephone, lie under `target/screenshots`.
import { fileURLToPath } from "node:url";
import { violations } from "../support/axe.js";
import { expect, test } from "../support/people.js";
import { dossierAddress, queue } from "../support/screens.js";
import { GERMANY, NETHERLANDS_ADMINISTRATOR, ROTTERDAM } from "../support/stops.js";
import type { Dossier, Node } from "../support/node.js";
import type { At } from "../support/people.js";
import type { Page } from "@playwright/test";

const PICTURES = fileURLToPath(new URL("../../target/screenshots/", import.meta.url));
const DESK = { width: 1360, height: 900 };
const TELEPHONE = { width: 390, height: 844 };

/** The fewest whole rows of the queue on one screen. */
const ROWS_MIN = 15;

const KINDS = ["stop", "information", "classification", "document", "notice"] as const;

/** A page by the name of its picture. */
interface Sight {
  name: string;
  address: string;
  /** Who looks. */
  user: string;
  /** Whether it is held against axe in the dark, too. */
  dark: boolean;
}

// Axe takes seconds for a long form, and more beside other work.
test.describe.configure({ timeout: 120_000 });

test("fifteen whole rows of the queue stand on one screen", async ({ at }) => {
  const page = await at(GERMANY, undefined, { viewport: DESK });
  const whole = await queue.rows(page).evaluateAll(
    (rows) =>
      rows
        .map((row) => row.getBoundingClientRect())
        .filter((box) => box.top >= 0 && box.bottom <= window.innerHeight).length,
  );
  expect(whole).toBeGreaterThanOrEqual(ROWS_MIN);
});

test("no page overflows a screen of 390 pixels", async ({ node, at }) => {
  await visit(await sights(node), at, { viewport: TELEPHONE }, async (page, { name }) => {
    expect.soft(await overflow(page), name).toEqual([]);
    await picture(page, `${name}-390`);
  });
});

test("every page passes axe in the light", async ({ node, at }) => {
  await visit(await sights(node), at, { colorScheme: "light" }, async (page, { name }) => {
    expect.soft(await violations(page), name).toEqual([]);
    await picture(page, `${name}-light`);
  });
});

test("queue, dossier and new stop pass axe in the dark", async ({ node, at }) => {
  await visit(await sights(node), at, { colorScheme: "dark" }, async (page, { name, dark }) => {
    if (dark) expect.soft(await violations(page), name).toEqual([]);
    await picture(page, `${name}-dark`);
  });
});

/** The pages that are looked at, a dossier of each kind among them. */
async function sights(node: Node): Promise<Sight[]> {
  const by = (user: string) => (name: string, address: string, dark: boolean) => ({
    name,
    address,
    user,
    dark,
  });
  const { dossiers } = await node
    .api(GERMANY)
    .get<{ dossiers: (Dossier & { kind: string })[] }>("/dossiers?limit=100");
  const german = by(GERMANY);
  const ofEachKind = KINDS.map((kind) => {
    const found = dossiers.find((one) => one.kind === kind && one.state !== "draft");
    if (found === undefined) throw new Error(`the demonstration has no ${kind} for ${GERMANY}`);
    return german(`dossier-${kind}`, dossierAddress(found.id), true);
  });
  return [
    german("queue", "/", true),
    ...ofEachKind,
    german("directory", "/directory", false),
    german("who-answers", "/directory?q=DE", false),
    german("search", "/search?q=GmbH", false),
    german("account", "/account", false),
    german("help", "/help", false),
    by(ROTTERDAM)("new-stop", "/new/stop", true),
    by(NETHERLANDS_ADMINISTRATOR)("settings", "/settings", false),
  ];
}

/** Shows each page to the one who looks at it. */
async function visit(
  all: Sight[],
  at: At,
  how: Parameters<At>[2],
  look: (page: Page, sight: Sight) => Promise<void>,
): Promise<void> {
  const pages = new Map<string, Page>();
  for (const sight of all) {
    const page = pages.get(sight.user) ?? (await at(sight.user, undefined, how));
    pages.set(sight.user, page);
    const answer = await page.goto(sight.address);
    expect(answer?.status(), sight.address).toBe(200);
    await look(page, sight);
  }
}

/** What reaches over the right edge, where the page can be moved sideways; nothing where it cannot. */
async function overflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth } = document.documentElement;
    if (scrollWidth <= window.innerWidth) return [];
    const wide = [...document.querySelectorAll("body *")]
      .filter((element) => element.getBoundingClientRect().right > window.innerWidth + 1)
      .map((element) => `${element.tagName} ${element.id} ${element.getAttribute("class") ?? ""}`);
    return [`${scrollWidth} pixels wide`, ...wide.slice(0, 10)];
  });
}

async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${PICTURES}${name}.png`, fullPage: true });
}
