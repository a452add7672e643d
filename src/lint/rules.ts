import type { Rule } from "./rule.ts";
import { deprecatedId } from "./rules/deprecated-id.ts";
import { directive } from "./rules/directive.ts";
import { revokedId } from "./rules/revoked-id.ts";
import { unknownId } from "./rules/unknown-id.ts";

/** Every rule; findings are sorted by place, so the order here is only for reading. */
export const rules: readonly Rule[] = [unknownId, revokedId, deprecatedId, directive];
