import type { ReportBlock } from "../complianceReport";
import type { ReportWriter } from "../reportWriter";

/** 9: the risk register. */
export function risks(writer: ReportWriter): readonly ReportBlock[] {
  return [
    writer.list(
      "Risks",
      ["risks"],
      [
        ["risk", "id"],
        ["what", "what"],
        ["whom it hurts", "who"],
        ["misuse", "misuse"],
        ["measure", "measure"],
        ["what remains", "residual"],
        ["accepted by", "accepted_by"],
        ["on", "date"],
      ],
    ),
    writer.fields([["Document", "docs.annex_iv.risks"]]),
  ];
}

/** 10: who watches, and what people are told. */
export function oversight(writer: ReportWriter): readonly ReportBlock[] {
  return [
    writer.fields([
      ["Who watches", "oversight.people"],
      ["Taught", "oversight.training"],
      ["Can", "oversight.can"],
      ["How it is stopped", "oversight.stop"],
      ["Told of the tendency to trust a machine", "oversight.bias_notice"],
      ["Two persons", "oversight.two_persons"],
      ["Says that it is AI", "transparency.says_it_is_ai"],
      ["Marking", "transparency.marking"],
      ["Affected people read of it", "transparency.affected_people_told"],
      ["Workers are told", "transparency.workers_told"],
      ["Instructions for use", "docs.instructions_for_use"],
      ["Duties of a deployer", "deployer_duties"],
      ["Fundamental rights impact assessment", "fria"],
    ]),
  ];
}

/** 11: what happens when it is wrong or attacked. */
export function robustness(writer: ReportWriter): readonly ReportBlock[] {
  return [
    writer.fields([
      ["Fallback", "robustness.fallback"],
      ["Attacks that were tested", "robustness.attacks"],
      ["Results of these tests", "robustness.tests"],
      ["Feedback loop", "robustness.feedback_loop"],
      ["Records", "logging.events"],
      ["Kept where", "logging.where"],
      ["Kept for", "logging.retention"],
      ["Protection of personal data", "gdpr.security"],
    ]),
  ];
}

/** 12: the record of processing and what goes with it. */
export function dataProtection(writer: ReportWriter): readonly ReportBlock[] {
  if (writer.facts.product.personal_data === "no") {
    return [
      writer.fields([["Personal data", "personal_data"]]),
      { kind: "text", text: "The file says that no data says anything about people." },
    ];
  }
  return [
    writer.fields([
      ["Personal data", "personal_data"],
      ["Controller (Art. 30(1)(a))", "gdpr.controller"],
      ["Data protection officer", "roles.dpo"],
      ["Purpose (b)", "gdpr.purpose"],
      ["Compatible with the purpose of collection", "gdpr.compatibility"],
      ["Legal basis (Art. 6(1))", "gdpr.legal_basis"],
      ["Whose data (c)", "gdpr.people"],
      ["Kinds of data (c)", "gdpr.categories"],
      ["Sensitive data (Art. 9, 10)", "gdpr.special_categories"],
      ["Recipients (d)", "gdpr.recipients"],
      ["Kept for (f)", "gdpr.retention"],
      ["Deletion (Art. 17)", "gdpr.erasure"],
      ["Notice (Art. 13, 14)", "gdpr.notice"],
      ["Rights (Art. 15)", "gdpr.rights_contact"],
      ["Decides alone (Art. 22)", "gdpr.automated_decision"],
      ["Impact assessment (Art. 35)", "gdpr.dpia"],
      ["Security (g)", "gdpr.security"],
      ["Breaches are decided on by", "incidents.breach_decided_by"],
    ]),
    writer.list(
      "Processors (Art. 28)",
      ["gdpr", "processors"],
      [
        ["who", "name"],
        ["what for", "service"],
        ["contract", "contract"],
        ["country", "country"],
        ["others behind them", "sub_processors"],
      ],
    ),
    writer.list(
      "Transfers (Art. 44 to 49)",
      ["gdpr", "transfers"],
      [
        ["to", "to"],
        ["recipient", "recipient"],
        ["mechanism", "mechanism"],
        ["assessed", "assessed"],
      ],
    ),
  ];
}

/** 14: what happens after release. */
export function afterRelease(writer: ReportWriter): readonly ReportBlock[] {
  return [
    writer.fields([
      ["Compared with", "monitoring.reference"],
      ["Live data", "monitoring.live"],
      ["Windows", "monitoring.window"],
      ["Limits of drift", "monitoring.drift"],
      ["True outcomes", "monitoring.labels"],
      ["Checked every", "monitoring.checks.every"],
      ["Who is told", "monitoring.alert"],
      ["Retraining starts on", "train.trigger"],
      ["Review", "review"],
      ["Incidents are reported to", "incidents.contact"],
      ["Authority", "incidents.authority"],
      ["Plan for incidents", "incidents.plan"],
      ["Conformity", "conformity"],
    ]),
  ];
}
