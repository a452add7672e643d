/** Lines that come at once are gathered to so many; what trickles in is handed on without waiting for more. */
export const mostGathered = 1000;

/** How long the input may pause before what has come is handed on, milliseconds. */
const pause = 15;

/** What has come in, cut at line feeds: a text may hold other separators of lines. The last line needs none. */
export async function* gatherLines(input: NodeJS.ReadableStream): AsyncGenerator<readonly string[]> {
  const chunks = linesOf(input);
  let next = chunks.next();
  let gathered: string[] = [];
  for (;;) {
    const got = gathered.length === 0 ? await next : await Promise.race([next, paused()]);
    if (got === "paused") {
      yield gathered;
      gathered = [];
      continue;
    }
    if (got.done === true) break;
    for (const line of got.value) {
      gathered.push(line);
      if (gathered.length < mostGathered) continue;
      yield gathered;
      gathered = [];
    }
    next = chunks.next();
  }
  if (gathered.length > 0) yield gathered;
}

const paused = (): Promise<"paused"> =>
  new Promise((resolve) => {
    setTimeout(() => resolve("paused"), pause);
  });

async function* linesOf(input: NodeJS.ReadableStream): AsyncGenerator<readonly string[], undefined> {
  input.setEncoding("utf8");
  let rest = "";
  for await (const chunk of input) {
    const lines = (rest + String(chunk)).split("\n");
    rest = lines.pop() ?? "";
    if (lines.length > 0) yield lines;
  }
  if (rest !== "") yield [rest];
  return undefined;
}
