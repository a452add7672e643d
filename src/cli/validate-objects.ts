import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** What the official data model says of an object. */
interface OfficialSchema {
  readonly safeParse: (value: unknown) => {
    readonly success: boolean;
    readonly error?: {
      readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
    };
  };
}

/**
 * Checks every object of a STIX 2.1 bundle by `@mitre-attack/attack-data-model`, ATT&CK's own schemas; a line a fault.
 * The model is loaded only here: it is large, and reads STIX 2.1 alone.
 */
export async function validateObjects(path: string): Promise<readonly string[]> {
  const model = await import("@mitre-attack/attack-data-model");
  const schemas: Readonly<Record<string, OfficialSchema>> = {
    "attack-pattern": model.techniqueSchema,
    "x-mitre-tactic": model.tacticSchema,
    "intrusion-set": model.groupSchema,
    malware: model.malwareSchema,
    tool: model.toolSchema,
    campaign: model.campaignSchema,
    "course-of-action": model.mitigationSchema,
    "x-mitre-data-source": model.dataSourceSchema,
    "x-mitre-data-component": model.dataComponentSchema,
    "x-mitre-detection-strategy": model.detectionStrategySchema,
    "x-mitre-analytic": model.analyticSchema,
    "x-mitre-asset": model.assetSchema,
    "x-mitre-matrix": model.matrixSchema,
    relationship: model.relationshipSchema,
  };
  const bytes = readFileSync(path);
  const text = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString("utf8");
  const { objects } = JSON.parse(text) as {
    readonly objects: readonly { readonly type: string; readonly id: string }[];
  };
  return objects.flatMap((object, index) => {
    const [issue] = schemas[object.type]?.safeParse(object).error?.issues ?? [];
    return issue
      ? [`object ${index} (${object.id}): ${issue.path.map(String).join(".")}: ${issue.message} (official data model)`]
      : [];
  });
}
