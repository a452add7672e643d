import type { Rule } from "./rule.ts";
import { attackVersion } from "./rules/attack-version.ts";
import { bundledClaims } from "./rules/bundled-claims.ts";
import { deprecatedId } from "./rules/deprecated-id.ts";
import { directive } from "./rules/directive.ts";
import { duplicateInTable } from "./rules/duplicate-in-table.ts";
import { emptyCampaign } from "./rules/empty-campaign.ts";
import { liveIndicator } from "./rules/live-indicator.ts";
import { nameIdMismatch } from "./rules/name-id-mismatch.ts";
import { oldLink } from "./rules/old-link.ts";
import { otherLanguage } from "./rules/other-language.ts";
import { otherName } from "./rules/other-name.ts";
import { parentOfSub } from "./rules/parent-of-sub.ts";
import { parentsOnly } from "./rules/parents-only.ts";
import { profileClaim } from "./rules/profile-claim.ts";
import { revokedId } from "./rules/revoked-id.ts";
import { supposedClaim } from "./rules/supposed-claim.ts";
import { tacticMismatch } from "./rules/tactic-mismatch.ts";
import { tacticOnly } from "./rules/tactic-only.ts";
import { toolOnly } from "./rules/tool-only.ts";
import { unknownId } from "./rules/unknown-id.ts";
import { unprovedClaim } from "./rules/unproved-claim.ts";

/** Every rule; findings are sorted by place, so the order here is only for reading. */
export const rules: readonly Rule[] = [
  unknownId,
  revokedId,
  deprecatedId,
  directive,
  nameIdMismatch,
  tacticMismatch,
  parentOfSub,
  duplicateInTable,
  unprovedClaim,
  attackVersion,
  oldLink,
  liveIndicator,
  emptyCampaign,
  otherName,
  otherLanguage,
  // What CISA's guide to mapping warns of.
  supposedClaim,
  toolOnly,
  tacticOnly,
  parentsOnly,
  bundledClaims,
  profileClaim,
];
