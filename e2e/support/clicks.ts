// A person's way through the pages with every click counted: a field is clicked before it is typed
// into, and a file is chosen with a click of its own.
import { expect, type Locator } from "@playwright/test";

/** Counts what a person clicks. */
export class Clicks {
  private made = 0;

  /** How many clicks there were so far. */
  get count(): number {
    return this.made;
  }

  /** Clicks a link, a button or a choice. */
  async on(target: Locator): Promise<void> {
    this.made += 1;
    await target.click();
  }

  /** Clicks into a field and types. */
  async type(field: Locator, text: string): Promise<void> {
    await this.on(field);
    await field.fill(text);
  }

  /** Clicks the button of a file field and picks a file. */
  async choose(field: Locator, path: string): Promise<void> {
    const asked = field.page().waitForEvent("filechooser");
    await this.on(field);
    await (await asked).setFiles(path);
  }

  /** Holds the way against a limit. */
  expectAtMost(most: number): void {
    expect(this.made, "clicks").toBeLessThanOrEqual(most);
  }
}
