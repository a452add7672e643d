import assert from "node:assert/strict";
import type { StixBundle } from "../../../src/exports/stix-objects.ts";

/** Every reference leads to an object of the bundle, and every object stands in it once. */
export function checkReferences({ objects }: StixBundle): void {
  const ids = objects.map(({ id }) => id);
  assert.deepEqual(ids, [...new Set(ids)]);
  for (const object of objects) {
    const referred = Object.entries(object).flatMap(([name, value]) =>
      name.endsWith("_ref") ? [value] : name.endsWith("_refs") ? (value as readonly unknown[]) : [],
    );
    for (const id of referred) assert.ok(ids.includes(id as string), `${object.id} refers to ${String(id)}`);
    assert.ok(object.id.startsWith(`${object.type}--`));
  }
}
