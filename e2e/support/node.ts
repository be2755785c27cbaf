// A demonstration node of one's own: started for a test file, asked only through its interfaces.
import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { createInterface } from "node:readline";

/** A person of the demonstration, as `ecm demo --json` prints him. */
export interface Account {
  user: string;
  password: string;
  /** A bearer token of the REST API. */
  token: string;
  unit: string;
  state: string;
  roles: string[];
}

/** The line that `ecm demo --json` prints once it is ready. */
interface Ready {
  url: string;
  now: string;
  accounts: Account[];
}

/** The instant at which the pictures of the screens were drawn: Tuesday morning in Brussels. */
export const USUAL_INSTANT = "2026-11-24T09:42:00Z";

/** How long a node may take until it is ready. */
const READY_WITHIN_MS = 30_000;

const BUILT = fileURLToPath(new URL("../../target/debug/ecm", import.meta.url));

/** A running demonstration node. */
export class Node {
  private constructor(
    private readonly process: ChildProcess,
    private readonly ready: Ready,
  ) {}

  /** Starts a node at an instant; its data are temporary. */
  static async start(at: string = USUAL_INSTANT): Promise<Node> {
    const binary = process.env["ECM_BIN"] ?? BUILT;
    const child = spawn(binary, ["demo", "--json", "--port", "0", "--at", at], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let complaints = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      complaints = (complaints + text).slice(-4_000);
    });
    const line = await new Promise<string>((resolve, reject) => {
      const late = setTimeout(() => {
        child.kill("SIGKILL");
        reject(new Error(`${binary} was not ready within ${READY_WITHIN_MS} ms: ${complaints}`));
      }, READY_WITHIN_MS);
      createInterface({ input: child.stdout }).once("line", (text) => {
        clearTimeout(late);
        resolve(text);
      });
      child.once("error", reject);
      child.once("exit", (code) => {
        clearTimeout(late);
        reject(new Error(`${binary} ended with ${code} before it was ready: ${complaints}`));
      });
    });
    return new Node(child, JSON.parse(line) as Ready);
  }

  /** Its address, without a slash at the end. */
  get url(): string {
    return this.ready.url.replace(/\/$/, "");
  }

  /** A person by his user name. */
  account(user: string): Account {
    const found = this.ready.accounts.find((account) => account.user === user);
    if (found === undefined) {
      const known = this.ready.accounts.map((account) => account.user).join(", ");
      throw new Error(`the demonstration has no ${user}, only ${known}`);
    }
    return found;
  }

  /** The REST API as one person uses it. */
  api(user: string): Api {
    return new Api(this.url, this.account(user).token);
  }

  /** Moves the node's clock; returns once all that fell due is recorded and told. */
  async moveClock(advance: string): Promise<void> {
    const anybody = this.ready.accounts[0];
    if (anybody === undefined) throw new Error("the demonstration has no accounts");
    await new Api(this.url, anybody.token).post("/demo/clock", { advance });
  }

  /** Ends it, by force if it does not end by itself. */
  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = once(this.process, "exit");
    this.process.kill("SIGTERM");
    const late = setTimeout(() => this.process.kill("SIGKILL"), 5_000);
    await ended;
    clearTimeout(late);
  }
}

/** What the API says of a dossier that was opened or changed. */
export interface Dossier {
  id: string;
  reference: string;
  state: string;
  version: string;
}

/** The REST API with one person's token. */
export class Api {
  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  /** Sends a request below `/api/v1`, whatever the answer. */
  async send(method: string, path: string, body?: unknown): Promise<Response> {
    const headers: Record<string, string> = { authorization: `Bearer ${this.token}` };
    if (method !== "GET") headers["idempotency-key"] = randomUUID();
    if (body !== undefined) headers["content-type"] = "application/json";
    return fetch(`${this.url}/api/v1${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  /** Reads what must be there. */
  async get<T>(path: string): Promise<T> {
    return (await succeed("GET", path, await this.send("GET", path))) as T;
  }

  /** Sends what must be accepted. */
  async post<T>(path: string, body: unknown): Promise<T> {
    return (await succeed("POST", path, await this.send("POST", path, body))) as T;
  }

  /** Opens a dossier. */
  async open(dossier: unknown): Promise<Dossier> {
    return this.post<Dossier>("/dossiers", dossier);
  }

  /** Does something to a dossier. */
  async command(id: string, command: Record<string, unknown>): Promise<Dossier> {
    return this.post<Dossier>(`/dossiers/${id}/commands`, command);
  }
}

async function succeed(method: string, path: string, response: Response): Promise<unknown> {
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}
