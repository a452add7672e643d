import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { after, before, describe, it } from "mocha";
import { Cancelled, download, DownloadError } from "../../../src/update/download.ts";
import { serve, type TestServer } from "../../harness/release-server.ts";

const limits = { timeout: 20_000, idle: 10_000, bytes: 1_000 };

/** What a server can do wrong, the limits that find it, and what is said of it. */
const failures: readonly (readonly [name: string, path: string, limits: Partial<typeof limits>, said: RegExp])[] = [
  ["a file that is not there", "/missing", {}, /\/missing: the server answered 404 \(Not Found\)$/],
  ["an error of the server", "/error", {}, /\/error: the server answered 500 \(Internal Server Error\)$/],
  [
    "a server that never begins to answer",
    "/silent",
    { idle: 150 },
    /\/silent: the server has sent nothing for 0\.2 s$/,
  ],
  ["a server that stops in the middle", "/stalled", { idle: 150 }, /\/stalled: the server has sent nothing for/],
  ["a server that drips", "/drip", { timeout: 400, idle: 300 }, /\/drip: took longer than the time limit$/],
  ["a body shorter than was said", "/truncated", {}, /\/truncated: broke off after 5 bytes: /],
  ["a connection killed in the middle", "/killed", {}, /\/killed: broke off after 5 bytes: /],
  ["a connection killed at once", "/slammed", {}, /\/slammed: the server broke the connection off$/],
  ["a body that is said to be too large", "/said-large", {}, /\/said-large: 5\.0 MB is more than the 1000 bytes/],
  [
    "a body that never ends",
    "/endless",
    {},
    /\/endless: what the server sends is more than the 1000 bytes that are allowed$/,
  ],
  ["a small body that unpacks to a large one", "/bomb", {}, /\/bomb: what the server sends is more than/],
  ["a redirect loop", "/loop", {}, /\/loop: redirected more than 5 times$/],
  ["a redirect to another scheme", "/to-file", {}, /^file:\/\/\/etc\/hostname: only https addresses are fetched/],
  ["a redirect to an address without encryption", "/to-http", {}, /^http:\/\/example\.org\/x: only https addresses/],
];

describe("download", function () {
  this.timeout(30_000);
  let server: TestServer;
  const open = new Set<ReturnType<typeof setInterval>>();
  const get = (path: string, more: Partial<typeof limits> & { signal?: AbortSignal } = {}): Promise<Uint8Array> =>
    download(new URL(server.base + path), { ...limits, ...more });

  before(async () => {
    const every = (interval: number, act: () => void): void => void open.add(setInterval(act, interval));
    server = await serve((base) => ({
      "/good": (response) => response.end("all of it"),
      "/packed": (response) =>
        response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("all of it, packed ".repeat(20))),
      "/chunked": (response) => {
        response.write("first, ");
        setTimeout(() => response.end("second"), 30);
      },
      "/empty": (response) => response.writeHead(200, { "content-length": "0" }).end(),
      "/moved": (response) => response.writeHead(302, { location: "/moved-again" }).end(),
      "/moved-again": (response) => response.writeHead(307, { location: `${base}/good` }).end("elsewhere"),
      "/error": (response) => response.writeHead(500).end("oh"),
      "/silent": () => undefined,
      "/stalled": (response) => response.writeHead(200, { "content-length": "900" }).write("begun"),
      "/drip": (response) => {
        response.writeHead(200);
        every(50, () => response.write("."));
      },
      "/truncated": (response) => {
        response.writeHead(200, { "content-length": "900" }).write("begun");
        setTimeout(() => response.socket?.end(), 50);
      },
      "/killed": (response) => {
        response.writeHead(200).write("begun");
        setTimeout(() => response.socket?.resetAndDestroy(), 50);
      },
      "/slammed": (response) => response.socket?.resetAndDestroy(),
      "/said-large": (response) => response.writeHead(200, { "content-length": "5000000" }).write("begun"),
      "/endless": (response) => {
        response.writeHead(200);
        every(1, () => response.write("x".repeat(100)));
      },
      "/bomb": (response) =>
        response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("x".repeat(2_000_000))),
      "/loop": (response) => response.writeHead(301, { location: "/loop-back" }).end(),
      "/loop-back": (response) => response.writeHead(301, { location: "/loop" }).end(),
      "/to-file": (response) => response.writeHead(302, { location: "file:///etc/hostname" }).end(),
      "/to-http": (response) => response.writeHead(302, { location: "http://example.org/x" }).end(),
    }));
  });
  after(async () => {
    open.forEach((timer) => clearInterval(timer));
    await server.stop();
  });

  for (const [path, expected] of [
    ["/good", "all of it"],
    ["/packed", "all of it, packed ".repeat(20)],
    ["/chunked", "first, second"],
    ["/empty", ""],
    ["/moved", "all of it"],
  ] as const)
    it(`should get ${path.slice(1)} whole`, async () => {
      assert.equal(new TextDecoder().decode(await get(path)), expected);
    });

  for (const [name, path, more, said] of failures)
    it(`should refuse ${name}`, async () => {
      await assert.rejects(get(path, more), (error: Error) => {
        assert.match(error.message, said);
        assert.ok(!error.message.includes("\n"));
        return true;
      });
    });

  it("should say that nobody answers", async () => {
    const gone = await serve(() => ({}));
    await gone.stop();
    await assert.rejects(
      download(new URL(`${gone.base}/x`), limits),
      (error) => error instanceof DownloadError && /\/x: nobody answers there$/.test(error.message),
    );
  });

  it("should end when it is cancelled: before, while it waits, and in the middle", async () => {
    await assert.rejects(get("/good", { signal: AbortSignal.abort() }), Cancelled);
    for (const path of ["/silent", "/stalled"]) {
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 100);
      await assert.rejects(get(path, { signal: controller.signal }), Cancelled);
    }
  });

  it("should tell how far it is", async () => {
    const told: (readonly [number, number | undefined])[] = [];
    await download(new URL(`${server.base}/good`), {
      ...limits,
      onProgress: (received, total) => void told.push([received, total]),
    });
    assert.deepEqual(told.at(-1), [9, 9]);
  });
});
