// Fixtures: a node for each test file, and people who each sit at a browser of their own.
import {
  test as base,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from "@playwright/test";
import { signIn } from "./screens.js";
import { Node } from "./node.js";

/**
 * Gives a person's page: signed in, in a context that shares nothing with anybody else's.
 * `on`: the node to sit at, the shared one unless named. `how`: what is special about the browser.
 */
export type At = (user: string, on?: Node, how?: BrowserContextOptions) => Promise<Page>;

/** What every test may ask for. */
interface Fixtures {
  /** A person's own browser, signed in. */
  at: At;
  /** A node of the test's own, whose clock it may move. */
  ownNode: Node;
}

/** What the tests of one worker share. */
interface WorkerFixtures {
  /** The demonstration node, at its usual instant: nobody moves its clock. */
  node: Node;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  node: [
    // Playwright asks for the object pattern even where nothing is taken from it.
    async ({}, use) => {
      const node = await Node.start();
      await use(node);
      await node.stop();
    },
    { scope: "worker" },
  ],
  at: async ({ browser, node }, use) => {
    const contexts: BrowserContext[] = [];
    await use((user, on = node, how = {}) => sitDown(browser, on, user, how, contexts));
    await Promise.all(contexts.map((context) => context.close()));
  },
  ownNode: async ({}, use) => {
    const node = await Node.start();
    await use(node);
    await node.stop();
  },
});

export { expect } from "@playwright/test";

async function sitDown(
  browser: Browser,
  node: Node,
  user: string,
  how: BrowserContextOptions,
  contexts: BrowserContext[],
): Promise<Page> {
  const context = await browser.newContext({ ...how, baseURL: node.url });
  contexts.push(context);
  const page = await context.newPage();
  await signIn(page, node.account(user));
  return page;
}
