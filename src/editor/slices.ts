import type { Steps } from "../steps.ts";

/** How long the extension host is kept from other work at a time, milliseconds: keys, hovers and other extensions wait as long. */
const slice = 6;

/** Does the work in short slices with room between them for everything else; `undefined` as soon as `isOver` says so. */
export async function inSlices<T>(steps: Steps<T>, isOver: () => boolean): Promise<T | undefined> {
  for (;;) {
    const until = performance.now() + slice;
    do {
      const step = steps.next();
      if (step.done) return step.value;
    } while (performance.now() < until);
    await nextTurn();
    if (isOver()) return undefined;
  }
}

/** Lets all that waits go first. In a worker a message is the quickest way to come back: timers wait for 4 ms there. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === "function") {
      setImmediate(resolve);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
