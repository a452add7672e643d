import { addressOf } from "../attack/releases.ts";

/** What a download may take. */
export interface DownloadLimits {
  /** Milliseconds from the first request to the last byte. */
  readonly timeout: number;
  /** Milliseconds without a byte. */
  readonly idle: number;
  /** Bytes, unpacked. */
  readonly bytes: number;
}

export interface DownloadOptions extends DownloadLimits {
  /** Ends the download with a {@link Cancelled}. */
  readonly signal?: AbortSignal | undefined;
  /** Called for every piece; `total` where the server says it. */
  readonly onProgress?: ((received: number, total: number | undefined) => void) | undefined;
}

/** A download that failed; the message is one sentence that names the address. */
export class DownloadError extends Error {
  override readonly name = "DownloadError";
}

/** A download that the user ended. */
export class Cancelled extends Error {
  override readonly name = "Cancelled";
  constructor() {
    super("cancelled");
  }
}

/** As many as a person would follow; browsers follow twenty. */
const mostRedirects = 5;

/** Gets a file whole or not at all, in Node and in a web worker. Throws a {@link DownloadError} or {@link Cancelled}. */
export async function download(address: URL, options: DownloadOptions): Promise<Uint8Array> {
  const { timeout, idle, signal } = options;
  const shown = address.href;
  const controller = new AbortController();
  const stop = (error: Error): void => controller.abort(error);
  const cancel = (): void => stop(new Cancelled());
  const overall = setTimeout(() => stop(new DownloadError(`${shown}: took longer than the time limit`)), timeout);
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const stir = (): void => {
    clearTimeout(waiting);
    waiting = setTimeout(
      () => stop(new DownloadError(`${shown}: the server has sent nothing for ${inSeconds(idle)}`)),
      idle,
    );
  };
  if (signal?.aborted) throw new Cancelled();
  signal?.addEventListener("abort", cancel);
  let received = 0;
  try {
    stir();
    const response = await request(address, controller.signal, stir);
    return await readBody(response, address, options, (bytes) => {
      received = bytes;
      stir();
    });
  } catch (error) {
    if (controller.signal.aborted) throw controller.signal.reason as Error;
    if (error instanceof Error && /^(?:DownloadError|ReleaseError)$/.test(error.name)) throw error;
    throw new DownloadError(
      `${shown}: ${received > 0 ? `broke off after ${sizeInWords(received)}: ` : ""}${inWords(error)}`,
      {
        cause: error,
      },
    );
  } finally {
    clearTimeout(overall);
    clearTimeout(waiting);
    signal?.removeEventListener("abort", cancel);
    // Closes the connection where it is still open: after a refusal nobody reads the rest.
    if (!controller.signal.aborted) controller.abort();
  }
}

/** Follows redirects itself, so that their number and their schemes are limited. */
async function request(address: URL, signal: AbortSignal, stir: () => void): Promise<Response> {
  const common = { signal, credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer" } as const;
  let at = address;
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    let response = await fetch(at.href, { ...common, redirect: "manual" });
    stir();
    if (response.type === "opaqueredirect") {
      // A browser doesn't say where to: it follows by its own limits, and the end of the way is looked at.
      response = await fetch(at.href, { ...common, redirect: "follow" });
      stir();
      addressOf(response.url, at);
    }
    const location = response.headers.get("location");
    if (response.status < 300 || response.status >= 400 || location === null) {
      if (response.ok) return response;
      throw new DownloadError(
        `${at.href}: the server answered ${response.status}${response.statusText === "" ? "" : ` (${response.statusText.slice(0, 60)})`}`,
      );
    }
    await response.body?.cancel();
    at = addressOf(location, at);
  }
  throw new DownloadError(`${address.href}: redirected more than ${mostRedirects} times`);
}

async function readBody(
  response: Response,
  address: URL,
  { bytes: most, onProgress }: DownloadOptions,
  arrived: (bytes: number) => void,
): Promise<Uint8Array> {
  const tooLarge = (size: string): DownloadError =>
    new DownloadError(`${address.href}: ${size} is more than the ${sizeInWords(most)} that are allowed`);
  const said = Number(response.headers.get("content-length") ?? Number.NaN);
  // The length is that of the packed body, which says nothing of what comes out of it.
  const total = response.headers.has("content-encoding") || !Number.isSafeInteger(said) ? undefined : said;
  if (total !== undefined && total > most) throw tooLarge(sizeInWords(total));
  const pieces: Uint8Array[] = [];
  let received = 0;
  const reader = response.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    received += value.byteLength;
    if (received > most) throw tooLarge("what the server sends");
    pieces.push(value);
    arrived(received);
    onProgress?.(received, total);
  }
  if (total !== undefined && received < total)
    throw new DownloadError(`${address.href}: ended after ${received} of ${total} bytes`);
  return join(pieces, received);
}

function join(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.byteLength;
  }
  return whole;
}

/** What went wrong, as a person would say it; the cause says more than "fetch failed". */
function inWords(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = (cause as { readonly code?: unknown } | undefined)?.code;
  const words: Readonly<Record<string, string>> = {
    ENOTFOUND: "no such host, or no network",
    EAI_AGAIN: "no such host, or no network",
    ECONNREFUSED: "nobody answers there",
    ECONNRESET: "the server broke the connection off",
    UND_ERR_SOCKET: "the server broke the connection off",
    UND_ERR_CONNECT_TIMEOUT: "nobody answers there",
  };
  const known = typeof code === "string" ? words[code] : undefined;
  const message = cause instanceof Error ? cause.message : String(cause);
  return known ?? (message.slice(0, 200).replace(/\s+/g, " ") || "the network gave no reason");
}

const inSeconds = (milliseconds: number): string => `${Math.round(milliseconds / 100) / 10} s`;
export const sizeInWords = (bytes: number): string =>
  bytes < 100_000 ? `${bytes} bytes` : `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`;
