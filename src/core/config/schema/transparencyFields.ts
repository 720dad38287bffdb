import { choice, object, text, yesNo } from "./field";

const HIGH = { duty: "high-risk-annex-iii" } as const;

export const TRANSPARENCY_FIELD = object(
  "What people are told.",
  {
    says_it_is_ai: choice(
      "Whether people learn that they deal with AI.",
      {
        yes: "They are told.",
        no: "They are not told.",
        not_applicable: "Nobody deals with the model directly.",
      },
      { article: "AI Act Art. 50(1)", duty: "transparency" },
    ),
    marking: choice(
      "How generated content is marked so that machines can tell.",
      {
        metadata: "In the metadata of the file.",
        watermark: "In the content itself.",
        metadata_and_watermark: "In both.",
        none: "It is not marked.",
        not_applicable: "The model generates no content.",
      },
      { article: "AI Act Art. 50(2)", duty: "transparency" },
    ),
    emotion_notice: text("Where people read that emotions are recognised or that they are sorted by biometric features.", null, {
      article: "AI Act Art. 50(3)",
      duty: "transparency",
    }),
    deepfake_label: text("How people see that an image, a sound or a text is generated.", null, {
      article: "AI Act Art. 50(4)",
      duty: "transparency",
    }),
    accessible: yesNo("Whether people are told at first contact, in a way that all can perceive.", {
      article: "AI Act Art. 50(5)",
      duty: "transparency",
    }),
    affected_people_told: text("Where people read that a high-risk model takes part in a decision on them, or not_applicable.", null, {
      article: "AI Act Art. 26(11)",
      ...HIGH,
      example: "docs/notice.md",
    }),
    workers_told: text("Day on which workers and their representatives are told, or not_applicable.", null, {
      article: "AI Act Art. 26(7)",
      ...HIGH,
      example: "2026-12-01",
    }),
  },
  { article: "AI Act Art. 50; AI Act Art. 26(7); AI Act Art. 26(11)", duty: "transparency" },
);
