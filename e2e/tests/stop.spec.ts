// The thin thread: Rotterdam asks, Germany answers, France finds nothing.
import { randomUUID } from "node:crypto";
import { expect, test } from "../support/people.js";
import { dossierAddress, notFound, queue, search, stop } from "../support/screens.js";
import { FRANCE, GERMANY, PLANTED, ROTTERDAM, sentStop } from "../support/stops.js";
import type { Page } from "@playwright/test";

test("Rotterdam asks, Germany answers", async ({ node, at }) => {
  const dossier = await sentStop(node);
  const rotterdam = await at(ROTTERDAM);
  await rotterdam.goto(dossierAddress(dossier.id));
  await expect(stop.state(rotterdam, "sent")).toBeVisible();
  // A mark that a reload would wipe out.
  await rotterdam.evaluate(() => document.documentElement.setAttribute("data-same-page", "yes"));

  const germany = await at(GERMANY);
  await queue.open(germany);
  await expect(queue.row(germany, dossier.reference)).toHaveCount(1);
  await queue.openRow(germany, dossier.reference);
  await expect(germany.getByRole("main")).toContainText(PLANTED.exporter);
  await expect(germany.getByRole("main")).toContainText(PLANTED.question);
  await stop.acknowledge(germany);
  await expect(stop.state(rotterdam, "acknowledged")).toBeVisible({ timeout: 2_000 });

  const reasoning = "The statement names the end user whom we examined.";
  await stop.answer(germany, "Maintained", reasoning);
  await expect(stop.state(rotterdam, "answered")).toBeVisible({ timeout: 2_000 });
  await expect(rotterdam.getByRole("main")).toContainText(reasoning, { timeout: 2_000 });
  await expect(rotterdam.locator("html")).toHaveAttribute("data-same-page", "yes");
});

test("what silence decides stands before everything else", async ({ node, at }) => {
  const dossier = await sentStop(node);
  const germany = await at(GERMANY);
  await queue.open(germany);
  await expect(queue.group(germany, "Silence decides")).toContainText(dossier.reference);
  await expect(queue.groups(germany).first()).toContainText("Silence decides");
});

test("France finds nothing, in the browser and over the API", async ({ node, at }) => {
  const dossier = await sentStop(node);
  const france = await at(FRANCE);

  await france.goto(dossierAddress(dossier.id));
  await expect(notFound.heading(france)).toBeVisible();
  const invented = randomUUID();
  const before = await seen(france, dossierAddress(dossier.id), dossier.id);
  const absent = await seen(france, dossierAddress(invented), invented);
  const after = await seen(france, dossierAddress(dossier.id), dossier.id);
  // The page tells the time: where a minute begins in between, one of the two still agrees.
  expect([before, after]).toContainEqual(absent);

  await queue.open(france);
  await expect(queue.row(france, dossier.reference)).toHaveCount(0);
  for (const words of [dossier.reference, PLANTED.exporter, PLANTED.consignee, "quartz"]) {
    await search.find(france, words);
    await expect(search.nothing(france)).toBeVisible();
  }

  const api = node.api(FRANCE);
  for (const path of ["", "/events", "/attachments"]) {
    const hidden = await api.send("GET", `/dossiers/${dossier.id}${path}`);
    const never = await api.send("GET", `/dossiers/${invented}${path}`);
    expect(hidden.status).toBe(404);
    expect(await comparable(hidden, dossier.id)).toEqual(await comparable(never, invented));
  }
  const list = await (await api.send("GET", "/dossiers")).text();
  expect(list).not.toContain(dossier.id);
  expect(list).not.toContain(dossier.reference);
});

/** An answer to the person at a page, as it can be compared with another. */
async function seen(page: Page, address: string, id: string): Promise<unknown> {
  const response = await page.request.get(address);
  expect(response.status()).toBe(404);
  return told(response.headers(), await response.text(), id);
}

async function comparable(response: Response, id: string): Promise<unknown> {
  return told(Object.fromEntries(response.headers), await response.text(), id);
}

/** Headers and body without the day, cookies and the id that was asked for. */
function told(headers: Record<string, string>, body: string, id: string): unknown {
  const { date: _date, "set-cookie": _cookie, ...others } = headers;
  return { headers: others, body: body.replaceAll(id, "ID") };
}
