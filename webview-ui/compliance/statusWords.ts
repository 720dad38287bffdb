import type { ComplianceStatus } from "../../src/protocol/compliance";
import type { IconName } from "../shared/icons";
import { t } from "../shared/l10n";

export const STATUSES: readonly ComplianceStatus[] = ["missing", "expired", "needs_person", "documented"];

export const STATUS_ICONS: Readonly<Record<ComplianceStatus, IconName>> = {
  documented: "pass-filled",
  missing: "error",
  expired: "clock",
  needs_person: "question",
};

export function statusWord(status: ComplianceStatus): string {
  switch (status) {
    case "documented":
      return t("Documented");
    case "missing":
      return t("Missing");
    case "expired":
      return t("Expired");
    case "needs_person":
      return t("Needs a person");
  }
}
